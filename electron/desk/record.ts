import type { EntryDraft, StoreReader, CodeAllocator } from '#db/index.ts';
import type { DecisionContext } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** What a decision about a dossier gets beside the state. */
export interface ActTools {
  readonly read: StoreReader;
  readonly codes: CodeAllocator;
  readonly context: DecisionContext;
}

export interface ActRequest {
  /** Minted where the button was pressed. */
  readonly act: string;
  /** Staff id. */
  readonly actor: string;
  /** The kind of entry that answers the command. */
  readonly kind: string;
  decide(tools: ActTools): Outcome<readonly EntryDraft[]>;
}

/**
 * Records one act of a clerk: what the clocks did since the last look, the anchor before it, and the act's own entries,
 * in one durable transaction. The same act again gives the same answer and records nothing; it does so even where the act
 * itself would now be refused. Errors: `enrol.required`, `clock.confirm-needed`, what `decide` refuses with, the store's.
 */
export function recordAct(workplace: Workplace, request: ActRequest): Outcome<ResponseOf<'reception.save'>> {
  const { store, time, notes, watch } = workplace;
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const { catalogue, identity } = desk.value;
  const clock = time.reading();
  const committed = store.commit({
    act: request.act, actor: request.actor, clock,
    decide(read, codes) {
      const now = time.now();
      if (!now.ok) return now;
      const decided = request.decide({ read, codes, context: { now: now.value, agency: identity.agency, catalogue } });
      if (!decided.ok) return decided;
      return ok([...watch.look(clock), ...notes.beforeAct(), ...decided.value]);
    },
  });
  if (!committed.ok) return committed;
  const { entries, repeated } = committed.value;
  const entry = entries.find(({ header }) => header.kind === request.kind);
  const dossier = entry?.header.dossier;
  // The act's id was used before for something else: a mistake of the sender, not an act.
  if (!entry || dossier === undefined) return fail('message.malformed', { where: 'act' });
  if (!repeated) {
    watch.seen(clock);
    notes.acted();
  }
  const state = store.read.dossier(dossier);
  const { acceptedAt, at } = entry.header.facts;
  const when = acceptedAt ?? at;
  return ok({
    dossier, code: state?.received.code ?? '', seq: entry.header.seq, hash: entry.hash, at: typeof when === 'number' ? when : 0, repeated,
  });
}
