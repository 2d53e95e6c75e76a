import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLanguage, useText } from '#renderer/i18n/index.ts';
import { Button, ThemeControl } from '#renderer/ui/index.ts';
import type { Person } from '#shared/ipc/index.ts';

interface UserMenuProps {
  person: Person;
  /** After this long without use the desk locks itself, milliseconds. */
  lockAfter: number;
  onSwitch: () => void;
  onSignOut: () => void;
}

/** Who is signed in; opens to change the user, the look and the language. */
export function UserMenu({ person, lockAfter, onSwitch, onSignOut }: UserMenuProps): React.JSX.Element {
  const { t } = useText();
  const { language, choose } = useLanguage();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (event: React.FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="user-menu" onBlur={close} role="presentation" onKeyDown={onKeyDown}>
      <Button kind="quiet" ref={button} aria-expanded={open} aria-label={t('user.menu', { name: person.name })} onClick={() => setOpen(!open)}>
        <span className="user-name">{person.name}</span>
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      {open ? (
        <div className="user-panel">
          <p className="muted small">{person.roles.map((role) => t(`role.${role}`)).join(', ')}</p>
          <div className="stack-tight"><span className="muted small">{t('ui.theme')}</span><ThemeControl /></div>
          <div className="stack-tight">
            <span className="muted small">{t('ui.language')}</span>
            <div className="row" role="group" aria-label={t('ui.language')}>
              <Button small kind="quiet" aria-pressed={language === 'vi'} onClick={() => choose('vi')}>{t('ui.language.vi')}</Button>
              <Button small kind="quiet" aria-pressed={language === 'en'} onClick={() => choose('en')}>{t('ui.language.en')}</Button>
            </div>
          </div>
          <div className="row">
            <Button
              onClick={() => {
                setOpen(false);
                onSwitch();
              }}
            >
              {t('user.switch')}
            </Button>
            <Button kind="quiet" onClick={onSignOut}>{t('user.signOut')}</Button>
          </div>
          <p className="muted small">{t('user.locksAfter', { minutes: Math.max(1, Math.round(lockAfter / 60_000)) })}</p>
        </div>
      ) : null}
    </div>
  );
}
