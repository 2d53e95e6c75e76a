import { useState } from 'react';
import { instantOf, parseDate, timeOfDaySchema } from '#shared/deadline/index.ts';
import { sentence, type Fault } from '#shared/errors/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Button, Dialog, TextInput } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useClock } from '../../state/clock.ts';
import { useMay } from '../../state/session.ts';
import { useWindow } from '../../state/window.ts';

/** Asks for the right date and time when the computer's clock is behind the log; what was being done is then done again. */
export function ClockDialog(): React.JSX.Element | null {
  const asked = useClock((state) => state.asked);
  const mayConfirm = useMay('clock.confirm');
  if (!asked) return null;
  return mayConfirm ? <ClockQuestion fault={asked} /> : <ClockNotice fault={asked} />;
}

/** To whom the date and time is not to confirm: what is the matter, and whom to ask. */
function ClockNotice({ fault }: { fault: Fault }): React.JSX.Element {
  const { t, language } = useText();
  const close = useClock((state) => state.close);
  return (
    <Dialog title={t('clock.title')} onClose={close} onSubmit={close} actions={<Button kind="primary" type="submit" keyHint="Esc">{t('ui.close')}</Button>}>
      <p>{sentence(fault, language)}</p>
      <p>{t('clock.notYours')}</p>
    </Dialog>
  );
}

function ClockQuestion({ fault }: { fault: Fault }): React.JSX.Element {
  const { t, language } = useText();
  const close = useClock((state) => state.close);
  const [date, setDate] = useState('');
  const [time, setTime] = useState('');
  const [errors, setErrors] = useState<{ date?: string | undefined; time?: string | undefined }>({});

  const confirm = async (): Promise<void> => {
    const day = parseDate(date);
    const hour = timeOfDaySchema.safeParse(time.trim().replace(/^(\d):/, '0$1:'));
    if (!day.ok || !hour.success) {
      setErrors({ date: day.ok ? undefined : t('clock.badDate'), time: hour.success ? undefined : t('clock.badTime') });
      return;
    }
    const answer = await call('clock.confirm', { at: instantOf(day.value, hour.data) });
    if (!answer.ok) {
      setErrors({ time: sentence(answer.fault, language) });
      return;
    }
    const { again } = useClock.getState();
    close();
    useWindow.getState().say({ tone: 'positive', words: t('clock.done') });
    again?.();
  };

  return (
    <Dialog
      title={t('clock.title')}
      onClose={close}
      onSubmit={() => void confirm()}
      actions={(
        <>
          <Button onClick={close} keyHint="Esc">{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit">{t('clock.confirm')}</Button>
        </>
      )}
    >
      <p>{sentence(fault, language)}</p>
      <TextInput label={t('clock.date')} hint={t('clock.dateHint')} error={errors.date} inputMode="numeric" maxLength={10} autoFocus value={date} onChange={(event) => setDate(event.target.value)} />
      <TextInput label={t('clock.time')} hint={t('clock.timeHint')} error={errors.time} inputMode="numeric" maxLength={5} value={time} onChange={(event) => setTime(event.target.value)} />
      <p className="muted small">{t('clock.why')}</p>
    </Dialog>
  );
}
