import { z } from 'zod';
import { uuidSchema } from '#shared/log/index.ts';
import { personSchema } from './decisions.ts';

const instant = z.int();
const typed = (most: number) => z.string().trim().min(1).max(most).normalize('NFC');

/** The longest outage one ticket may tell of, days: longer is a slip of the pen. */
export const longestTicket = 31;

/**
 * An operator's ticket (phiếu báo sự cố của nhà mạng) as an officer records it. Lines are named as in the catalogue and become the agencies on
 * them. `ticket` is minted where the button was pressed: sent again it is recorded once.
 */
export const ticketRequestSchema = z.strictObject({
  ticket: uuidSchema,
  operator: typed(200),
  reference: typed(100),
  agencies: z.array(z.string().max(64)).max(300),
  lines: z.array(z.string().max(100)).max(100),
  everywhere: z.boolean(),
  from: instant,
  to: instant,
  /** The ticket it takes the place of. */
  replaces: uuidSchema.optional(),
});
export type TicketRequest = z.infer<typeof ticketRequestSchema>;

/** A ticket that counts. */
export const ticketLineSchema = z.strictObject({
  ticket: uuidSchema,
  operator: z.string(),
  reference: z.string(),
  agencies: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  everywhere: z.boolean(),
  from: instant,
  to: instant,
  by: personSchema,
  at: instant,
});
export type TicketLine = z.infer<typeof ticketLineSchema>;

/** The tickets that count, the latest outage first; when the centre itself was down; and the agencies and lines to choose from. */
export const ticketsSchema = z.strictObject({
  now: instant,
  tickets: z.array(ticketLineSchema),
  centreGaps: z.array(z.strictObject({ from: instant, to: instant })),
  agencies: z.array(z.strictObject({ id: z.string(), name: z.string(), line: z.string().optional() })),
  lines: z.array(z.strictObject({ name: z.string(), agencies: z.int().nonnegative() })),
});
export type Tickets = z.infer<typeof ticketsSchema>;
