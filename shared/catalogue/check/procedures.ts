import { settingsSchema } from '#shared/deadline/index.ts';
import { settingsFor, type Catalogue } from '../catalogue.ts';
import type { Procedure } from '../procedure.ts';
import { overlap } from '../validity.ts';
import { backwards } from './agencies.ts';
import { issue, repeated, type CatalogueIssue } from './issue.ts';

const at = ({ code, version }: Procedure): string => `procedures/${code} v${version}`;

export function checkProcedures({ procedures, agencies, settings }: Pick<Catalogue, 'procedures' | 'agencies' | 'settings'>): readonly CatalogueIssue[] {
  const known = new Set(agencies.map(({ id }) => id));
  const twice = repeated(procedures, ({ code, version }) => `${code} ${version}`);
  return [
    ...twice.map((procedure) => issue('procedure.duplicate', at(procedure), { code: procedure.code, version: procedure.version })),
    ...overlapping(procedures),
    ...procedures.flatMap((procedure) => oneProcedure(procedure, known, settings)),
  ];
}

function oneProcedure(procedure: Procedure, known: ReadonlySet<string>, settings: Catalogue['settings']): readonly CatalogueIssue[] {
  const { code, version, validFrom, validTo, papers, levels, competentLevel, handledBy = [] } = procedure;
  const named = { code, version };
  return [
    ...(backwards(procedure) ? [issue('procedure.dates', at(procedure), { ...named, from: validFrom, to: validTo ?? '' })] : []),
    ...repeated(papers, (paper) => paper.code).map((paper) => issue('procedure.paper-duplicate', at(procedure), { ...named, paper: paper.code })),
    ...(competentLevel !== undefined && !levels.includes(competentLevel) ? [issue('procedure.level-foreign', at(procedure), named)] : []),
    ...handledBy.filter((agency) => !known.has(agency)).map((agency) => issue('procedure.agency-unknown', at(procedure), { ...named, agency })),
    ...(procedure.settings && !settingsSchema.safeParse(settingsFor({ settings }, procedure)).success ? [issue('procedure.settings', at(procedure), named)] : []),
  ];
}

/** Two versions of one procedure on one day would leave the clerk's choice to chance. */
function overlapping(procedures: readonly Procedure[]): readonly CatalogueIssue[] {
  const byCode = new Map<string, Procedure[]>();
  for (const procedure of procedures) byCode.set(procedure.code, [...(byCode.get(procedure.code) ?? []), procedure]);
  return [...byCode.values()].flatMap((versions) => {
    const sorted = [...versions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    return sorted.flatMap((version, index) => {
      const next = sorted[index + 1];
      if (!next || next.version === version.version || !overlap(version, next)) return [];
      return [issue('procedure.overlap', at(version), { code: version.code, version: version.version, other: next.version, day: next.validFrom })];
    });
  });
}
