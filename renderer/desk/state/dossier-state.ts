import { civil, daysBetween } from '#shared/deadline/index.ts';
import type { DossierLine, DossierView } from '#shared/ipc/index.ts';
import { formatMoment, type Translate } from '#renderer/i18n/index.ts';
import type { Tone } from '#renderer/ui/index.ts';

type Known = Pick<DossierLine, 'stage' | 'dueAt' | 'late'> & { readonly readyAt?: number | undefined; readonly handedOverAt?: number | undefined };

/** How a dossier stands, in words and with its tone. Red only where it is really late by the desk's working time. */
export function stateOf(dossier: Known, today: string | undefined, t: Translate): { tone: Tone; words: string } {
  const { late } = dossier;
  if (dossier.stage === 'returned' && dossier.handedOverAt !== undefined) {
    const at = formatMoment(dossier.handedOverAt, today);
    return late ? { tone: 'danger', words: t('state.returnedLate', { at }) } : { tone: 'positive', words: t('state.returnedAt', { at }) };
  }
  if (dossier.stage === 'ready' && dossier.readyAt !== undefined) {
    const at = formatMoment(dossier.readyAt, today);
    return late ? { tone: 'danger', words: t('state.readyLate', { at }) } : { tone: 'positive', words: t('state.readyAt', { at }) };
  }
  if (today === undefined) return { tone: late ? 'danger' : 'plain', words: t('state.processing') };
  const due = civil(dossier.dueAt);
  const left = daysBetween(today, due.date);
  if (late) return { tone: 'danger', words: left < 0 ? t('state.overdueDays', { days: -left }) : t('state.overdueToday', { at: due.time }) };
  if (left <= 0) return { tone: 'warning', words: t('state.dueToday', { at: due.time }) };
  if (left === 1) return { tone: 'warning', words: t('state.dueTomorrow') };
  return { tone: 'plain', words: t('state.daysLeft', { days: left }) };
}

/** The same facts of a whole dossier. */
export function known(dossier: DossierView): Known {
  return { stage: dossier.stage, dueAt: dossier.received.due.at, late: dossier.late, readyAt: dossier.ready?.at, handedOverAt: dossier.handedOver?.at };
}
