import { calendarFor, type Catalogue } from '#shared/catalogue/index.ts';
import { dueUnder, type WorkingCalendar } from '#shared/deadline/index.ts';
import { dueStoryOf, isAccepted, reckoningOf, type AcceptedDossier, type DossierState } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { dossierLines } from './lines.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** How many dossiers of each sort are looked through, the first due first. */
const lookedThrough = 1_000;

/**
 * What the newest calendar says of dossiers whose due date rests on another version: first those whose date was provisional and becomes
 * binding, then, for information, those that keep their printed date although it would now be another one. Errors: `enrol.required`, `calendar.missing`.
 */
export function listCalendarMoves(workplace: Workplace): Outcome<ResponseOf<'calendar.moves'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const { catalogue } = desk.value;
  const { read } = workplace.store;
  const now = workplace.time.best();
  const newest = newestCalendars(catalogue);
  const usual = calendarFor(catalogue);
  if (!usual) return fail('calendar.missing', { date: civil(now).date });
  const provisional = read.provisionalDues(lookedThrough);
  const known = new Set(provisional.map(({ id }) => id));
  const others = newest.flatMap((calendar) => read.underOtherVersion(calendar, lookedThrough)).filter(({ id }) => !known.has(id));
  const moves = [...provisional, ...others].filter((state) => isAccepted(state)).flatMap((state) => move(state, catalogue, now) ?? []);
  const lines = new Map(dossierLines(workplace, moves.flatMap(({ id }) => read.row(id) ?? [])).map((line) => [line.id, line]));
  return ok({
    calendar: `${usual.id} ${usual.version}`,
    moves: moves.flatMap(({ id, printed, due, binding }) => {
      const line = lines.get(id);
      return line ? [{ line, printed, due, binding }] : [];
    }),
  });
}

function newestCalendars(catalogue: Catalogue): readonly WorkingCalendar[] {
  return [...new Set(catalogue.calendars.map(({ id }) => id))].flatMap((id) => calendarFor(catalogue, id) ?? []);
}

interface Move {
  readonly id: string;
  readonly printed: number;
  readonly due: number;
  readonly binding: boolean;
}

/** Undefined where the date stays, is still not covered, or cannot be reckoned with what the catalogue has. */
function move(state: DossierState & AcceptedDossier, catalogue: Catalogue, now: number): Move | undefined {
  const calendar = calendarFor(catalogue, state.due.calendar.id);
  const reckoning = reckoningOf(state, { catalogue, now: { at: now, source: 'wall' } });
  if (!calendar || !reckoning.ok) return undefined;
  const again = dueUnder(dueStoryOf(state), state.due, calendar, reckoning.value.settings);
  if (!again.ok || again.value.due.provisional) return undefined;
  // A provisional date that the calendar confirms is binding from now on, so it is shown as well.
  if (!again.value.moves && !again.value.binding) return undefined;
  return { id: state.id, printed: state.due.at, due: again.value.due.at, binding: again.value.binding };
}
