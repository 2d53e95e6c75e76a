import { useRef, useState } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Choices, TextInput } from '#renderer/ui/index.ts';
import { instantOf, parseDate, timeOfDaySchema } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { Tickets } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { newId } from '../../new-id.ts';
import { useSaying } from '../decisions/said.ts';

type Scope = 'lines' | 'agencies' | 'everywhere';

/** A date and a time of day as an official writes them, in one instant; undefined while they are not right. */
function instantTyped(date: string, time: string): number | undefined {
  const day = parseDate(date);
  const hour = timeOfDaySchema.safeParse(time.trim().replace(/^(\d):/, '0$1:'));
  return day.ok && hour.success ? instantOf(day.value, hour.data) : undefined;
}

/** Records what an operator's paper says: which outage, from when to when, whom it hit. Sent again it is recorded once. */
export function TicketForm({ tickets, onSaid }: { tickets: Tickets; onSaid: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const ticket = useRef(newId());
  const [operator, setOperator] = useState('');
  const [reference, setReference] = useState('');
  const [scope, setScope] = useState<Scope>(tickets.lines.length > 0 ? 'lines' : 'agencies');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [fromDate, setFromDate] = useState('');
  const [fromTime, setFromTime] = useState('');
  const [toDate, setToDate] = useState('');
  const [toTime, setToTime] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, fault, say } = useSaying(() => {
    ticket.current = newId();
    setReference('');
    setChosen(new Set());
    setTried(false);
    onSaid();
  });

  const from = instantTyped(fromDate, fromTime);
  const to = instantTyped(toDate, toTime);
  const missing = (text: string): string | undefined => (tried && text.trim() === '' ? t('tickets.missing') : undefined);
  const badTime = (at: number | undefined): string | undefined => (tried && at === undefined ? t('tickets.badTime') : undefined);
  const noOne = scope !== 'everywhere' && chosen.size === 0;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (operator.trim() === '' || reference.trim() === '' || from === undefined || to === undefined || noOne) return;
    void say(() => api.recordTicket({
      ticket: ticket.current, operator, reference, from, to, everywhere: scope === 'everywhere',
      lines: scope === 'lines' ? [...chosen] : [], agencies: scope === 'agencies' ? [...chosen] : [],
    }));
  };
  const choose = (next: Scope): void => {
    setScope(next);
    setChosen(new Set());
  };
  const tick = (name: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(name);
    else next.delete(name);
    setChosen(next);
  };
  const choices = scope === 'lines' ? tickets.lines.map(({ name, agencies }) => ({ id: name, label: t('tickets.line', { name, count: agencies }) })) : tickets.agencies.map(({ id, name }) => ({ id, label: name }));
  return (
    <form className="decision decision-form stack-tight" onSubmit={submit}>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      <TextInput label={t('tickets.operator')} value={operator} maxLength={200} error={missing(operator)} onChange={(event) => setOperator(event.target.value)} />
      <TextInput label={t('tickets.reference')} value={reference} maxLength={100} code error={missing(reference)} onChange={(event) => setReference(event.target.value)} />
      <div className="ticket-when">
        <TextInput label={t('tickets.fromDate')} value={fromDate} inputMode="numeric" maxLength={10} placeholder={t('ui.datePattern')} error={badTime(from)} onChange={(event) => setFromDate(event.target.value)} />
        <TextInput label={t('tickets.hour')} value={fromTime} inputMode="numeric" maxLength={5} placeholder={t('ui.timePattern')} onChange={(event) => setFromTime(event.target.value)} />
        <TextInput label={t('tickets.toDate')} value={toDate} inputMode="numeric" maxLength={10} placeholder={t('ui.datePattern')} error={badTime(to)} onChange={(event) => setToDate(event.target.value)} />
        <TextInput label={t('tickets.hour')} value={toTime} inputMode="numeric" maxLength={5} placeholder={t('ui.timePattern')} onChange={(event) => setToTime(event.target.value)} />
      </div>
      <Choices
        label={t('tickets.hit')} name="scope" value={scope} onChange={choose}
        choices={(['lines', 'agencies', 'everywhere'] as const).filter((one) => one !== 'lines' || tickets.lines.length > 0).map((value) => ({ value, label: t(`tickets.scope.${value}`) }))}
        error={tried && noOne ? t('tickets.chooseOne') : undefined}
      />
      {scope === 'everywhere' ? null : (
        <fieldset className="ticket-choices" aria-label={t(`tickets.scope.${scope}`)}>
          {choices.map(({ id, label }) => (
            <label key={id} className="tick"><input type="checkbox" checked={chosen.has(id)} onChange={(event) => tick(id, event.target.checked)} /><span>{label}</span></label>
          ))}
        </fieldset>
      )}
      <div className="row row-wrap decision-actions">
        <Button kind="primary" type="submit" disabled={busy}>{t('tickets.save')}</Button>
        <span className="muted">{t('tickets.namesYou')}</span>
      </div>
    </form>
  );
}
