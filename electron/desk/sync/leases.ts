import type { DeskStore } from '#db/index.ts';
import type { CodeLease } from '#shared/catalogue/index.ts';
import { addDays, civil, formatDate } from '#shared/deadline/index.ts';
import { fault, type Fault } from '#shared/errors/index.ts';
import type { CodesView } from '#shared/ipc/index.ts';

/** When the desk asks whether there are more codes: days before the lease ends, and the share of a day's numbers left. */
export const lowMark = { days: 7, share: 0.2 } as const;

/**
 * The official codes (mã hồ sơ) this desk can give out: how many are left today, through which day the lease holds without a gap,
 * and what the clerk should know. Without one the desk works on with codes of its own. Undefined before the enrolment.
 */
export function codesLeft(store: DeskStore, at: number): CodesView | undefined {
  const log = store.identity()?.log;
  if (log === undefined) return undefined;
  const leases = store.catalogue.current()?.leases.filter((lease) => lease.log === log) ?? [];
  const { date } = civil(at);
  const today = on(leases, date);
  const all = today.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const left = today.reduce((sum, lease) => sum + Math.max(0, lease.last - lease.first + 1 - store.codesUsed(lease.id, date)), 0);
  const until = lastDay(leases, date);
  const notice = noticeOf(all, left, date, until);
  return { left, all, ...(until === undefined ? {} : { until }), ...(notice ? { notice } : {}) };
}

/**
 * Whether the desk will soon have no official codes to give: none leased for today, less than a fifth of today's numbers left, or
 * none leased for the day a week from now. The centre may have issued more.
 */
export function leaseRunsLow(store: DeskStore, at: number): boolean {
  return codesLeft(store, at)?.notice !== undefined;
}

/** Whether today's numbers themselves run low, so that the centre may give more of them. */
export function numbersRunLow(store: DeskStore, at: number): boolean {
  const code = codesLeft(store, at)?.notice?.code;
  return code === 'codes.low' || code === 'codes.used-up';
}

function on(leases: readonly CodeLease[], day: string): readonly CodeLease[] {
  return leases.filter(({ validFrom, validTo }) => validFrom <= day && day <= validTo);
}

/** The last day that leases reach from a day on. */
function lastDay(leases: readonly CodeLease[], from: string): string | undefined {
  let until: string | undefined;
  for (let day = from; ; day = addDays(until, 1)) {
    const next = on(leases, day).reduce<string | undefined>((latest, { validTo }) => (latest === undefined || validTo > latest ? validTo : latest), undefined);
    if (next === undefined) return until;
    until = next;
  }
}

function noticeOf(all: number, left: number, today: string, until: string | undefined): Fault | undefined {
  if (until === undefined) return fault('codes.none');
  if (left === 0) return fault('codes.used-up', { all });
  if (left < all * lowMark.share) return fault('codes.low', { left });
  return until < addDays(today, lowMark.days) ? fault('codes.ends-soon', { date: formatDate(until) }) : undefined;
}
