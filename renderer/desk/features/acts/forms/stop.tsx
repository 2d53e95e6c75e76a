import { z } from 'zod';
import { stoppedSchema } from '#shared/dossier/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Select, TextArea, TextInput } from '#renderer/ui/index.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish } from '../finish.ts';
import { countTyped, wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActFormProps } from '../use-act.ts';

const withdrawal = actForm({
  channel: 'stop.request',
  values: z.object({ text: z.string() }),
  command: ({ text }, { act, dossier }) => ({ act, dossier, text: wordsTyped(text) ?? '' }),
  places: { text: ['text', 'acts.reasonError'] },
});

/** The applicant withdraws (rút hồ sơ, form 05). */
export function RequestStopForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('requestStop');
  const act = useAct(withdrawal, view.id, { text: '' }, (answer) => void finish(answer, { prints: 'stop' }));
  return (
    <ActPanel title={t('order.requestStop')} act={act} onBack={onBack} words={t('acts.requestStopWords')} confirm={t('acts.saveAndPrint')}>
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
    </ActPanel>
  );
}

const reasons = stoppedSchema.shape.reason.options;

const ending = actForm({
  channel: 'stop.record',
  values: z.object({ reason: stoppedSchema.shape.reason, refund: z.string(), text: z.string() }),
  command: ({ reason, refund, text }, { act, dossier }) => ({ act, dossier, reason, refund: countTyped(refund), text: wordsTyped(text) ?? '' }),
  places: { reason: ['reason', 'acts.stopReasonError'], refund: ['refund', 'acts.amountError'], text: ['text', 'acts.reasonError'] },
  faults: { 'dossier.stop-too-early': 'reason' },
});

/** The handling ends without a result (dừng giải quyết, form 05). */
export function StopForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('stop');
  const { stage } = view.state;
  const reason = stage === 'stop-requested' ? 'applicant-request' : stage === 'payment' ? 'payment-not-made' : 'supplement-not-completed';
  const act = useAct(ending, view.id, { reason, refund: '0', text: '' }, (answer) => void finish(answer, { prints: 'stop' }));
  return (
    <ActPanel title={t('order.stop')} act={act} onBack={onBack} words={t('acts.stopWords')} final confirm={t('acts.saveAndPrint')}>
      <div className="act-pair">
        <Select label={t('acts.stopReason')} error={act.error('reason')} {...act.form.register('reason')}>
          {reasons.map((one) => <option key={one} value={one}>{t(`acts.stopReason.${one}`)}</option>)}
        </Select>
        <TextInput label={t('acts.refund')} inputMode="numeric" maxLength={15} error={act.error('refund')} {...act.form.register('refund')} />
      </div>
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
    </ActPanel>
  );
}
