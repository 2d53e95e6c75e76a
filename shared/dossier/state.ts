import type { HandedOver, Received, ResultReady } from './acts.ts';

/** Where and by whom an act was recorded. */
export interface Origin {
  /** Hash of the entry. */
  readonly entry: string;
  readonly log: string;
  readonly seq: number;
  readonly tick: number;
  readonly agency: string;
  readonly actor: string;
}

/** An act with its facts and origin. */
export type Recorded<Facts> = Facts & { readonly origin: Origin };

/** Two acts that contradict each other and did not know each other; people settle it, nothing is overwritten. */
export interface Conflict {
  readonly kind: string;
  /** The act that counts for the time being: the first in the fold's order. */
  readonly kept: string;
  readonly other: string;
}

/** Where a dossier stands. */
export type Stage = 'processing' | 'ready' | 'returned';

/**
 * The state of one dossier: a function of the *set* of its entries alone. Facts only, no personal data, so it is the
 * same before and after an erasure.
 */
export interface DossierState {
  readonly id: string;
  readonly stage: Stage;
  readonly received: Recorded<Received>;
  readonly ready?: Recorded<ResultReady>;
  readonly handedOver?: Recorded<HandedOver>;
  readonly conflicts: readonly Conflict[];
  /** Entries of kinds or shapes this program does not know; while there are any the dossier is read-only here. */
  readonly unknown: readonly string[];
  /** Hashes of the entries no other entry names in `after`, sorted: what the next act has to name. */
  readonly frontier: readonly string[];
  readonly entryCount: number;
}

/** The national portal's status number (trạng thái hồ sơ) of a dossier. */
export function portalStatus(state: DossierState): 4 | 9 | 10 {
  if (state.stage === 'returned') return 10;
  return state.stage === 'ready' ? 9 : 4;
}
