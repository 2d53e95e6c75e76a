import { useRef, useState } from 'react';
import { formatDate, formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DayCloseView, Person } from '#shared/ipc/index.ts';
import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Dialog, TextInput } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { newId } from '../../state/identity.ts';
import { useWindow } from '../../state/window.ts';

/** How the day stands: closed by whom and up to where, or not, and what to do about it. */
export function CloseLine({ closed, due, may }: { closed: DayCloseView | undefined; due: boolean; may: boolean }): React.JSX.Element {
  const { t, language } = useText();
  if (due && !closed) return <Banner tone="warning">{t('day.closeDue')}</Banner>;
  if (!closed) return <p className="close-line muted">{t(may ? 'day.closeOpen' : 'day.closeNotYours')}</p>;
  const { received, ready, returned, seq, hash, at, by, actsSince } = closed;
  const count = (value: number): string => formatCount(value, language);
  return (
    <>
      <p className="close-line">
        <strong>{t('day.closedBy', { at: formatDateTime(at), name: by })}</strong>
        <span>{t('day.closedCounts', { received: count(received), ready: count(ready), returned: count(returned) })}</span>
        <span className="code muted" title={hash}>{t('day.closedHead', { seq, hash: hash.slice(0, 16) })}</span>
      </p>
      {actsSince ? <Banner tone="warning">{t('day.closedActsSince')}</Banner> : null}
    </>
  );
}

/** Asks the supervisor for the PIN once more; the close is recorded once, however often it is sent. */
export function CloseDialog({ date, person, onDone, onClose }: { date: string; person: Person; onDone: () => void; onClose: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const [act] = useState(newId);
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const submit = async (): Promise<void> => {
    if (busy) return;
    if (pin === '') {
      setError(t('signIn.enterPin'));
      field.current?.focus();
      return;
    }
    setBusy(true);
    const answer = await call('day.close', { act, pin });
    setBusy(false);
    if (!answer.ok) {
      setError(sentence(answer.fault, language));
      setPin('');
      field.current?.focus();
      return;
    }
    useWindow.getState().say({ tone: 'positive', words: t('day.closeDone', { day: formatDate(answer.value.date) }) });
    onClose();
    onDone();
  };
  return (
    <Dialog
      title={t('day.closeTitle', { day: formatDate(date) })}
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={(
        <>
          <Button onClick={onClose} keyHint="Esc">{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" keyHint="↵" disabled={busy}>{t('day.close')}</Button>
        </>
      )}
    >
      <p>{t('day.closeWhy')}</p>
      <TextInput
        ref={field}
        label={t('day.closePin', { name: person.name })}
        type="password"
        inputMode="numeric"
        maxLength={64}
        autoComplete="off"
        autoFocus
        value={pin}
        error={error}
        onChange={(event) => {
          setPin(event.target.value);
          setError(undefined);
        }}
      />
    </Dialog>
  );
}
