import type { DeskStore } from '#db/index.ts';
import { parseDossierCode } from '#shared/catalogue/index.ts';
import { addDays, civil } from '#shared/deadline/index.ts';

/** When the desk asks whether there are more codes: days before the lease ends, and the share of a day's numbers left. */
export const lowMark = { days: 7, share: 0.2 } as const;

/**
 * Whether the desk will soon have no official codes (mã hồ sơ) to give: none leased for today, less than a fifth of today's
 * numbers left, or none leased for the day a week from now. The centre may have issued more.
 */
export function leaseRunsLow(store: DeskStore, at: number): boolean {
  const log = store.identity()?.log;
  const leases = store.catalogue.current()?.leases.filter((lease) => lease.log === log) ?? [];
  const { date } = civil(at);
  const on = (day: string): typeof leases => leases.filter(({ validFrom, validTo }) => validFrom <= day && day <= validTo);
  const today = on(date);
  if (today.length === 0 || on(addDays(date, lowMark.days)).length === 0) return true;
  const all = today.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const used = store.read.dayLog(date).filter(({ code }) => {
    const parsed = parseDossierCode(code);
    if (parsed?.style !== 'old' && parsed?.style !== 'new') return false;
    return parsed.date === date && today.some(({ agencyIdentifier, first, last }) => agencyIdentifier === parsed.agencyIdentifier && first <= parsed.sequence && parsed.sequence <= last);
  }).length;
  return all - used < all * lowMark.share;
}
