import { useCallback } from 'react';
import { z } from 'zod';
import { formatDueDate, termSchema, termText } from '#shared/deadline/index.ts';
import { apologisedSchema } from '#shared/dossier/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Select, TextArea, TextInput } from '#renderer/ui/index.ts';
import { useNow } from '../../../state/relative.ts';
import { useSession } from '../../../state/session.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish, useTellsDue } from '../finish.ts';
import { useProcedure } from '../procedure.ts';
import { countTyped, dateTyped, given, timeTyped, wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActFormProps } from '../use-act.ts';

const units = ['workingDay', 'halfWorkingDay', 'workingHour', 'calendarDay'] as const;

const extension = actForm({
  channel: 'term.extend',
  values: z.object({ amount: z.string(), unit: z.enum(['', ...units]), text: z.string() }),
  command: ({ amount, unit, text }, { act, dossier }) => ({ act, dossier, by: { unit: unit === '' ? 'workingDay' : unit, amount: countTyped(amount) }, text: wordsTyped(text) ?? '' }),
  places: { by: ['amount', 'acts.extendError'], text: ['text', 'acts.reasonErrorPlain'] },
  faults: { 'dossier.extension-not-allowed': 'amount', 'dossier.term-over': 'amount' },
});

/** The term is extended as its procedure allows (gia hạn). */
export function ExtendForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const allowed = useProcedure(view)?.extension;
  const unit = allowed && allowed.unit !== 'sameDay' ? allowed.unit : 'workingDay';
  // Which unit fits is known once the procedure is.
  return <Extend key={unit} view={view} onBack={onBack} unit={unit} allowed={termSchema.safeParse(allowed).data} />;
}

function Extend({ view, onBack, unit, allowed }: ActFormProps & { unit: (typeof units)[number]; allowed: z.infer<typeof termSchema> | undefined }): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('extend');
  const tells = useTellsDue();
  const act = useAct(extension, view.id, { amount: '', unit, text: '' }, (answer) => void finish(answer, { tells, offers: 'reception' }));
  const due = view.state.due ? formatDueDate(view.state.due.at, language) : '–';
  return (
    <ActPanel title={t('order.extend')} act={act} onBack={onBack} words={allowed ? t('acts.extendAllowed', { term: termText(allowed, language), due }) : t('acts.extendUnknown', { due })}>
      <div className="act-pair">
        <TextInput label={t('acts.extendBy')} inputMode="numeric" maxLength={4} error={act.error('amount')} {...act.form.register('amount')} />
        <Select label={t('acts.extendUnit')} {...act.form.register('unit')}>
          {units.map((one) => <option key={one} value={one}>{t(`acts.unit.${one}`)}</option>)}
        </Select>
      </div>
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
    </ActPanel>
  );
}

const causes = apologisedSchema.shape.cause.options;

const apology = actForm({
  channel: 'term.apologise',
  values: z.object({ date: z.string(), time: z.string(), cause: apologisedSchema.shape.cause, text: z.string(), signatory: z.string() }),
  command: ({ date, time, cause, text, signatory }, { act, dossier }) => ({
    act, dossier, date: dateTyped(date), ...given('time', time.trim() === '' ? undefined : timeTyped(time)), cause, text: wordsTyped(text) ?? '', ...given('signatory', wordsTyped(signatory)),
  }),
  places: {
    date: ['date', 'acts.appointmentDateError'], time: ['time', 'acts.appointmentTimeError'], text: ['text', 'acts.reasonError'], signatory: ['signatory', 'acts.tooLong'],
  },
  faults: { 'dossier.appointment-too-early': 'date', 'date.invalid': 'date' },
});

/** An apology and one new appointment (xin lỗi và hẹn lại, form 04). */
export function ApologiseForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('apologise');
  const now = useNow();
  const tells = useCallback(({ state }: DossierView) => (state.appointment ? t('acts.newAppointment', { due: formatDueDate(state.appointment.appointment ?? state.appointment.at, language) }) : undefined), [t, language]);
  const act = useAct(apology, view.id, { date: '', time: '', cause: 'agency', text: '', signatory: '' }, (answer) => void finish(answer, { prints: 'apology', tells }));
  const offline = useSession((state) => state.sync?.state !== 'connected');
  const { due, apology: limit } = view.state;
  const over = limit !== undefined && now !== undefined && now > limit.latest;
  return (
    <ActPanel title={t('order.apologise')} act={act} onBack={onBack} words={t('acts.apologyOnce', { due: due ? formatDueDate(due.at, language) : '–' })} final confirm={t('acts.saveAndPrint')}>
      {offline && !over ? <Banner tone="warning">{t('acts.apologyOffline')}</Banner> : null}
      {limit && over ? <Banner tone="danger">{t('acts.apologyOver', { at: formatDueDate(limit.latest, language) })}</Banner> : null}
      {limit && !over ? <dl className="facts act-facts"><dt>{t('acts.apologyLatest')}</dt><dd className="strong">{formatDueDate(limit.latest, language)}</dd></dl> : null}
      <div className="act-pair">
        <TextInput label={t('acts.appointmentDate')} inputMode="numeric" maxLength={10} placeholder={t('ui.datePattern')} error={act.error('date')} {...act.form.register('date')} />
        <TextInput label={t('acts.appointmentTime')} inputMode="numeric" maxLength={5} placeholder={t('ui.timePattern')} error={act.error('time')} {...act.form.register('time')} />
      </div>
      <div className="act-pair">
        <Select label={t('acts.cause')} {...act.form.register('cause')}>
          {causes.map((one) => <option key={one} value={one}>{t(`acts.cause.${one}`)}</option>)}
        </Select>
        <TextInput label={t('acts.signatory')} maxLength={200} error={act.error('signatory')} {...act.form.register('signatory')} />
      </div>
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
    </ActPanel>
  );
}

const again = actForm({
  channel: 'term.compute-again',
  values: z.object({}),
  command: (_, { act, dossier }) => ({ act, dossier }),
  places: {},
});

/** A provisional due date is computed again under the calendar published since (tính lại ngày hẹn). */
export function ComputeDueAgainForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('computeDueAgain');
  const tells = useTellsDue();
  const act = useAct(again, view.id, {}, (answer) => void finish(answer, { tells, offers: 'reception' }));
  return (
    <ActPanel title={t('order.computeDueAgain')} act={act} onBack={onBack} words={view.state.due ? t('acts.againWords', { due: formatDueDate(view.state.due.at, language) }) : undefined} />
  );
}
