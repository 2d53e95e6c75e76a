import { z } from 'zod';
import { uuidSchema } from '#shared/log/index.ts';
import { provincePaths, ticketRequestSchema } from '#shared/province/index.ts';
import { contentOf } from '../authenticate.ts';
import { inShape, jsonOf } from '../json.ts';
import { officerGuard } from '../officer-guard.ts';
import type { App, HttpPorts } from '../ports.ts';
import { Refused } from '../refused.ts';

const ticketParams = z.object({ ticket: uuidSchema });
/** Largest ticket: three hundred agencies by id, bytes. */
const bodyLimit = 32 * 1024;

/** Operators' tickets: `/api/province/tickets`. */
export function ticketRoutes(app: App, { officers, tickets }: Pick<HttpPorts, 'officers' | 'tickets'>): void {
  const { allowed, sameSite } = officerGuard(officers);

  app.get(provincePaths.tickets, async (request) => {
    await allowed(request, 'centre.read-results');
    return tickets.list();
  });

  app.post(provincePaths.tickets, { bodyLimit }, async (request) => {
    sameSite(request);
    const { actor } = await allowed(request, 'centre.record-ticket');
    const done = await tickets.record(jsonOf(contentOf(request), ticketRequestSchema, 'ticket'), actor.id);
    if (!done.ok) throw new Refused(done.fault);
    return tickets.list();
  });

  app.post(`${provincePaths.tickets}/:ticket/withdraw`, { bodyLimit }, async (request) => {
    sameSite(request);
    const { actor } = await allowed(request, 'centre.record-ticket');
    const done = await tickets.withdraw(inShape(request.params, ticketParams, 'ticket').ticket, actor.id);
    if (!done.ok) throw new Refused(done.fault);
    return tickets.list();
  });
}
