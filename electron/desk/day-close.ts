import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import type { Staff } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import type { TimeSource } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { dayClosedSchema, type DayClosed } from '#shared/evidence/index.ts';
import type { DayCloseView } from '#shared/ipc/index.ts';
import { hashSchema, logKinds, uuidSchema } from '#shared/log/index.ts';
import type { Session } from './session.ts';
import type { Workplace } from './workplace.ts';

const memoName = 'day-closed';
/** The last close, as the entry has it. */
const memoSchema = dayClosedSchema.extend({ by: z.string(), log: uuidSchema, seq: z.int(), hash: hashSchema });

/**
 * The day's close (chốt ngày): the supervisor signed in gives the PIN once more and confirms what this desk recorded on the present civil day, up to the
 * log's end, which stands on the printed sheet too. A day may be closed again after further acts; the last close stands. The same act again
 * changes nothing. Errors: `session.wrong-pin`, `session.throttled`, `enrol.required`, `clock.confirm-needed`, the store's.
 */
export async function closeDay(workplace: Workplace, session: Session, staff: Staff, { act, pin }: { readonly act: string; readonly pin: string }): Promise<Outcome<DayCloseView>> {
  const { store, time, notes, watch } = workplace;
  const knows = await session.confirm(pin);
  if (!knows.ok) return knows;
  const now = time.now();
  if (!now.ok) return now;
  // The last anchor stands before the close; only then is the head known that it confirms.
  const anchor = notes.note(time.newestAnchor(), 'day-closed');
  if (anchor.length > 0 && notes.write(anchor, 'always').length === 0) return fail('store.disk-full');
  const clock = time.reading();
  const { date } = civil(now.value.at);
  const { seq, hash } = store.head();
  const { received, ready, returned } = store.read.recordedHere(date);
  const facts: DayClosed = {
    date, head: { seq, hash }, at: now.value.at, timeSource: now.value.source, received, ready, returned, unsent: store.pendingSummary().entries,
  };
  const committed = store.commit({ act, actor: staff.id, clock, decide: () => ok([...watch.look(clock), { kind: logKinds.dayClosed, facts: { ...facts } }]) });
  if (!committed.ok) return committed;
  const entry = committed.value.entries.find(({ header }) => header.kind === logKinds.dayClosed);
  if (!entry) return fail('message.malformed', { where: 'act' });
  watch.seen(clock);
  const kept = { ...dayClosedSchema.parse(entry.header.facts), by: entry.header.actor, log: entry.header.log, seq: entry.header.seq, hash: entry.hash };
  // Losing it costs the desk a line on the day's page, never the close.
  store.memo.save(memoName, kept);
  notes.acted();
  return ok(viewOf(kept, store));
}

/** A close with what only the printed sheet says: the log it stands in, and how the time was known. */
export interface KeptClose {
  readonly view: DayCloseView;
  readonly timeSource: TimeSource;
  readonly log: string;
}

/** The last close this desk made, if it is of this civil day. */
export function closeOf(store: DeskStore, date: string): KeptClose | undefined {
  const kept = store.memo.load(memoName, memoSchema);
  return kept?.date === date ? { view: viewOf(kept, store), timeSource: kept.timeSource, log: kept.log } : undefined;
}

function viewOf({ date, at, by, log, seq, hash, head, received, ready, returned, unsent }: z.infer<typeof memoSchema>, store: DeskStore): DayCloseView {
  const name = store.catalogue.current()?.staff.find(({ id }) => id === by)?.name ?? by;
  return {
    date, at, by: name, seq, hash, head, received, ready, returned, unsent, actsSince: store.read.recordedHere(date, { log, seq, hash }).acts > 0,
  };
}
