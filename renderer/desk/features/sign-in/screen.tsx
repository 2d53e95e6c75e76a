import { useRef, useState } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { SessionView } from '#shared/ipc/index.ts';
import { compareNames } from '#shared/vietnamese/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, FieldError, NothingHere, SizeControl, TextInput, ThemeControl } from '#renderer/ui/index.ts';
import { deskName } from '../../state/desk-name.ts';
import { lastPerson } from '../../state/last-person.ts';
import { useSession } from '../../state/session.ts';
import { Banners } from '../frame/banners.tsx';

/** Sign-in (đăng nhập): choose a name with the arrows, Enter, the PIN, Enter. */
export function SignIn({ session }: { session: SessionView }): React.JSX.Element {
  const { t, language } = useText();
  const { signIn, locked } = useSession();
  const staff = session.staff.toSorted((a, b) => compareNames(a.name, b.name));
  const [person, setPerson] = useState(() => staff.find(({ id }) => id === lastPerson())?.id ?? (staff.length === 1 ? staff[0]?.id : undefined));
  const [first] = useState(person ?? staff[0]?.id);
  const [pin, setPin] = useState('');
  const [error, setError] = useState<{ where: 'name' | 'pin'; words: string }>();
  const [busy, setBusy] = useState(false);
  const pinField = useRef<HTMLInputElement>(null);

  const submit = async (): Promise<void> => {
    if (busy) return;
    if (person === undefined) setError({ where: 'name', words: t('signIn.chooseName') });
    else if (pin === '') setError({ where: 'pin', words: t('signIn.enterPin') });
    else {
      setBusy(true);
      const answer = await signIn(person, pin);
      setBusy(false);
      if (answer.ok) return;
      setError({ where: 'pin', words: sentence(answer.fault, language) });
      setPin('');
      pinField.current?.focus();
    }
  };

  return (
    <main className="sign-in">
      <Banners banners={session.banners} />
      <form
        className="sign-in-card panel"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="sign-in-head">
          <p className="muted">{session.agencyName === '' ? t('app.name') : session.agencyName}{session.desk === '' ? '' : ` · ${deskName(session.desk, t)}`}</p>
          <h1>{t('signIn.title')}</h1>
        </div>
        {locked ? <Banner tone="waiting">{t('signIn.locked', { minutes: Math.max(1, Math.round(session.lockAfter / 60_000)) })}</Banner> : null}
        {staff.length === 0 ? <NothingHere title={t('signIn.noStaff')}>{t('signIn.noStaffHint')}</NothingHere> : (
          <>
            <fieldset className="people" role="radiogroup" aria-label={t('signIn.staff')} aria-describedby="sign-in-hint">
              {staff.map((one) => (
                <label key={one.id} className="tick person">
                  <input
                    type="radio"
                    name="staff"
                    aria-label={one.name}
                    checked={one.id === person}
                    autoFocus={one.id === first}
                    onChange={() => {
                      setPerson(one.id);
                      setError(undefined);
                    }}
                    onFocus={() => {
                      if (person === undefined) setPerson(one.id);
                    }}
                    onKeyDown={(event) => {
                      if (event.key === 'Enter') {
                        event.preventDefault();
                        pinField.current?.focus();
                      } else if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey) {
                        // The name stands already: a digit is the PIN's first and goes where the cursor goes.
                        pinField.current?.focus();
                      }
                    }}
                  />
                  <span className="grow">{one.name}</span>
                  <span className="muted small">{one.roles.slice(0, 1).map((role) => t(`role.${role}`))}</span>
                </label>
              ))}
            </fieldset>
            {error?.where === 'name' ? <FieldError>{error.words}</FieldError> : null}
            <TextInput
              ref={pinField}
              label={t('signIn.pin')}
              type="password"
              inputMode="numeric"
              maxLength={64}
              autoComplete="off"
              value={pin}
              error={error?.where === 'pin' ? error.words : undefined}
              onChange={(event) => {
                setPin(event.target.value);
                setError(undefined);
              }}
            />
            <p className="muted small" id="sign-in-hint">{t('signIn.hint')}</p>
            <Button kind="primary" type="submit" keyHint="↵" aria-busy={busy}>{t('signIn.submit')}</Button>
          </>
        )}
      </form>
      <div className="row sign-in-looks"><SizeControl /><ThemeControl /></div>
    </main>
  );
}
