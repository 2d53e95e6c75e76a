import { foldDossier, receivedPersonalSchema, type DossierState, type Draft, type ReceivedPersonal } from '#shared/dossier/index.ts';
import { makeEntry, mintUuid, type Entry } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import { ownAgency } from './fake-catalogue.ts';

/** Different texts give different ids, in a browser as on Node; nobody relies on it being secret here. */
const hasher: Hasher = {
  sha256: (bytes) => Array.from({ length: 8 }, (_, part) => {
    let mixed = 0x811c9dc5 ^ (part * 0x9e3779b1);
    for (const byte of bytes) mixed = Math.imul(mixed ^ byte, 0x01000193) ^ (mixed >>> 13);
    return (mixed >>> 0).toString(16).padStart(8, '0');
  }).join(''),
};

export const ownLog = mintUuid(1_780_000_000_000, { bytes: (count) => new Uint8Array(count).fill(7) });
export const otherLog = mintUuid(1_780_000_000_001, { bytes: (count) => new Uint8Array(count).fill(9) });

/** Who writes, when, where. */
export interface Writing {
  readonly act: string;
  readonly actor: string;
  readonly at: number;
  readonly agency?: string;
  readonly log?: string;
}

/** The entries of a desk in memory with their personal bodies; the state of a dossier is the product's own fold over them. */
export class FakeLog {
  readonly entries: Entry[] = [];
  readonly sent = new Set<string>();
  private readonly bodies = new Map<string, unknown>();

  get seq(): number {
    return this.entries.length;
  }

  /** Writes the entries of one act; each but the first follows the one before. `after` stands in for what the decision knew. */
  write(drafts: readonly Draft[], { act, actor, at, agency = ownAgency, log = ownLog }: Writing, after?: readonly string[]): Entry {
    let before: Entry | undefined;
    for (const [index, draft] of drafts.entries()) {
      const seq = this.entries.length + 1;
      const entry: Entry = makeEntry({
        v: 1, log, seq, prev: this.entries.at(-1)?.hash ?? '0'.repeat(64), tick: seq, kind: draft.kind, agency, dossier: draft.dossier, act, actor,
        after: index === 0 || !before ? [...(after ?? draft.after)] : [before.hash],
        clock: { wall: at, uptime: seq, hrtime: seq, boot: 'boot', anchor: null }, facts: { ...draft.facts },
        ...(draft.personal ? { sealed: '1'.repeat(64) } : {}),
      }, hasher);
      this.entries.push(entry);
      if (draft.personal) this.bodies.set(entry.hash, draft.personal);
      before = entry;
    }
    if (!before) throw new Error('a decision without an entry');
    return before;
  }

  of(dossier: string): Entry[] {
    return this.entries.filter(({ header }) => header.dossier === dossier);
  }

  state(dossier: string): DossierState | undefined {
    return foldDossier(this.of(dossier));
  }

  ids(): string[] {
    return [...new Set(this.entries.flatMap(({ header }) => (header.dossier === undefined ? [] : [header.dossier])))];
  }

  body(entry: string): unknown {
    return this.bodies.get(entry);
  }

  personal(state: DossierState): ReceivedPersonal | undefined {
    const parsed = receivedPersonalSchema.safeParse(this.bodies.get(state.personalEntry));
    return parsed.success ? parsed.data : undefined;
  }

  erase(entry: string): void {
    this.bodies.delete(entry);
  }
}
