import { z } from 'zod';
import { notAcceptedSchema, type RefuseReceptionCommand } from '#shared/dossier/index.ts';
import type { RecordedAct } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Select, TextArea } from '#renderer/ui/index.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish } from '../finish.ts';
import { given, wordsTyped } from '../../../typed.ts';
import { useAct, type ActForm, type ActFormProps } from '../use-act.ts';

const valuesSchema = z.object({ reason: notAcceptedSchema.shape.reason, text: z.string() });

function refusalForm(intake: RefuseReceptionCommand['intake']): ActForm<z.infer<typeof valuesSchema>, 'reception.refuse'> {
  return {
    channel: 'reception.refuse',
    values: valuesSchema,
    command: ({ reason, text }, { act, dossier }) => ({ act, dossier, reason, text: wordsTyped(text) ?? '', ...given('intake', intake) }),
    places: { text: ['text', 'acts.reasonError'] },
  };
}

interface RefuseProps {
  dossier: string;
  intake?: RefuseReceptionCommand['intake'];
  /** Asked before it is sent; false keeps it here. */
  before?: () => Promise<boolean>;
  onBack: () => void;
  onDone: (answer: RecordedAct) => void;
}

/** Reception is refused with its reason (từ chối tiếp nhận, form 03). */
export function RefuseReception({ dossier, intake, before, onBack, onDone }: RefuseProps): React.JSX.Element {
  const { t } = useText();
  const act = useAct(refusalForm(intake), dossier, { reason: 'not-eligible', text: '' }, onDone);
  return (
    <ActPanel title={t('order.refuseReception')} act={act} before={before} onBack={onBack} final confirm={t('acts.saveAndPrint')}>
      <Select label={t('acts.refusalReason')} {...act.form.register('reason')}>
        {notAcceptedSchema.shape.reason.options.map((one) => <option key={one} value={one}>{t(`acts.refusalReason.${one}`)}</option>)}
      </Select>
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
    </ActPanel>
  );
}

/** The same for a dossier that was submitted. */
export function RefuseReceptionForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const finish = useFinish('refuseReception');
  return <RefuseReception dossier={view.id} onBack={onBack} onDone={(answer) => void finish(answer, { prints: 'refusal' })} />;
}
