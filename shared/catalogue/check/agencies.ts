import { addDays } from '#shared/deadline/index.ts';
import type { Agency, Staff } from '../agency.ts';
import type { Catalogue } from '../catalogue.ts';
import { holds, overlap, type Validity } from '../validity.ts';
import { issue, repeated, type CatalogueIssue } from './issue.ts';

/** Whether validity ends before it begins. */
export function backwards({ validFrom, validTo }: Validity): boolean {
  return validFrom !== undefined && validTo !== undefined && validTo < validFrom;
}

/** Every identifier an agency ever goes by. */
export function identifiersOf({ identifier, identifiers = [] }: Agency): ReadonlySet<string> {
  return new Set([identifier, ...identifiers.map((one) => one.identifier)]);
}

const at = ({ id }: Agency): string => `agencies/${id}`;

export function checkAgencies({ agencies, settings }: Pick<Catalogue, 'agencies' | 'settings'>): readonly CatalogueIssue[] {
  const byId = new Map(agencies.map((agency) => [agency.id, agency]));
  return [
    ...repeated(agencies, ({ id }) => id).map((agency) => issue('agency.duplicate', at(agency), { id: agency.id })),
    ...sharedIdentifiers(agencies),
    ...agencies.flatMap((agency) => [...ownIdentifiers(agency), ...successors(agency, byId), ...oneAgency(agency, settings.nd118From)]),
  ];
}

function oneAgency(agency: Agency, districtsUntil: string): readonly CatalogueIssue[] {
  const { id, validFrom, validTo, level, units = [] } = agency;
  return [
    ...(backwards(agency) ? [issue('agency.dates', at(agency), { id, from: validFrom, to: validTo ?? '' })] : []),
    // There is no district level from the first day of Decree 118/2025 on.
    ...(level === 'district' && (validTo === undefined || validTo >= districtsUntil) ? [issue('agency.district-in-force', at(agency), { id, day: districtsUntil })] : []),
    ...repeated(units, (unit) => unit.id).map((unit) => issue('unit.duplicate', at(agency), { id, unit: unit.id })),
  ];
}

/** Codes of a day are told apart by identifier and number, and numbers are leased per agency: no identifier may have two owners, ever. */
function sharedIdentifiers(agencies: readonly Agency[]): readonly CatalogueIssue[] {
  const owners = new Map<string, string>();
  const issues: CatalogueIssue[] = [];
  for (const agency of agencies) {
    for (const identifier of identifiersOf(agency)) {
      const other = owners.get(identifier);
      if (other !== undefined && other !== agency.id) issues.push(issue('agency.identifier-shared', at(agency), { identifier, other }));
      else owners.set(identifier, agency.id);
    }
  }
  return issues;
}

function ownIdentifiers(agency: Agency): readonly CatalogueIssue[] {
  const { id, identifiers = [] } = agency;
  const issues = identifiers.filter(backwards).map(({ identifier, validFrom, validTo = '' }) => issue('agency.identifier-dates', at(agency), { identifier, from: validFrom, to: validTo }));
  for (const [index, one] of identifiers.entries()) {
    const clash = identifiers.slice(index + 1).find((other) => overlap(one, other));
    if (clash) issues.push(issue('agency.identifier-overlap', at(agency), { id, day: one.validFrom > clash.validFrom ? one.validFrom : clash.validFrom }));
  }
  return issues;
}

function successors(agency: Agency, byId: ReadonlyMap<string, Agency>): readonly CatalogueIssue[] {
  const { id, validTo } = agency;
  const unknown = agency.successors.filter((successor) => !byId.has(successor)).map((successor) => issue('agency.successor-unknown', at(agency), { id, successor }));
  if (validTo === undefined) return unknown;
  const next = addDays(validTo, 1);
  return [
    ...unknown,
    ...(agency.successors.length === 0 ? [issue('agency.successor-missing', at(agency), { id, to: validTo })] : []),
    ...agency.successors.flatMap((successor) => {
      const heir = byId.get(successor);
      return heir && !holds(heir, next) ? [issue('agency.successor-early', at(agency), { id, successor, day: next })] : [];
    }),
    ...(leadsTo(agency, id, byId) ? [issue('agency.successor-ring', at(agency), { id })] : []),
  ];
}

function leadsTo(from: Agency, target: string, byId: ReadonlyMap<string, Agency>): boolean {
  const seen = new Set<string>();
  const waiting = [...from.successors];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === target) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(byId.get(id)?.successors ?? []));
  }
  return false;
}

export function checkStaff({ staff, agencies }: Pick<Catalogue, 'staff' | 'agencies'>): readonly CatalogueIssue[] {
  const known = new Set(agencies.map(({ id }) => id));
  const place = ({ id }: Staff): string => `staff/${id}`;
  return [
    ...repeated(staff, ({ id }) => id).map((person) => issue('staff.duplicate', place(person), { id: person.id })),
    ...staff.filter(({ agency }) => !known.has(agency)).map((person) => issue('staff.agency-unknown', place(person), { id: person.id, agency: person.agency })),
    ...staff.filter(backwards).map((person) => issue('staff.dates', place(person), { id: person.id, from: person.validFrom ?? '', to: person.validTo ?? '' })),
  ];
}
