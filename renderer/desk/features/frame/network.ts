import type { SyncView } from '#shared/ipc/index.ts';
import { formatCount, formatMoment, type Language, type Translate } from '#renderer/i18n/index.ts';

/** The three forms of the network bar: connected, working on without a line, something for a person to look at. */
export type NetworkForm = 'connected' | 'offline' | 'attention';

export interface NetworkWords {
  readonly form: NetworkForm;
  readonly parts: readonly string[];
}

/**
 * What the network bar says. It claims "sent" only where nothing waits and the centre has acknowledged the head of the
 * log; where the two disagree, the entries in between are waiting.
 */
export function networkWords(view: SyncView | undefined, today: string | undefined, t: Translate, language: Language): NetworkWords {
  if (!view) return { form: 'offline', parts: [t('network.unknown')] };
  const moment = (at: number): string => formatMoment(at, today);
  const refused = view.refusals.length > 0 ? [t('network.refused', { count: formatCount(view.refusals.length, language) })] : [];
  const attention = (form: NetworkForm, parts: readonly string[]): NetworkWords => (refused.length > 0 ? { form: 'attention', parts: [...refused, ...parts] } : { form, parts });
  const waiting = waitingWords(view, moment, t, language);

  const forecast = view.forecast && view.forecast.looksLate > 0 ? [t('network.looksLate', { count: formatCount(view.forecast.looksLate, language) })] : [];

  if (view.state === 'not-enrolled') return attention('offline', [t('network.notEnrolled'), ...waiting, t('network.kept')]);
  const sent = view.lastAcknowledgedAt === undefined ? t('network.allSent') : t('network.allSentAt', { at: moment(view.lastAcknowledgedAt) });
  if (view.state === 'offline') {
    const since = view.offlineSince === undefined ? t('network.offline') : t('network.offlineSince', { at: moment(view.offlineSince) });
    return attention('offline', [since, ...(waiting.length > 0 ? waiting : [sent]), ...forecast, t('network.carryOn')]);
  }
  return attention('connected', [t('network.connected'), ...(waiting.length > 0 ? waiting : [sent]), ...(view.sending ? [t('network.sending')] : [])]);
}

function waitingWords(view: SyncView, moment: (at: number) => string, t: Translate, language: Language): readonly string[] {
  const { dossiers, entries, oldestAt } = view.waiting;
  const unacknowledged = Math.max(entries, view.head.seq - view.acknowledged.seq);
  if (dossiers > 0) {
    const count = formatCount(dossiers, language);
    return [oldestAt === undefined ? t('network.waiting', { count }) : t('network.waitingOldest', { count, at: moment(oldestAt) })];
  }
  return unacknowledged > 0 ? [t('network.entriesWaiting', { count: formatCount(unacknowledged, language) })] : [];
}
