import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton, Table } from '#renderer/ui/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { TicketLine, Tickets } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { useLoaded } from '../../load.ts';
import { useMay } from '../../session.ts';
import { useSaying } from '../decisions/said.ts';
import { TicketForm } from './ticket-form.tsx';

/** Operators' tickets: what stands for the desks' clocks from outside their offices, and who recorded it. When the centre itself was down stands on the page of desks. */
export function TicketsPage(): React.JSX.Element {
  const { t, language } = useText();
  const { value, fault, again } = useLoaded('tickets', () => api.tickets());
  const may = useMay('centre.record-ticket');
  return (
    <div className="stack">
      <div className="province-heading">
        <h1>{t('tickets.title')}</h1>
        <span className="muted">{t('tickets.why')}</span>
      </div>
      {fault ? <Banner tone="danger">{t('province.loadFailed', { why: sentence(fault, language) })}</Banner> : null}
      {value ? (
        <>
          {may ? <Panel title={t('tickets.record')}><TicketForm tickets={value} onSaid={again} /></Panel> : null}
          <TicketList tickets={value} may={may} onSaid={again} />
        </>
      ) : fault ? null : <Skeleton label={t('ui.loading')} lines={8} />}
    </div>
  );
}

function TicketList({ tickets, may, onSaid }: { tickets: Tickets; may: boolean; onSaid: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const { busy, fault, say } = useSaying(onSaid);
  const hit = ({ everywhere, agencies }: TicketLine): string => (everywhere ? t('tickets.everywhere') : agencies.map(({ name }) => name).join(', '));
  return (
    <Panel title={t('tickets.list')} bare>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      {tickets.tickets.length === 0 ? <NothingHere title={t('tickets.none')}>{t('tickets.noneHint')}</NothingHere> : (
        <div className="province-scroll">
          <Table
            caption={t('tickets.list')}
            rows={tickets.tickets}
            rowKey={({ ticket }) => ticket}
            columns={[
              { key: 'reference', title: t('tickets.reference'), cell: ({ reference }) => <span className="code">{reference}</span> },
              { key: 'operator', title: t('tickets.operator'), cell: ({ operator }) => operator },
              { key: 'hit', title: t('tickets.hit'), cut: true, cell: (line) => <span title={hit(line)}>{hit(line)}</span> },
              { key: 'from', title: t('tickets.from'), cell: ({ from }) => <span className="nowrap">{formatDateTime(from)}</span> },
              { key: 'to', title: t('tickets.to'), cell: ({ to }) => <span className="nowrap">{formatDateTime(to)}</span> },
              { key: 'by', title: t('tickets.by'), cell: ({ by, at }) => t('decision.byAt', { who: by.name || t('decision.operator'), at: formatDateTime(at) }) },
              ...(may ? [{
                key: 'withdraw', title: t('tickets.change'),
                cell: ({ ticket, reference }: TicketLine) => <Button small disabled={busy} aria-label={t('tickets.withdrawThis', { reference })} onClick={() => void say(() => api.withdrawTicket(ticket))}>{t('tickets.withdraw')}</Button>,
              }] : []),
            ]}
          />
        </div>
      )}
    </Panel>
  );
}
