import { orders, type ApologiseCommand } from '#shared/dossier/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import type { RecordedAct } from '#shared/ipc/index.ts';
import { within } from './patience.ts';
import { recordOrder } from './record.ts';
import type { SyncClient } from './sync/client.ts';
import type { Workplace } from './workplace.ts';

/** How long the centre may take to say what others recorded, before the apology goes on without, milliseconds. */
const askedFor = 3_000;

/**
 * Records an apology and new appointment, after asking the centre what others recorded on the dossier: a citizen must not get an apology for a result
 * that another desk has handed over already. Where the line is silent the act goes on, and says that nobody could be asked. Errors: those of the order.
 */
export async function recordApology(workplace: Workplace, sync: SyncClient, staff: string, command: ApologiseCommand): Promise<Outcome<RecordedAct>> {
  const asked = await within(workplace.ports.timers, askedFor, sync.refresh(command.dossier));
  const othersAsked = asked?.ok === true;
  const { apologise } = orders;
  return recordOrder(workplace, staff, { ...apologise, decide: (state, ordered: ApologiseCommand, context) => apologise.decide(state, ordered, { ...context, othersAsked }) }, command);
}
