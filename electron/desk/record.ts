import type { DecisionContext, DossierKind, DossierState, Draft } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { RecordedAct } from '#shared/ipc/index.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** What every command says: the act, minted where the button was pressed, and the dossier it is about. */
interface Command {
  readonly act: string;
  readonly dossier: string;
}

/** An order of `shared/dossier/orders.ts`: the kind of entry that answers it, and the decision. */
interface Order<Ordered extends Command> {
  readonly kind: DossierKind;
  decide(state: DossierState | undefined, command: Ordered, context: DecisionContext): Outcome<Draft[]>;
}

/**
 * Records one act of a member of the staff: what the clocks did since the last look, the anchor before it, and the act's own
 * entries, in one durable transaction. A code comes from the lease inside it, so a refused act uses none up. The same act again
 * gives the same answer and records nothing, even where the act itself would now be refused.
 * Errors: `enrol.required`, `clock.confirm-needed`, what the decision refuses with, the store's.
 */
export function recordOrder<Ordered extends Command>(workplace: Workplace, staff: string, order: Order<Ordered>, command: Ordered): Outcome<RecordedAct> {
  const { store, time, notes, watch } = workplace;
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const { catalogue, identity } = desk.value;
  const clock = time.reading();
  const committed = store.commit({
    act: command.act, actor: staff, clock,
    decide(read, codes) {
      const now = time.now();
      if (!now.ok) return now;
      const decided = order.decide(read.dossier(command.dossier), command, {
        now: now.value, agency: identity.agency, catalogue,
        code: (civilDate) => codes.next(civilDate),
        personal: () => read.personal(command.dossier),
      });
      return decided.ok ? ok([...watch.look(clock), ...notes.beforeAct(), ...decided.value]) : decided;
    },
  });
  if (!committed.ok) return committed;
  const { entries, repeated } = committed.value;
  const entry = entries.find(({ header }) => header.kind === order.kind && header.dossier === command.dossier);
  // The act's id was used before for something else: a mistake of the sender, not an act.
  if (!entry) return fail('message.malformed', { where: 'act' });
  if (!repeated) {
    watch.seen(clock);
    notes.acted();
  }
  const { acceptedAt, at } = entry.header.facts;
  const when = acceptedAt ?? at;
  return ok({
    dossier: command.dossier, code: store.read.dossier(command.dossier)?.code ?? '', seq: entry.header.seq, hash: entry.hash,
    at: typeof when === 'number' ? when : 0, repeated,
  });
}
