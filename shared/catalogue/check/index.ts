import type { Catalogue } from '../catalogue.ts';
import { checkAgencies, checkStaff } from './agencies.ts';
import { checkCalendars } from './calendars.ts';
import type { CatalogueIssue } from './issue.ts';
import { checkProcedures } from './procedures.ts';

export { checkChange } from './change.ts';
export { issueSentences, type CatalogueIssue, type IssueKind } from './issue.ts';

/** What does not hold together in a catalogue; empty where it can be published. */
export function checkCatalogue(catalogue: Catalogue): readonly CatalogueIssue[] {
  return [...checkAgencies(catalogue), ...checkProcedures(catalogue), ...checkStaff(catalogue), ...checkCalendars(catalogue)];
}
