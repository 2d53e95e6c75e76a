import { z } from 'zod';
import { settingsSchema, workingCalendarSchema, type Settings, type WorkingCalendar } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { agencyIdentifierSchema, agencySchema, staffSchema, type Agency } from './agency.ts';
import { leaseSchema } from './codes.ts';
import { procedureSchema, type Channel, type Procedure } from './procedure.ts';
import { holds } from './validity.ts';

/** Everything the province publishes to its desks (danh mục), in one version. */
export const catalogueSchema = z.object({
  version: z.int().min(0),
  province: z.object({ name: z.string().min(1).max(200), identifier: agencyIdentifierSchema }),
  agencies: z.array(agencySchema).max(2000),
  procedures: z.array(procedureSchema).max(10_000),
  staff: z.array(staffSchema).max(10_000),
  /** Newest version last. */
  calendars: z.array(workingCalendarSchema).max(100),
  leases: z.array(leaseSchema).max(10_000),
  settings: settingsSchema,
  /** How long desks keep what the centre holds as well; `attachmentDays`: the contents of digitised papers, days. */
  keeping: z.object({ attachmentDays: z.int().min(1).max(3650) }).optional(),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

/**
 * The version of a procedure that is in force on a civil date; the highest where several are.
 * Errors: `procedure.unknown`, `procedure.not-in-force`.
 */
export function procedureInForce(catalogue: Pick<Catalogue, 'procedures'>, code: string, civilDate: string): Outcome<Procedure> {
  const versions = catalogue.procedures.filter((procedure) => procedure.code === code);
  if (versions.length === 0) return fail('procedure.unknown', { procedure: code });
  const current = versions.filter((procedure) => holds(procedure, civilDate)).sort((a, b) => b.version - a.version)[0];
  return current ? ok(current) : fail('procedure.not-in-force', { procedure: code });
}

/** The agency of an internal id, in force or not: old dossiers name old agencies. */
export function agencyById(catalogue: Pick<Catalogue, 'agencies'>, id: string): Agency | undefined {
  return catalogue.agencies.find((agency) => agency.id === id);
}

/** The newest version of a calendar; of the province's usual one (the last published) when no id is given. */
export function calendarFor(catalogue: Pick<Catalogue, 'calendars'>, id?: string): WorkingCalendar | undefined {
  return catalogue.calendars.findLast((calendar) => id === undefined || calendar.id === id);
}

/** How a dossier of a procedure may come in: in every way where the procedure names none. */
export function channelsOf(procedure: Pick<Procedure, 'channels'>): readonly Channel[] {
  return procedure.channels ?? ['counter', 'post', 'online'];
}

/** The rules for a procedure's dossiers: the province's settings with the procedure's own over them. */
export function settingsFor(catalogue: Pick<Catalogue, 'settings'>, procedure: Pick<Procedure, 'settings'>): Settings {
  const own = Object.fromEntries(Object.entries(procedure.settings ?? {}).filter(([, value]) => value !== undefined));
  return { ...catalogue.settings, ...own };
}
