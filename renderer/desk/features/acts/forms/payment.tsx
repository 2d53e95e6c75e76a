import { z } from 'zod';
import { formatDueDate } from '#shared/deadline/index.ts';
import { formatMoney, useText } from '#renderer/i18n/index.ts';
import { TextArea, TextInput } from '#renderer/ui/index.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish, useTellsDue } from '../finish.ts';
import { countTyped, given, instantTyped, wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActFormProps } from '../use-act.ts';

const asking = actForm({
  channel: 'payment.request',
  values: z.object({ amount: z.string(), payBy: z.string(), note: z.string() }),
  command: ({ amount, payBy, note }, { act, dossier }) => ({
    // Until the day is over.
    act, dossier, amount: countTyped(amount), ...given('payBy', payBy.trim() === '' ? undefined : instantTyped(payBy, '23:59')), ...given('note', wordsTyped(note)),
  }),
  places: { amount: ['amount', 'acts.amountError'], payBy: ['payBy', 'acts.payByError'], note: ['note', 'acts.tooLong'] },
});

/** A financial obligation is notified (nghĩa vụ tài chính). */
export function RequestPaymentForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('requestPayment');
  const act = useAct(asking, view.id, { amount: '', payBy: '', note: '' }, (answer) => void finish(answer));
  return (
    <ActPanel title={t('order.requestPayment')} act={act} onBack={onBack} words={t('acts.payPauses')}>
      <div className="act-pair">
        <TextInput label={t('acts.amount')} inputMode="numeric" maxLength={18} error={act.error('amount')} {...act.form.register('amount')} />
        <TextInput label={t('acts.payBy')} inputMode="numeric" maxLength={10} placeholder={t('ui.datePattern')} error={act.error('payBy')} {...act.form.register('payBy')} />
      </div>
      <TextArea label={t('acts.note')} maxLength={1000} error={act.error('note')} {...act.form.register('note')} />
    </ActPanel>
  );
}

const paid = actForm({
  channel: 'payment.record',
  values: z.object({ note: z.string() }),
  command: ({ note }, { act, dossier }) => ({ act, dossier, ...given('note', wordsTyped(note)) }),
  places: { note: ['note', 'acts.tooLong'] },
});

/** The obligation is met. */
export function RecordPaymentForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('recordPayment');
  const tells = useTellsDue();
  const act = useAct(paid, view.id, { note: '' }, (answer) => void finish(answer, { tells, offers: 'reception' }));
  const asked = view.state.payments.at(-1)?.requested;
  return (
    <ActPanel title={t('order.recordPayment')} act={act} onBack={onBack} words={t('acts.paidWords')}>
      {asked ? (
        <dl className="facts">
          <dt>{t('acts.paymentAsked')}</dt><dd className="strong">{formatMoney(asked.amount, language)}</dd>
          {asked.payBy === undefined ? null : <><dt>{t('acts.paymentBy')}</dt><dd>{formatDueDate(asked.payBy, language)}</dd></>}
        </dl>
      ) : null}
      <TextArea label={t('acts.note')} maxLength={1000} error={act.error('note')} {...act.form.register('note')} />
    </ActPanel>
  );
}
