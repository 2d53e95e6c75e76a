import type { Agency, Staff } from './agency.ts';
import type { Catalogue } from './catalogue.ts';
import type { Procedure } from './procedure.ts';
import { holds } from './validity.ts';

/** The identifier an agency goes by on a civil date: what a code of that day begins with. */
export function agencyIdentifierOn(agency: Pick<Agency, 'identifier' | 'identifiers'>, civilDate: string): string {
  return agency.identifiers?.find((one) => holds(one, civilDate))?.identifier ?? agency.identifier;
}

/** The agencies that exist on a civil date, in the order of the catalogue. */
export function agenciesInForce(catalogue: Pick<Catalogue, 'agencies'>, civilDate: string): readonly Agency[] {
  return catalogue.agencies.filter((agency) => holds(agency, civilDate));
}

/**
 * Who carries on for an agency (cơ quan kế thừa) on a civil date: itself while it is in force, else those of its successors that
 * are, through any number of mergers. None where the trail ends; a ring of successors is walked once.
 */
export function successorsOn(catalogue: Pick<Catalogue, 'agencies'>, agencyId: string, civilDate: string): readonly Agency[] {
  const byId = new Map(catalogue.agencies.map((agency) => [agency.id, agency]));
  const seen = new Set<string>();
  const found: Agency[] = [];
  const waiting = [agencyId];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const agency = byId.get(id);
    if (!agency || seen.has(id)) continue;
    seen.add(id);
    if (holds(agency, civilDate)) found.push(agency);
    else waiting.push(...agency.successors);
  }
  return found;
}

/**
 * The agencies that may decide a procedure's dossiers on a civil date (cơ quan có thẩm quyền), for a desk that receives for them: any desk
 * of the province may (Decree 118/2025/NĐ-CP). Those the procedure names, or who carries on for them; else all of the level that
 * decides. The receiving agency comes first where it is one of them; the others keep the order of the catalogue.
 */
export function competentFor(
  catalogue: Pick<Catalogue, 'agencies'>, procedure: Pick<Procedure, 'levels' | 'competentLevel' | 'handledBy'>, receivingAgency: string, civilDate: string,
): readonly Agency[] {
  const levels = procedure.competentLevel === undefined ? procedure.levels : [procedure.competentLevel];
  const named = procedure.handledBy && new Set(procedure.handledBy.flatMap((id) => successorsOn(catalogue, id, civilDate)));
  const candidates = agenciesInForce(catalogue, civilDate).filter((agency) => (named ? named.has(agency) : levels.includes(agency.level)));
  return [...candidates.filter(({ id }) => id === receivingAgency), ...candidates.filter(({ id }) => id !== receivingAgency)];
}

/** The staff of an agency who serve on a civil date. */
export function staffOn(catalogue: Pick<Catalogue, 'staff'>, agencyId: string, civilDate: string): readonly Staff[] {
  return catalogue.staff.filter((person) => person.agency === agencyId && holds(person, civilDate));
}
