import type { Translate } from '#renderer/i18n/index.ts';
import { civil, formatDateTime } from '#shared/deadline/index.ts';
import type { EvidenceLine } from '#shared/province/index.ts';

/** One line of the course of events, in words. */
export interface LineWords {
  readonly at: string;
  readonly what: string;
  readonly detail: string;
}

/** Date and time with seconds: evidence is read closely. */
export function precise(instant: number): string {
  const seconds = String(Math.floor(((instant % 60_000) + 60_000) % 60_000 / 1000)).padStart(2, '0');
  return `${formatDateTime(instant)}:${seconds}`;
}

/** A stretch of time, the second date left out where it is the same. */
export function stretch(t: Translate, min: number | null, max: number | null): string {
  const from = min === null ? t('evidence.open') : precise(min);
  if (max === null) return t('evidence.between', { min: from, max: t('evidence.open') });
  const sameDay = min !== null && civil(min).date === civil(max).date;
  return t('evidence.between', { min: from, max: sameDay ? precise(max).slice(-8) : precise(max) });
}

/** What a line of evidence says. */
export function wordsOf(line: EvidenceLine, t: Translate): LineWords {
  const at = precise(line.at);
  switch (line.type) {
    case 'act': {
      const parts = [t('evidence.actDetail', {
        agency: line.agencyName,
        seq: line.seq,
        recorded: precise(line.recordedAt),
        interval: stretch(t, line.interval.min, line.interval.max),
        grade: line.interval.grade,
        arrived: line.arrivedAt === undefined ? t('evidence.notArrived') : precise(line.arrivedAt),
      })];
      if (line.claimedAt !== undefined) parts.push(t('evidence.claimed', { at: precise(line.claimedAt) }));
      if (line.conflict) parts.push(t('evidence.conflict'));
      return { at, what: t(`evidence.act.${line.act}`), detail: parts.join('; ') };
    }
    case 'anchor':
      return { at, what: t('evidence.anchor', { number: line.number }), detail: t('evidence.anchorDetail', { rho: line.rho, seq: line.seq }) };
    case 'outage':
      return { at, what: t(`evidence.outage.${line.by}`), detail: line.to === null ? t('evidence.stillOut') : t('evidence.until', { at: precise(line.to) }) };
    case 'desk-off':
      return { at, what: t('evidence.deskOff'), detail: t('evidence.until', { at: precise(line.to) }) };
    case 'due':
      return { at, what: t('evidence.due'), detail: '' };
    case 'news':
      return { at, what: t('evidence.news'), detail: '' };
  }
}
