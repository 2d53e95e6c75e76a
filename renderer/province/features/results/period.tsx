import { useState } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { Button, TextInput } from '#renderer/ui/index.ts';
import { addDays, civil, formatDate, instantOf, parseDate } from '#shared/deadline/index.ts';

/** Days of reception, both counted; `yyyy-MM-dd`. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

/** The quarter in which an instant lies, up to that day: what an officer reports on. */
export function quarterOf(now: number): Period {
  const { date } = civil(now);
  const month = Number(date.slice(5, 7));
  const first = String(month - ((month - 1) % 3)).padStart(2, '0');
  return { first: `${date.slice(0, 4)}-${first}-01`, last: date };
}

/** From the beginning of the first day up to before the day after the last; milliseconds. */
export function instantsOf({ first, last }: Period): { from: number; to: number } {
  return { from: instantOf(first, '00:00'), to: instantOf(addDays(last, 1), '00:00') };
}

/** Two dates as an official writes them; nothing is asked until both are right. */
export function PeriodForm({ period, onChange }: { period: Period; onChange: (period: Period) => void }): React.JSX.Element {
  const { t } = useText();
  const [first, setFirst] = useState(formatDate(period.first));
  const [last, setLast] = useState(formatDate(period.last));
  const [tried, setTried] = useState(false);
  const from = parseDate(first);
  const to = parseDate(last);
  const backwards = from.ok && to.ok && to.value < from.value;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (from.ok && to.ok && !backwards) onChange({ first: from.value, last: to.value });
  };
  const wrong = (good: boolean): string | undefined => (tried && !good ? t('results.badDate') : undefined);
  return (
    <form className="province-period" onSubmit={submit}>
      <TextInput label={t('results.from')} value={first} inputMode="numeric" error={wrong(from.ok)} onChange={(event) => setFirst(event.target.value)} />
      <TextInput label={t('results.to')} value={last} inputMode="numeric" error={wrong(to.ok) ?? (tried && backwards ? t('results.emptyPeriod') : undefined)} onChange={(event) => setLast(event.target.value)} />
      <Button type="submit">{t('province.refresh')}</Button>
    </form>
  );
}
