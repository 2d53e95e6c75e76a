import { useCallback } from 'react';
import { useWatch } from 'react-hook-form';
import { z } from 'zod';
import { formatDateTime, formatDueDate } from '#shared/deadline/index.ts';
import { openResultCorrection } from '#shared/dossier/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Select, TextArea, TextInput } from '#renderer/ui/index.ts';
import { ClaimFields } from '../../return/claim.tsx';
import { claimedInstant, claimSchema, noClaim } from '../../return/form.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish } from '../finish.ts';
import { countTyped, given, wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActFormProps } from '../use-act.ts';

const ready = actForm({
  channel: 'result.mark-ready',
  values: z.object({ outcome: z.enum(['granted', 'refused']), count: z.string(), note: z.string(), claim: claimSchema }),
  command: ({ outcome, count, note, claim }, { act, dossier }) => ({
    act, dossier, outcome, resultCount: countTyped(count), ...given('claimedAt', claimedInstant(claim) ?? (claim.made ? Number.NaN : undefined)), ...given('note', wordsTyped(note)),
  }),
  places: { resultCount: ['count', 'ready.countError'], claimedAt: ['claim', 'return.claimNeeded'], note: ['note', 'acts.tooLong'] },
  faults: { 'dossier.claimed-time-in-future': 'claim', 'dossier.claimed-time-before-reception': 'claim' },
});

/** The result is there (có kết quả), granted or refused; earlier than now only as a claim. */
export function MarkReadyForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('markReady');
  const act = useAct(ready, view.id, { outcome: 'granted', count: String(Math.max(1, view.results.length)), note: '', claim: noClaim }, (answer, { outcome }) => {
    void finish(answer, outcome === 'refused' ? { prints: 'refusal' } : {});
  });
  const { form, error } = act;
  const [outcome, claim] = useWatch({ control: form.control, name: ['outcome', 'claim'] });
  return (
    <ActPanel title={t('order.markReady')} act={act} onBack={onBack} confirm={outcome === 'refused' ? t('acts.saveAndPrint') : undefined} words={outcome === 'refused' ? t('acts.readyRefused') : undefined}>
      <div className="act-pair">
        <Select label={t('ready.outcome')} {...form.register('outcome')}>
          <option value="granted">{t('ready.outcome.granted')}</option>
          <option value="refused">{t('ready.outcome.refused')}</option>
        </Select>
        <TextInput label={t('ready.count')} inputMode="numeric" maxLength={2} error={error('count')} {...form.register('count')} />
      </div>
      <TextArea label={outcome === 'refused' ? t('acts.readyReason') : t('acts.note')} maxLength={1000} error={error('note')} {...form.register('note')} />
      <ClaimFields label={t('return.claimReady')} claim={claim} error={error('claim')} onChange={(next) => act.change('claim', next)} />
    </ActPanel>
  );
}

const notice = actForm({
  channel: 'result.notify',
  values: z.object({ means: z.enum(['phone', 'message', 'email', 'post', 'portal', 'in-person']), note: z.string() }),
  command: ({ means, note }, { act, dossier }) => ({ act, dossier, means, ...given('note', wordsTyped(note)) }),
  places: { note: ['note', 'acts.tooLong'] },
});

/** The applicant is told that the result is there (thông báo). */
export function NotifyForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('notify');
  const act = useAct(notice, view.id, { means: 'phone', note: '' }, (answer) => void finish(answer));
  return (
    <ActPanel title={t('order.notify')} act={act} onBack={onBack} words={view.personal?.applicant.phone ? `${t('reception.phone')}: ${view.personal.applicant.phone}` : undefined}>
      <Select label={t('acts.means')} {...act.form.register('means')}>
        {(['phone', 'message', 'email', 'post', 'portal', 'in-person'] as const).map((means) => <option key={means} value={means}>{t(`acts.means.${means}`)}</option>)}
      </Select>
      <TextArea label={t('acts.note')} maxLength={1000} error={act.error('note')} {...act.form.register('note')} />
    </ActPanel>
  );
}

const correction = actForm({
  channel: 'result.request-correction',
  values: z.object({ fault: z.enum(['agency', 'applicant']), text: z.string() }),
  command: ({ fault, text }, { act, dossier }) => ({ act, dossier, fault, text: wordsTyped(text) ?? '' }),
  places: { text: ['text', 'acts.reasonErrorPlain'] },
});

/** A mistake in a result is reported (đính chính kết quả). */
export function RequestResultCorrectionForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('requestResultCorrection');
  const tells = useCallback(({ state }: DossierView) => {
    const by = openResultCorrection(state)?.requested.by;
    return by === undefined ? undefined : t('acts.untilCorrection', { at: formatDateTime(by) });
  }, [t]);
  const act = useAct(correction, view.id, { fault: 'agency', text: '' }, (answer) => void finish(answer, { tells }));
  return (
    <ActPanel title={t('order.requestResultCorrection')} act={act} onBack={onBack} words={t('acts.faultWords')}>
      <Select label={t('acts.fault')} {...act.form.register('fault')}>
        <option value="agency">{t('acts.fault.agency')}</option>
        <option value="applicant">{t('acts.fault.applicant')}</option>
      </Select>
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
    </ActPanel>
  );
}

const corrected = actForm({
  channel: 'result.record-correction',
  values: z.object({ note: z.string() }),
  command: ({ note }, { act, dossier }) => ({ act, dossier, ...given('note', wordsTyped(note)) }),
  places: { note: ['note', 'acts.tooLong'] },
});

/** The corrected result is there. */
export function RecordResultCorrectionForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('recordResultCorrection');
  const act = useAct(corrected, view.id, { note: '' }, (answer) => void finish(answer));
  const open = openResultCorrection(view.state)?.requested;
  return (
    <ActPanel title={t('order.recordResultCorrection')} act={act} onBack={onBack} words={t('acts.correctedWords')}>
      {open ? <dl className="facts"><dt>{t('acts.correctBy')}</dt><dd className="strong">{formatDueDate(open.by, language)}</dd></dl> : null}
      <TextArea label={t('acts.note')} maxLength={1000} error={act.error('note')} {...act.form.register('note')} />
    </ActPanel>
  );
}
