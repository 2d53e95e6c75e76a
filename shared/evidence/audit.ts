import type { EndingAct } from './completion.ts';

/** One in so many of the acts that cleared a dossier is audited: where somebody outside the office says that the line did not work, and elsewhere. */
export const auditRates = { outside: 20, inside: 5 } as const;

/**
 * Whether an act that cleared a dossier is drawn for audit (kiểm tra mẫu): of grade B, one in 20 where the outage is corroborated from outside the office, else one in
 * 5; by the wall clock one in 5. Drawn after the receipt, by the hash of the centre's entry that is the receipt: the desk cannot foresee it, and whoever holds the logs draws
 * the same acts again.
 */
export function drawnForAudit({ entry, interval, arrival }: EndingAct): boolean {
  if (interval.grade !== 'B' && interval.grade !== 'B-wall') return false;
  const { support } = interval.derivation;
  const outside = support !== undefined && support.by !== 'close';
  const rate = interval.grade === 'B' && outside ? auditRates.outside : auditRates.inside;
  return arrival?.entry !== undefined && ((leading(arrival.entry) ^ leading(entry.hash)) >>> 0) % rate === 0;
}

/** The first 32 bits of a hash. */
function leading(hash: string): number {
  return Number.parseInt(hash.slice(0, 8), 16);
}
