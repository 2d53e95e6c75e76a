import { useWatch } from 'react-hook-form';
import { z } from 'zod';
import { applicantSchema, type CorrectCommand } from '#shared/dossier/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { normalizePhone, validIdNumber } from '#shared/vietnamese/index.ts';
import { formatBirth, useText } from '#renderer/i18n/index.ts';
import { Checkbox, Select, TextArea, TextInput } from '#renderer/ui/index.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish } from '../finish.ts';
import { PapersField, tickedPaperSchema } from '../papers-field.tsx';
import { birthTyped, countTyped, given, wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActFormProps } from '../use-act.ts';
import { Changes } from './changes.tsx';

const valuesSchema = z.object({
  kind: applicantSchema.shape.kind, fullName: z.string(), idNumber: z.string(), birth: z.string(), sex: z.enum(['', 'male', 'female']), address: z.string(),
  phone: z.string(), email: z.string(), bySubmitter: z.boolean(), submitterName: z.string(), submitterNumber: z.string(), authorisation: z.string(), note: z.string(),
  sets: z.string(), papers: z.array(tickedPaperSchema), text: z.string(),
});
export type CorrectValues = z.infer<typeof valuesSchema>;

/** What stands now, as it would be typed. */
function standing({ personal, state, papers }: DossierView): CorrectValues {
  const { applicant, submitter, note } = personal ?? {};
  return {
    kind: applicant?.kind ?? 'citizen', fullName: applicant?.fullName ?? '', idNumber: applicant?.idNumber ?? '', birth: applicant?.birth ? formatBirth(applicant.birth) : '',
    sex: applicant?.sex ?? '', address: applicant?.address ?? '', phone: applicant?.phone ?? '', email: applicant?.email ?? '', bySubmitter: submitter !== undefined,
    submitterName: submitter?.fullName ?? '', submitterNumber: submitter?.idNumber ?? '', authorisation: submitter?.authorisation ?? '', note: note ?? '',
    sets: String(state.sets), text: '',
    papers: papers.map(({ paper: { code, name, kind }, quantity, present }) => ({ code, name, kind: state.papers.find((one) => one.code === code)?.kind ?? kind, quantity: String(quantity), ticked: present })),
  };
}

function personalOf(values: CorrectValues): CorrectCommand['personal'] {
  const citizen = values.kind === 'citizen';
  const birth = values.birth.trim();
  return {
    applicant: {
      kind: values.kind, fullName: wordsTyped(values.fullName) ?? '', idNumber: values.idNumber.trim(), address: wordsTyped(values.address) ?? '',
      ...given('birth', citizen && birth !== '' ? birthTyped(birth) : undefined), ...given('sex', citizen && values.sex !== '' ? values.sex : undefined),
      ...given('phone', wordsTyped(values.phone) && (normalizePhone(values.phone) ?? values.phone.trim())), ...given('email', wordsTyped(values.email)),
    },
    ...given('submitter', values.bySubmitter
      ? { fullName: wordsTyped(values.submitterName) ?? '', idNumber: values.submitterNumber.trim(), ...given('authorisation', wordsTyped(values.authorisation)) }
      : undefined),
    ...given('note', wordsTyped(values.note)),
  };
}

const correcting = actForm({
  channel: 'dossier.correct',
  values: valuesSchema,
  command: (values, { act, dossier }) => ({
    act, dossier, personal: personalOf(values), text: wordsTyped(values.text) ?? '', sets: countTyped(values.sets),
    ...given('papers', values.papers.length === 0 ? undefined : values.papers.map(({ code, kind, quantity, ticked }) => ({ code, kind, quantity: ticked ? countTyped(quantity) : 0, present: ticked }))),
  }),
  check: (values, wrong) => {
    const citizen = values.kind === 'citizen';
    if (citizen ? !validIdNumber(values.idNumber.trim()) : values.idNumber.trim() === '') wrong('idNumber', citizen ? 'form.idNumber' : 'form.idNumberOrganisation');
    if (citizen && values.birth.trim() !== '' && birthTyped(values.birth) === undefined) wrong('birth', 'form.birth');
    if (values.address.trim() === '') wrong('address', 'form.address');
    if (values.phone.trim() !== '' && normalizePhone(values.phone) === undefined) wrong('phone', 'form.phone');
    if (values.bySubmitter && !validIdNumber(values.submitterNumber.trim())) wrong('submitterNumber', 'form.submitterNumber');
  },
  places: {
    'personal.applicant.fullName': ['fullName', 'form.fullName'], 'personal.applicant.address': ['address', 'form.address'], 'personal.submitter.fullName': ['submitterName', 'form.submitterName'],
    'personal.submitter.authorisation': ['authorisation', 'acts.tooLong'], 'personal.note': ['note', 'acts.tooLong'], sets: ['sets', 'form.sets'], papers: ['papers', 'form.quantity'],
    text: ['text', 'acts.reasonErrorPlain'],
  },
});

/** Data taken in wrongly is set right (sửa thông tin hồ sơ): what stands is in the fields, what will change is said before it is saved. */
export function CorrectForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('correct');
  const before = standing(view);
  const act = useAct(correcting, view.id, before, (answer) => void finish(answer, view.state.received ? { offers: 'reception' } : {}));
  const { form: { register, control }, error } = act;
  const [kind, bySubmitter, papers] = useWatch({ control, name: ['kind', 'bySubmitter', 'papers'] });
  const citizen = kind === 'citizen';
  return (
    <ActPanel title={t('order.correct')} act={act} onBack={onBack} words={t('acts.correctWords')}>
      <div className="act-columns">
        <div className="stack-tight">
          <TextInput label={citizen ? t('reception.fullName') : t('reception.organisationName')} maxLength={200} error={error('fullName')} {...register('fullName')} />
          <TextInput label={citizen ? t('reception.idNumber') : t('reception.organisationNumber')} code maxLength={20} error={error('idNumber')} {...register('idNumber')} />
          <TextInput label={t('reception.phone')} code maxLength={20} inputMode="tel" error={error('phone')} {...register('phone')} />
          <TextInput label={t('reception.sets')} inputMode="numeric" maxLength={2} error={error('sets')} {...register('sets')} />
        </div>
        <div className="stack-tight">
          <Select label={t('reception.kind')} {...register('kind')}>
            <option value="citizen">{t('reception.kind.citizen')}</option>
            <option value="organisation">{t('reception.kind.organisation')}</option>
          </Select>
          {citizen ? (
            <>
              <TextInput label={t('reception.birth')} maxLength={10} placeholder={t('ui.datePattern')} error={error('birth')} {...register('birth')} />
              <Select label={t('reception.sex')} {...register('sex')}>
                <option value="">{t('reception.sex.none')}</option>
                <option value="male">{t('reception.sex.male')}</option>
                <option value="female">{t('reception.sex.female')}</option>
              </Select>
            </>
          ) : null}
          <TextInput label={t('reception.note')} maxLength={1000} error={error('note')} {...register('note')} />
        </div>
      </div>
      <TextInput label={t('reception.address')} maxLength={500} error={error('address')} {...register('address')} />
      <Checkbox label={t('reception.bySubmitter')} {...register('bySubmitter')} />
      {bySubmitter ? (
        <div className="act-columns">
          <TextInput label={t('reception.submitterName')} maxLength={200} error={error('submitterName')} {...register('submitterName')} />
          <TextInput label={t('reception.submitterNumber')} code maxLength={20} error={error('submitterNumber')} {...register('submitterNumber')} />
          <TextInput label={t('reception.authorisation')} maxLength={300} placeholder={t('reception.authorisationHint')} error={error('authorisation')} {...register('authorisation')} />
        </div>
      ) : null}
      {papers.length === 0 ? null : <PapersField label={t('reception.papers')} papers={papers} error={error('papers')} onChange={(next) => act.change('papers', next)} />}
      <TextArea label={t('acts.correctWhy')} maxLength={1000} error={error('text')} {...register('text')} />
      <Changes control={control} before={before} />
    </ActPanel>
  );
}
