import { civil, daysBetween } from '#shared/deadline/index.ts';
import type { DossierLine, DossierView } from '#shared/ipc/index.ts';
import { formatMoment, type Translate } from '#renderer/i18n/index.ts';
import type { Tone } from '#renderer/ui/index.ts';

type Known = Pick<DossierLine, 'stage' | 'late'> & {
  readonly dueAt?: number | undefined;
  readonly readyAt?: number | undefined;
  readonly handedOverAt?: number | undefined;
};

/** Stages that are not about the term: what they mean for the reader. */
const tones = {
  submitted: 'waiting', incomplete: 'waiting', 'not-accepted': 'plain', supplement: 'waiting', payment: 'waiting', 'stop-requested': 'warning', stopped: 'plain',
} as const satisfies Partial<Record<DossierLine['stage'], Tone>>;

/** How a dossier stands, in words and with its tone. Red only where it is really late by the desk's working time. */
export function stateOf(dossier: Known, today: string | undefined, t: Translate): { tone: Tone; words: string } {
  const { stage, late } = dossier;
  if (stage === 'returned' && dossier.handedOverAt !== undefined) {
    const at = formatMoment(dossier.handedOverAt, today);
    return late ? { tone: 'danger', words: t('state.returnedLate', { at }) } : { tone: 'positive', words: t('state.returnedAt', { at }) };
  }
  if (stage === 'ready' && dossier.readyAt !== undefined) {
    const at = formatMoment(dossier.readyAt, today);
    return late ? { tone: 'danger', words: t('state.readyLate', { at }) } : { tone: 'positive', words: t('state.readyAt', { at }) };
  }
  if (stage !== 'processing' && stage !== 'ready' && stage !== 'returned') return { tone: tones[stage], words: t(`stage.${stage}`) };
  return termState(dossier, today, t);
}

/** How far a running term is from its end. */
function termState({ late, dueAt }: Known, today: string | undefined, t: Translate): { tone: Tone; words: string } {
  if (today === undefined || dueAt === undefined) return { tone: late ? 'danger' : 'plain', words: t('state.processing') };
  const due = civil(dueAt);
  const left = daysBetween(today, due.date);
  if (late) return { tone: 'danger', words: left < 0 ? t('state.overdueDays', { days: -left }) : t('state.overdueToday', { at: due.time }) };
  if (left <= 0) return { tone: 'warning', words: t('state.dueToday', { at: due.time }) };
  if (left === 1) return { tone: 'warning', words: t('state.dueTomorrow') };
  return { tone: 'plain', words: t('state.daysLeft', { days: left }) };
}

/** The same facts of a whole dossier. */
export function known({ state, late }: DossierView): Known {
  return { stage: state.stage, dueAt: state.due?.at, late, readyAt: state.ready?.at, handedOverAt: state.handedOver?.at };
}
