import type { Language, Translate } from '#renderer/i18n/index.ts';
import { civil, formatDateTime } from '#shared/deadline/index.ts';
import { gradeName } from '#shared/evidence/index.ts';
import type { ActRef, EvidenceLine } from '#shared/province/index.ts';

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

type ActLine = Extract<EvidenceLine, { type: 'act' }>;

/** What an act gave: a due date, an appointment, a time to do something by, a way from agency to agency. */
function given(line: ActLine, t: Translate): string[] {
  return [
    ...(line.from !== undefined && line.to !== undefined ? [t('evidence.hop', { from: line.from, to: line.to })] : []),
    ...(line.due === undefined ? [] : [t('evidence.gaveDue', { at: formatDateTime(line.due) })]),
    ...(line.appointment === undefined ? [] : [t('evidence.gaveAppointment', { at: formatDateTime(line.appointment) })]),
    ...(line.until === undefined ? [] : [t('evidence.doBy', { at: formatDateTime(line.until) })]),
  ];
}

/** What an act contradicts, what it settles, and whether it counts at all. */
function disputed(line: ActLine, t: Translate): string[] {
  const named = ({ act, agencyName, seq }: ActRef): string => t('evidence.ref', { act: t(`evidence.act.${act}`), agency: agencyName, seq });
  return [
    ...line.against.map((other) => t('evidence.against', { other: named(other) })),
    ...(line.kept ? [t('evidence.kept', { other: named(line.kept) })] : []),
    ...(line.drops ?? []).map((other) => t('evidence.drops', { other: named(other) })),
    ...(line.dropped ? [t('evidence.dropped')] : []),
  ];
}

/** What a line of evidence says. */
export function wordsOf(line: EvidenceLine, t: Translate, language: Language): LineWords {
  const at = precise(line.at);
  switch (line.type) {
    case 'act': {
      const parts = [t('evidence.actDetail', {
        agency: line.agencyName,
        seq: line.seq,
        recorded: precise(line.recordedAt),
        interval: stretch(t, line.interval.min, line.interval.max),
        grade: gradeName(line.interval.grade, language),
        arrived: line.arrivedAt === undefined ? t('evidence.notArrived') : precise(line.arrivedAt),
      })];
      if (line.claimedAt !== undefined) parts.push(t('evidence.claimed', { at: precise(line.claimedAt) }));
      return { at, what: t(`evidence.act.${line.act}`), detail: [...parts, ...given(line, t), ...disputed(line, t)].join('; ') };
    }
    case 'anchor':
      return { at, what: t('evidence.anchor', { number: line.number }), detail: t('evidence.anchorDetail', { rho: line.rho, seq: line.seq }) };
    case 'outage':
      return { at, what: t(`evidence.outage.${line.by}`), detail: line.to === null ? t('evidence.stillOut') : t('evidence.until', { at: precise(line.to) }) };
    case 'desk-off':
      return { at, what: t('evidence.deskOff'), detail: t('evidence.until', { at: precise(line.to) }) };
    case 'due':
      return {
        at, what: t(line.current ? 'evidence.due' : 'evidence.dueBefore'),
        detail: [
          t('evidence.dueBy', { act: t(`evidence.act.${line.by}`) }),
          ...(line.provisional ? [t('evidence.provisional')] : []),
          ...(line.outcome ? [t(`evidence.outcome.${line.outcome}`)] : []),
        ].join('; '),
      };
    case 'standing-still':
      return { at, what: t(`evidence.standing.${line.why}`), detail: line.to === null ? t('evidence.stillStanding') : t('evidence.until', { at: precise(line.to) }) };
    case 'news':
      return { at, what: t('evidence.news'), detail: '' };
  }
}
