import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { SessionView } from '#shared/ipc/index.ts';
import { compareNames } from '#shared/vietnamese/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, FieldError, NothingHere, SizeControl, Skeleton, TextInput, ThemeControl } from '#renderer/ui/index.ts';
import { deskName } from '../../state/desk-name.ts';
import { lastPerson } from '../../state/last-person.ts';
import { useSession } from '../../state/session.ts';
import { Banners } from '../frame/banners.tsx';

/**
 * Sign-in (đăng nhập): choose a name with the arrows, Enter, the PIN, Enter. While the desk process has not answered
 * (`session` undefined) the PIN is taken already, from `typed` on; the names come to it, and an Enter pressed before them
 * counts then.
 */
export function SignIn({ session, typed }: { session: SessionView | undefined; typed: string }): React.JSX.Element {
  const { t, language } = useText();
  const { signIn, locked } = useSession();
  const staff = (session?.staff ?? []).toSorted((a, b) => compareNames(a.name, b.name));
  const [last] = useState(lastPerson);
  const [chosen, setPerson] = useState<string>();
  const person = chosen ?? staff.find(({ id }) => id === last)?.id ?? (staff.length === 1 ? staff[0]?.id : undefined);
  const [pin, setPin] = useState(session ? '' : typed);
  const [error, setError] = useState<{ where: 'name' | 'pin'; words: string }>();
  const [busy, setBusy] = useState(false);
  const [early, setEarly] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const pinField = useRef<HTMLInputElement>(null);

  const submit = async (): Promise<void> => {
    if (busy) return;
    if (session && person === undefined) setError({ where: 'name', words: t('signIn.chooseName') });
    else if (pin === '') setError({ where: 'pin', words: t('signIn.enterPin') });
    else if (!session || person === undefined) setEarly(true);
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

  // The next digit goes behind those that stand there.
  useLayoutEffect(() => pinField.current?.setSelectionRange(typed.length, typed.length), [typed]);
  const named = staff.length > 0;
  // Before anything is drawn: the names are where the keys go, unless a PIN is being typed.
  useLayoutEffect(() => {
    if (named && (pinField.current?.value ?? '') === '') nameField.current?.focus();
  }, [named]);
  useEffect(() => {
    if (!named || !early) return;
    setEarly(false);
    void submit();
    // What was typed by then is what counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [named, early]);

  return (
    <main className="sign-in">
      <Banners banners={session?.banners ?? []} />
      <form
        className="sign-in-card panel"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="sign-in-head">
          <p className="muted">{(session?.agencyName ?? '') === '' ? t('app.name') : session?.agencyName}{(session?.desk ?? '') === '' ? '' : ` · ${deskName(session?.desk ?? '', t)}`}</p>
          <h1>{t('signIn.title')}</h1>
        </div>
        {locked && session ? <Banner tone="waiting">{t('signIn.locked', { minutes: Math.max(1, Math.round(session.lockAfter / 60_000)) })}</Banner> : null}
        {session && !named ? <NothingHere title={t('signIn.noStaff')}>{t('signIn.noStaffHint')}</NothingHere> : (
          <>
            <fieldset className="people" role="radiogroup" aria-label={t('signIn.staff')} aria-describedby="sign-in-hint">
              {session ? null : <Skeleton label={t('signIn.waiting')} lines={4} />}
              {staff.map((one) => (
                <label key={one.id} className="tick person">
                  <input
                    type="radio"
                    name="staff"
                    aria-label={one.name}
                    checked={one.id === person}
                    ref={one.id === (person ?? staff[0]?.id) ? nameField : undefined}
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
              autoFocus={!session}
              label={t('signIn.pin')}
              type="password"
              inputMode="numeric"
              maxLength={64}
              autoComplete="off"
              value={pin}
              error={error?.where === 'pin' ? error.words : undefined}
              onChange={(event) => {
                setPin(event.target.value);
                setEarly(false);
                setError(undefined);
              }}
            />
            <p className="muted small" id="sign-in-hint">{t('signIn.hint')}</p>
            <Button kind="primary" type="submit" keyHint="↵" aria-busy={busy || early}>{t('signIn.submit')}</Button>
          </>
        )}
      </form>
      <div className="row sign-in-looks"><SizeControl /><ThemeControl /></div>
    </main>
  );
}
