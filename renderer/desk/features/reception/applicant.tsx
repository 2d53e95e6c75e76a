import { Controller, useWatch } from 'react-hook-form';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Checkbox, Panel, Select, StateWord, TextInput } from '#renderer/ui/index.ts';
import { useErrorWords } from './errors.ts';
import type { ReceptionWork } from './work.ts';

/** Who hands in: the applicant (người nộp) and, where it is somebody else, the one at the counter. */
export function ApplicantPanel({ work }: { work: ReceptionWork }): React.JSX.Element {
  const { t } = useText();
  const { form } = work;
  const { register, control } = form;
  const error = useErrorWords(form);
  const [kind, scanned, bySubmitter] = useWatch({ control, name: ['kind', 'scanned', 'bySubmitter'] });
  const citizen = kind === 'citizen';

  const kindChoice = (
    <span className="panel-choice">
      <select className="select" aria-label={t('reception.kind')} {...register('kind')}>
        <option value="citizen">{t('reception.kind.citizen')}</option>
        <option value="organisation">{t('reception.kind.organisation')}</option>
      </select>
    </span>
  );
  return (
    <Panel title={t('reception.applicant')} aside={kindChoice} className="form-grid">
      <TextInput
        label={citizen ? t('reception.idNumber') : t('reception.organisationNumber')}
        code
        maxLength={20}
        inputMode="numeric"
        error={error('idNumber')}
        after={scanned ? <StateWord tone="positive">{t('reception.scanned')}</StateWord> : undefined}
        {...register('idNumber', { onChange: () => { form.setValue('scanned', false); form.setValue('contradictions', []); } })}
      />
      <TextInput label={citizen ? t('reception.fullName') : t('reception.organisationName')} maxLength={200} error={error('fullName')} {...register('fullName')} />
      {citizen ? (
        <div className="pair">
          <TextInput label={t('reception.birth')} maxLength={10} error={error('birth')} placeholder={t('ui.datePattern')} {...register('birth')} />
          <Select label={t('reception.sex')} {...register('sex')}>
            <option value="">{t('reception.sex.none')}</option>
            <option value="male">{t('reception.sex.male')}</option>
            <option value="female">{t('reception.sex.female')}</option>
          </Select>
        </div>
      ) : null}
      <Contradictions work={work} />
      <TextInput label={t('reception.address')} maxLength={500} error={error('address')} {...register('address')} />
      <TextInput
        label={t('reception.phone')}
        code
        maxLength={20}
        inputMode="tel"
        error={error('phone')}
        after={<Checkbox label={t('reception.bySubmitter')} className="nowrap" {...register('bySubmitter')} />}
        {...register('phone')}
      />
      {bySubmitter ? (
        <>
          <TextInput label={t('reception.submitterName')} maxLength={200} error={error('submitterName')} {...register('submitterName')} />
          <TextInput label={t('reception.submitterNumber')} code maxLength={20} inputMode="numeric" error={error('submitterNumber')} {...register('submitterNumber')} />
          <TextInput label={t('reception.authorisation')} maxLength={300} placeholder={t('reception.authorisationHint')} error={error('authorisation')} {...register('authorisation')} />
        </>
      ) : null}
    </Panel>
  );
}

/** What on the card contradicts its number, in words; the clerk looks at the card and confirms, or corrects. */
function Contradictions({ work }: { work: ReceptionWork }): React.JSX.Element | null {
  const { t } = useText();
  const { control } = work.form;
  const error = useErrorWords(work.form);
  const found = useWatch({ control, name: 'contradictions' });
  if (found.length === 0) return null;
  const words = (one: string): string => (one === 'sex' || one === 'birthYear' || one === 'province' ? t(`reception.contradiction.${one}`) : t('reception.contradiction.other'));
  return (
    <Banner tone="warning">
      <p>{t('reception.contradictionTitle')} {[...new Set(found.map(words))].join('; ')}.</p>
      <Controller
        control={control}
        name="compared"
        render={({ field: { value, ref, ...field } }) => (
          <Checkbox
            label={t('reception.contradictionConfirm')}
            className={error('compared') ? 'tick-error' : ''}
            aria-invalid={error('compared') ? true : undefined}
            checked={value}
            ref={ref}
            {...field}
            onChange={(event) => field.onChange(event.target.checked)}
          />
        )}
      />
      {error('compared') ? <p className="tick-error small" role="alert">{error('compared')}</p> : null}
    </Banner>
  );
}

