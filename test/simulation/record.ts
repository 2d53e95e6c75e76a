/** What truly happened to one dossier; the world's own book. Times are true, milliseconds. */
export interface TrueDossier {
  readonly id: string;
  readonly agency: string;
  readonly level: string;
  readonly receivedAt: number;
  /** As printed on the receipt. */
  readonly due: number;
  /** When the result was ready or handed over and recorded, whichever was first. */
  doneAt?: number;
  /** The entry that says so. */
  doneEntry?: string;
  /** Handed over on paper in time, and typed in later with that time claimed. */
  typedLate?: true;
  /** What somebody did to make a late result look in time. */
  cheat?: CheatKind;
}

export const cheatKinds = [
  'clock set back while running', 'cable pulled', 'clock set back before a start', 'clock set back before a start, in a real outage', 'virtual machine paused', 'virtual machine paused, in a real outage',
  'disk image put back', 'anchors delayed on the wire', 'changed program', 'recorded before it was',
] as const;
export type CheatKind = (typeof cheatKinds)[number];

/** The world's book: what the program cannot know. */
export class Book {
  readonly dossiers = new Map<string, TrueDossier>();
  /** True time of entries, by hash. */
  readonly acts = new Map<string, number>();
  /** When each office's machine was switched on, true times. */
  readonly starts = new Map<string, number[]>();
  crashes = 0;
  closes = 0;
  steps = 0;
}
