import { agenciesInForce, type Catalogue } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { longestTicket, type TicketRequest, type Tickets } from '#shared/province/index.ts';
import type { CentreWord, Ticket } from '../judge/index.ts';
import { centreActor, centreKinds, saidSince, type CentreTicket, type OwnLog } from '../ledger/index.ts';
import { agencyName } from '../reports/index.ts';
import type { CentreStore } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';

/** What is known of tickets and agencies now. */
export interface KnownTickets {
  readonly word: Pick<CentreWord, 'tickets' | 'gaps'>;
  readonly catalogue: Catalogue | undefined;
  /** Entries of the centre's own log that this follows from. */
  readonly entries: number;
}

export interface TicketPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly known: () => Promise<KnownTickets>;
}

/** Operators' tickets (phiếu báo sự cố của nhà mạng): they stand for the desks' clocks from outside, so each names who recorded it. */
export interface TicketDesk {
  list(): Promise<Tickets>;
  /** Sent again it is recorded once. Errors: `ticket.bad-period`, `ticket.no-agency`, `ticket.unknown-agency`, `ticket.unknown` (the one it replaces). */
  record(request: TicketRequest, officer?: string): Promise<Outcome<void>>;
  /** Error: `ticket.unknown`. */
  withdraw(ticket: string, officer?: string): Promise<Outcome<void>>;
}

const day = 86_400_000;
/** What others may have said meanwhile that a ticket depends on. */
const tickets: ReadonlySet<string> = new Set([centreKinds.ticketRecorded, centreKinds.ticketWithdrawn]);

/** What is written down. */
interface Said {
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function ticketDesk({ store, own, time, known }: TicketPorts): TicketDesk {
  /** Writes down what `say` makes of what is known, unless somebody recorded or withdrew a ticket meanwhile: then it is asked again. */
  const record = async (say: (now: KnownTickets) => Outcome<Said | undefined>, officer: string | undefined): Promise<Outcome<void>> => {
    for (;;) {
      const before = await known();
      const done = await store.transaction(async (writer): Promise<Outcome<void> | undefined> => {
        if ((await saidSince(writer, own.log, before.entries, tickets)).length > 0) return undefined;
        const said = say(before);
        if (!said.ok) return said;
        if (said.value) {
          const reading = time.read();
          const { kind, facts } = said.value;
          await own.append(writer, reading, [{ kind, facts: { ...facts, at: reading.now, rho: reading.rho ?? null } }], officer);
        }
        return ok(undefined);
      });
      if (done) return done;
    }
  };
  return {
    async list() {
      const { word, catalogue } = await known();
      const { now } = time.read();
      const agencies = catalogue ? agenciesInForce(catalogue, civil(now).date) : [];
      const lines = new Map<string, number>();
      for (const { line } of agencies) if (line !== undefined) lines.set(line, (lines.get(line) ?? 0) + 1);
      const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name, 'vi');
      return {
        now,
        tickets: await Promise.all(word.tickets.toSorted((a, b) => b.from - a.from || b.at - a.at).map(async ({ ticket, operator, reference, agencies: hit, everywhere, from, to, by, at }) => ({
          ticket, operator, reference, agencies: hit.map((id) => ({ id, name: agencyName(catalogue, id) })), everywhere, from, to, at,
          by: { id: by, name: by === centreActor ? '' : (await store.findOfficer({ id: by }))?.name ?? by },
        }))),
        centreGaps: word.gaps.toReversed().map(({ from, to }) => ({ from, to })),
        agencies: agencies.map(({ id, name, line }) => ({ id, name, ...(line === undefined ? {} : { line }) })).sort(byName),
        lines: [...lines].map(([name, count]) => ({ name, agencies: count })).sort(byName),
      };
    },
    record: ({ ticket, operator, reference, agencies, lines, everywhere, from, to, replaces }, officer) => record(({ word, catalogue }) => {
      if (word.tickets.some((one) => one.ticket === ticket)) return ok(undefined);
      if (from >= to || to > time.read().now || to - from > longestTicket * day) return fail('ticket.bad-period', { days: longestTicket });
      if (replaces !== undefined && !word.tickets.some((one) => one.ticket === replaces)) return fail('ticket.unknown');
      const hit = everywhere ? ok([]) : hitBy(catalogue, agencies, lines);
      if (!hit.ok) return hit;
      const facts: Omit<CentreTicket, 'at' | 'rho'> = { ticket, reference, operator, agencies: hit.value, everywhere, from, to, ...(replaces === undefined ? {} : { replaces }) };
      return ok({ kind: centreKinds.ticketRecorded, facts });
    }, officer),
    withdraw: (ticket, officer) => record(({ word }) => (
      word.tickets.some((one: Ticket) => one.ticket === ticket) ? ok({ kind: centreKinds.ticketWithdrawn, facts: { ticket } }) : fail('ticket.unknown')
    ), officer),
  };
}

/** Ids of the agencies named by id or by name, and of all that are on the named lines. */
function hitBy(catalogue: Catalogue | undefined, agencies: readonly string[], lines: readonly string[]): Outcome<string[]> {
  if (agencies.length + lines.length === 0) return fail('ticket.no-agency');
  const ids = new Set<string>();
  for (const wanted of agencies) {
    const found = catalogue?.agencies.find(({ id, name }) => id === wanted || name === wanted);
    if (!found) return fail('ticket.unknown-agency', { name: wanted });
    ids.add(found.id);
  }
  for (const wanted of lines) {
    const on = (catalogue?.agencies ?? []).filter(({ line }) => line === wanted);
    if (on.length === 0) return fail('ticket.unknown-agency', { name: wanted });
    for (const { id } of on) ids.add(id);
  }
  return ok([...ids].sort((a, b) => (a < b ? -1 : 1)));
}
