import type { DueDate } from '#shared/deadline/index.ts';
import type { DossierState } from './state.ts';

/**
 * When the term stopped running towards the due date that stands, milliseconds: the result was there (a hand-over implies one), the handling
 * was stopped, or the term stands still (supplement, a payment that pauses it). Undefined while it runs, and before acceptance.
 */
export function haltedAt(state: DossierState): number | undefined {
  const { haltedBy } = state.stretches.at(-1) ?? {};
  const halts = [...state.supplements, ...state.payments].map(({ requested }) => requested);
  const standing = haltedBy === undefined ? undefined : halts.find(({ origin }) => origin.entry === haltedBy)?.at;
  const ends = [state.ready?.at, state.handedOver?.at, state.stopped?.at].filter((at) => at !== undefined);
  return standing ?? (ends.length > 0 ? Math.min(...ends) : undefined);
}

/**
 * Late (trễ hạn): the term ran on after its due instant D. So a result after D is late, and none yet after D; a term that stands still is
 * measured where it stopped; what was never accepted has no D and cannot be late. By recorded working time: the province
 * judges by credible time.
 */
export function isLate({ dueAt, haltedAt: halted }: { readonly dueAt?: number | undefined; readonly haltedAt?: number | undefined }, now: number): boolean {
  return dueAt !== undefined && (halted ?? now) > dueAt;
}

/** When the applicant was told to come, milliseconds: the appointment where there is one, else the due instant. */
export function toldAt(due: Pick<DueDate, 'at' | 'appointment'>): number {
  return due.appointment ?? due.at;
}
