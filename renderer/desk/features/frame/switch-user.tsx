import { useRef, useState } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { Person } from '#shared/ipc/index.ts';
import { compareNames } from '#shared/vietnamese/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Button, Dialog, TextInput } from '#renderer/ui/index.ts';
import { useSession } from '../../state/session.ts';

interface SwitchUserProps {
  /** Who is signed in now. */
  person: Person;
  staff: readonly Person[];
  /** Keeps what is being typed, before somebody else takes over. */
  beforeSwitch: () => Promise<unknown>;
  onClose: () => void;
}

/** Another one takes over in two steps, a name and a PIN; the one before loses nothing and finds it again on coming back. */
export function SwitchUser({ person, staff, beforeSwitch, onClose }: SwitchUserProps): React.JSX.Element {
  const { t, language } = useText();
  const signIn = useSession((state) => state.signIn);
  const others = staff.filter(({ id }) => id !== person.id).toSorted((a, b) => compareNames(a.name, b.name));
  const [chosen, setChosen] = useState(others[0]?.id);
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string>();
  const busy = useRef(false);
  const pinField = useRef<HTMLInputElement>(null);

  const submit = async (): Promise<void> => {
    if (busy.current || chosen === undefined) return;
    if (pin === '') {
      setError(t('signIn.enterPin'));
      pinField.current?.focus();
      return;
    }
    busy.current = true;
    await beforeSwitch();
    const answer = await signIn(chosen, pin);
    busy.current = false;
    if (answer.ok) {
      onClose();
      return;
    }
    setError(sentence(answer.fault, language));
    setPin('');
    pinField.current?.focus();
  };
  return (
    <Dialog
      title={t('user.switchTo')}
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={(
        <>
          <Button onClick={onClose} keyHint="Esc">{t('ui.cancel')}</Button>
          {others.length === 0 ? null : <Button kind="primary" type="submit" keyHint="↵">{t('user.enter')}</Button>}
        </>
      )}
    >
      {others.length === 0 ? <p className="muted">{t('user.nobodyElse')}</p> : (
        <>
          <fieldset className="people" role="radiogroup" aria-label={t('signIn.staff')}>
            {others.map((one, index) => (
              <label key={one.id} className="tick person">
                <input
                  type="radio"
                  name="other"
                  aria-label={one.name}
                  checked={one.id === chosen}
                  autoFocus={index === 0}
                  onChange={() => {
                    setChosen(one.id);
                    setError(undefined);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') {
                      event.preventDefault();
                      pinField.current?.focus();
                      // A digit is the PIN's first and goes where the cursor goes.
                    } else if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey) pinField.current?.focus();
                  }}
                />
                <span className="grow">{one.name}</span>
                <span className="muted small">{one.roles.slice(0, 1).map((role) => t(`role.${role}`))}</span>
              </label>
            ))}
          </fieldset>
          <TextInput ref={pinField} label={t('signIn.pin')} type="password" inputMode="numeric" maxLength={64} autoComplete="off" value={pin} error={error} onChange={(event) => { setPin(event.target.value); setError(undefined); }} />
        </>
      )}
      <p className="muted small">{t('user.kept', { name: person.name })}</p>
    </Dialog>
  );
}
