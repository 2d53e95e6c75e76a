import { settingsFor, type Catalogue } from '#shared/catalogue/index.ts';
import { dueOf, type Settings, type WorkingCalendar } from '#shared/deadline/index.ts';
import { changesOf, type AcceptedDossier, type Stretch } from '#shared/dossier/index.ts';
import type { DossierCase, TimedAct } from '#shared/evidence/index.ts';

type When = (act: TimedAct) => number;
type DueAt = NonNullable<DossierCase['dueAt']>;

const asTold: When = ({ told }) => told;

/**
 * The due date a stretch of a dossier would have had its acts happened at other times: by the procedure version, term and rule set it was
 * received under and the calendar its date names. The settings are those of the catalogue at the reception, or, where they do not lead
 * to the date that was told, of the first one published since that does: a desk reckons with what it has. Undefined where
 * no catalogue of that time is published.
 */
export function dueWhen(state: AcceptedDossier, catalogues: readonly Catalogue[]): DueAt | undefined {
  const first = catalogues.findLastIndex(({ version }) => version <= state.received.catalogueVersion);
  if (first < 0) return undefined;
  const since = catalogues.slice(first);
  const chosen = new Map<Stretch, Settings>();
  return (stretch, when) => {
    const calendar = calendarOf(stretch, catalogues);
    if (!calendar) return undefined;
    const settings = chosen.get(stretch) ?? settingsBehind(state, stretch, since, calendar);
    if (!settings) return undefined;
    chosen.set(stretch, settings);
    return reckon(state, stretch, when, calendar, settings);
  };
}

function calendarOf({ due }: Stretch, catalogues: readonly Catalogue[]): WorkingCalendar | undefined {
  const { id, version } = due.calendar;
  for (const { calendars } of catalogues) {
    const found = calendars.find((one) => one.id === id && one.version === version);
    if (found) return found;
  }
  return undefined;
}

function settingsBehind(state: AcceptedDossier, stretch: Stretch, since: readonly Catalogue[], calendar: WorkingCalendar): Settings | undefined {
  const candidates = since.map((catalogue) => {
    const versions = catalogue.procedures.filter(({ code }) => code === state.procedure);
    const procedure = versions.find(({ version }) => version === state.procedureVersion) ?? versions.at(-1);
    // Whether an appointment moved the due date was settled when it was given, whatever the setting is now.
    return { ...settingsFor(catalogue, procedure ?? {}), appointmentMovesDue: state.apologised?.movesDue ?? false };
  });
  return candidates.find((settings) => reckon(state, stretch, asTold, calendar, settings) === stretch.due.at) ?? candidates[0];
}

function reckon(state: AcceptedDossier, stretch: Stretch, when: When, calendar: WorkingCalendar, settings: Settings): number | undefined {
  const { acceptedAt, term, due, origin } = state.received;
  const story = { term, ruleSet: due.ruleSet, acceptedAt: when({ entry: origin.entry, told: acceptedAt, delays: true }), changes: changesOf(upTo(state, stretch, when)) };
  const reckoned = dueOf(story, calendar, settings);
  return reckoned.ok ? reckoned.value.at : undefined;
}

/** The dossier as it was when a stretch began, its acts at other times. */
function upTo(state: AcceptedDossier, stretch: Stretch, when: When): AcceptedDossier {
  const { apologised, ...rest } = state;
  const before = new Set(state.stretches.slice(0, state.stretches.indexOf(stretch) + 1).map(({ begunBy }) => begunBy));
  return {
    ...rest,
    supplements: state.supplements.flatMap(({ requested, completed }) => {
      if (!completed || !before.has(completed.origin.entry)) return [];
      return [{ requested: moved(requested, false, when), completed: moved(completed, true, when) }];
    }),
    payments: state.payments.flatMap(({ requested, paid }) => (
      paid && before.has(paid.origin.entry) ? [{ requested: moved(requested, false, when), paid: moved(paid, true, when) }] : []
    )),
    extensions: state.extensions.filter(({ origin }) => before.has(origin.entry)),
    ...(apologised && apologised.movesDue && before.has(apologised.origin.entry) ? { apologised } : {}),
  };
}

function moved<Act extends { readonly at: number; readonly origin: { readonly entry: string } }>(act: Act, delays: boolean, when: When): Act {
  return { ...act, at: when({ entry: act.origin.entry, told: act.at, delays }) };
}
