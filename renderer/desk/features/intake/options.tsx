import { Controller, useWatch } from 'react-hook-form';
import { useText } from '#renderer/i18n/index.ts';
import { Checkbox, Choices, Select, TextInput } from '#renderer/ui/index.ts';
import { PlaceField, usePlaces } from '../acts/index.ts';
import { useErrorWords } from '../reception/errors.ts';
import { mayReturnAtOnce } from '../reception/form.ts';
import type { ReceptionWork } from '../reception/work.ts';

/** What is not usual about a reception: how and when it was handed in, for whom, by which unit, returned at once. */
export function IntakeOptions({ work }: { work: ReceptionWork }): React.JSX.Element {
  const { t } = useText();
  const { form } = work;
  const { control, register } = form;
  const error = useErrorWords(form);
  const places = usePlaces();
  const [procedure, channel, submission, elsewhere, competent, immediate, rating] = useWatch({
    control, name: ['procedure', 'channel', 'submission', 'elsewhere', 'competent', 'immediate', 'rating'],
  });
  const handling = places.find(({ id, own }) => (elsewhere ? id === competent?.id : own));
  return (
    <div className="intake-options">
      {channel === 'counter' || submission !== null ? null : (
        <>
          <div className="pair">
            <TextInput label={t('intake.submittedDate')} inputMode="numeric" maxLength={10} placeholder={t('ui.datePattern')} error={error('submittedDate')} {...register('submittedDate')} />
            <TextInput label={t('intake.submittedTime')} inputMode="numeric" maxLength={5} placeholder={t('ui.timePattern')} {...register('submittedTime')} />
          </div>
          {channel === 'online' ? <TextInput label={t('intake.portalCode')} code maxLength={64} {...register('portalCode')} /> : null}
        </>
      )}
      <div className="ticks">
        <Checkbox label={t('intake.elsewhere')} {...register('elsewhere')} />
        {procedure !== null && mayReturnAtOnce(procedure) ? <Checkbox label={t('intake.immediate')} {...register('immediate')} /> : null}
      </div>
      {elsewhere ? (
        <Controller
          control={control}
          name="competent"
          render={({ field }) => (
            <PlaceField
              label={t('intake.competent')}
              inputRef={field.ref}
              error={error('competent')}
              value={competent === null ? undefined : { agency: competent.id, agencyName: competent.name, own: false }}
              fits={({ own, unit }) => !own && unit === undefined}
              onChoose={({ agency, agencyName }) => {
                form.setValue('competent', { id: agency, name: agencyName }, { shouldDirty: true });
                form.setValue('handlingUnit', '');
                form.clearErrors('competent');
                void work.keepDraft();
              }}
            />
          )}
        />
      ) : null}
      {procedure !== null && handling && handling.units.length > 0 && !immediate ? (
        <Select label={t('intake.unit')} {...register('handlingUnit')}>
          <option value="">{t('intake.unitLater')}</option>
          {handling.units.map((unit) => <option key={unit.id} value={unit.id}>{unit.name}</option>)}
        </Select>
      ) : null}
      {immediate ? (
        <>
          <p className="muted small">{t('intake.immediateHint')}</p>
          <Choices
            label={t('return.rating')}
            name="rating-at-once"
            value={rating}
            choices={(['very', 'yes', 'no', 'none'] as const).map((value) => ({ value, label: t(`return.rating.${value}`) }))}
            onChange={(value) => form.setValue('rating', value, { shouldDirty: true })}
          />
          <Checkbox label={t('intake.wantsReceipt')} {...register('wantsReceipt')} />
        </>
      ) : null}
    </div>
  );
}
