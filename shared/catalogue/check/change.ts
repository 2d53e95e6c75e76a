import { canonicalText } from '#shared/log/index.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Procedure } from '../procedure.ts';
import { identifiersOf } from './agencies.ts';
import { issue, type CatalogueIssue } from './issue.ts';

/**
 * What a new catalogue may not change of the one published before: a dossier keeps the procedure version, the calendar version
 * and the agency it was received under for ever. Versions are added and may end; they are neither edited nor dropped.
 */
export function checkChange(before: Catalogue, after: Catalogue): readonly CatalogueIssue[] {
  return [...agencies(before, after), ...procedures(before, after), ...calendars(before, after)];
}

function agencies(before: Catalogue, after: Catalogue): readonly CatalogueIssue[] {
  const kept = new Set(after.agencies.map(({ id }) => id));
  const owners = new Map(before.agencies.flatMap((agency) => [...identifiersOf(agency)].map((identifier) => [identifier, agency.id] as const)));
  return [
    ...before.agencies.filter(({ id }) => !kept.has(id)).map(({ id }) => issue('change.agency-dropped', `agencies/${id}`, { id })),
    ...after.agencies.flatMap((agency) => [...identifiersOf(agency)].flatMap((identifier) => {
      const other = owners.get(identifier);
      return other === undefined || other === agency.id ? [] : [issue('change.identifier-moved', `agencies/${agency.id}`, { identifier, other })];
    })),
  ];
}

/** What of a procedure's version stays as it was published: all but its last day and the note. */
function lasting(procedure: Procedure): string {
  const { validTo: _ends, note: _note, ...rest } = procedure;
  return canonicalText(rest);
}

function procedures(before: Catalogue, after: Catalogue): readonly CatalogueIssue[] {
  const now = new Map(after.procedures.map((procedure) => [`${procedure.code} ${procedure.version}`, procedure]));
  return before.procedures.flatMap((published) => {
    const { code, version } = published;
    const where = `procedures/${code} v${version}`;
    const same = now.get(`${code} ${version}`);
    if (!same) return [issue('change.procedure-dropped', where, { code, version })];
    const next = Math.max(...before.procedures.filter((one) => one.code === code).map((one) => one.version)) + 1;
    return lasting(same) === lasting(published) ? [] : [issue('change.procedure-edited', where, { code, version, next })];
  });
}

function calendars(before: Catalogue, after: Catalogue): readonly CatalogueIssue[] {
  const now = new Map(after.calendars.map((calendar) => [`${calendar.id} ${calendar.version}`, calendar]));
  return before.calendars.flatMap((published) => {
    const { id, version } = published;
    const where = `calendars/${id} ${version}`;
    const same = now.get(`${id} ${version}`);
    if (!same) return [issue('change.calendar-dropped', where, { id, version })];
    return canonicalText(same) === canonicalText(published) ? [] : [issue('change.calendar-edited', where, { id, version })];
  });
}
