import { useText } from '#renderer/i18n/index.ts';
import { Checkbox, FieldError, TextInput } from '#renderer/ui/index.ts';
import type { Claim } from './form.ts';

interface ClaimFieldsProps {
  label: string;
  claim: Claim;
  error: string | undefined;
  onChange: (claim: Claim) => void;
}

/** An earlier time claimed (khai thời điểm thực tế), with the words that people will judge it. */
export function ClaimFields({ label, claim, error, onChange }: ClaimFieldsProps): React.JSX.Element {
  const { t } = useText();
  return (
    <div className="claim">
      <Checkbox label={label} checked={claim.made} onChange={(event) => onChange({ ...claim, made: event.target.checked })} />
      {claim.made ? (
        <>
          <p className="muted small">{t('return.claimWords')}</p>
          <div className="pair">
            <TextInput label={t('return.claimDate')} inputMode="numeric" maxLength={10} placeholder={t('ui.datePattern')} aria-invalid={error ? true : undefined} value={claim.date} onChange={(event) => onChange({ ...claim, date: event.target.value })} />
            <TextInput label={t('return.claimTime')} inputMode="numeric" maxLength={5} placeholder={t('ui.timePattern')} value={claim.time} onChange={(event) => onChange({ ...claim, time: event.target.value })} />
          </div>
          {error ? <FieldError>{error}</FieldError> : null}
        </>
      ) : null}
    </div>
  );
}
