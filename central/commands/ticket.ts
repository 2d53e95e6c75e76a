import { formatDateTime } from '#shared/deadline/index.ts';
import { DomainError, type Outcome } from '#shared/errors/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { ticketRequestSchema, type TicketLine } from '#shared/province/index.ts';
import { latestCatalogue } from '../catalogue/index.ts';
import type { Foundation } from '../foundation.ts';
import { centreWord } from '../judge/index.ts';
import { random } from '../keys/index.ts';
import { readOwnLog } from '../ledger/index.ts';
import { ticketDesk, type TicketDesk } from '../tickets/index.ts';
import { withFolder, type Asked } from './acting.ts';
import { printResult, type Output } from '#shared/command/index.ts';

/** An outage as an operator told of it. Agencies by internal id or by name. */
export interface ToldOutage {
  readonly operator: string;
  readonly reference: string;
  readonly agencies: readonly string[];
  readonly lines: readonly string[];
  readonly everywhere: boolean;
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly replaces?: string | undefined;
}

function desk({ store, own, time }: Foundation): TicketDesk {
  return ticketDesk({
    store, own, time,
    known: async () => {
      const entries = await readOwnLog(store, own.log);
      return { word: centreWord(entries, time.read().now), catalogue: await latestCatalogue(store), entries: entries.length };
    },
  });
}

function done(outcome: Outcome<void>): void {
  if (!outcome.ok) throw new DomainError(outcome.fault.code, outcome.fault.params);
}

/** `quay ticket add`: records an operator's ticket, or one in place of another. */
export async function ticketAddCommand(asked: Asked & { readonly outage: ToldOutage }, output: Output): Promise<void> {
  await withFolder(asked, 'centre.record-ticket', async (foundation) => {
    const given = ticketRequestSchema.safeParse({ ...asked.outage, ticket: mintUuid(foundation.time.read().now, random) });
    if (!given.success) throw new DomainError('message.malformed', { where: given.error.issues.map(({ path }) => path.map(String).join('.')).join(', ') });
    done(await desk(foundation).record(given.data));
    printResult(output, asked.json, { ticket: given.data.ticket }, [`Recorded as ${given.data.ticket}.`]);
  });
}

/** `quay ticket list`: the tickets that count. */
export async function ticketListCommand(asked: Asked, output: Output): Promise<void> {
  await withFolder(asked, 'centre.read-results', async (foundation) => {
    const { tickets } = await desk(foundation).list();
    printResult(output, asked.json, tickets, tickets.length === 0 ? ['No tickets.'] : tickets.map(words));
  });
}

function words({ ticket, operator, reference, from, to, everywhere, agencies }: TicketLine): string {
  return `${ticket}  ${formatDateTime(from)} to ${formatDateTime(to)}  ${operator} ${reference}  ${everywhere ? 'everywhere' : agencies.map(({ name }) => name).join(', ')}`;
}

/** `quay ticket withdraw`: a ticket that was recorded by mistake counts for nothing. */
export async function ticketWithdrawCommand(asked: Asked & { readonly ticket: string }, output: Output): Promise<void> {
  await withFolder(asked, 'centre.record-ticket', async (foundation) => {
    done(await desk(foundation).withdraw(asked.ticket));
    printResult(output, asked.json, { ticket: asked.ticket, withdrawn: true }, [`${asked.ticket} counts for nothing any more.`]);
  });
}
