import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scryptSync } from 'node:crypto';
import { catalogueSchema, type Catalogue, type PinVerifier } from '#shared/catalogue/index.ts';

export type Level = 'province' | 'district' | 'commune';

/** Everybody's PIN. */
export const pin = '2468';

/** What the province received in the first quarter of 2024, by its own report, and how many offices did. */
export const volumes: Readonly<Record<Level, { readonly offices: number; readonly received: number }>> = {
  province: { offices: 1, received: 19_884 },
  district: { offices: 11, received: 8_070 },
  commune: { offices: 200, received: 42_461 },
};

export interface OfficePlan {
  readonly agency: string;
  readonly level: Level;
  readonly line: string;
  readonly clerk: string;
  readonly supervisor: string | undefined;
  /** Receptions in a working day. */
  readonly perDay: number;
}

/** Procedures with terms from the same day to a month, taken for every level. */
export const procedures = ['2.000635', '2.001035', '1.004873', '1.001731', '1.004222', '1.001776'] as const;

const sample = catalogueSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../central/catalogue/sample/catalogue.json'), 'utf8')));

/** A verifier that costs nothing: nobody guesses here. */
function cheapVerifier(): PinVerifier {
  const params = { n: 1024, r: 1, p: 1, keyLength: 32 };
  const salt = Buffer.from('simulation');
  const hash = scryptSync(pin, salt, params.keyLength, { N: params.n, r: params.r, p: params.p });
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), params };
}

/**
 * The offices of a province: `share` of each level, at least one district's worth. One in seven offices has one person only, who cannot close
 * a day of their own. Every commune's access line is shared with its district and its neighbours.
 */
export function offices(count: number, workingDays: number): OfficePlan[] {
  const plans: OfficePlan[] = [];
  const total = Object.values(volumes).reduce((sum, level) => sum + level.offices, 0);
  for (const level of ['province', 'district', 'commune'] as const) {
    const here = Math.max(1, Math.round((volumes[level].offices * count) / total));
    const perDay = volumes[level].received / volumes[level].offices / workingDays;
    for (let number = 1; number <= here; number += 1) {
      const agency = level === 'province' ? 'p-centre' : `${level[0]}-${number}`;
      const line = level === 'province' ? 'line-centre' : `line-${((number - 1) % Math.max(1, Math.round((11 * count) / total))) + 1}`;
      plans.push({ agency, level, line, clerk: `${agency}-1`, supervisor: level === 'commune' && number % 7 === 0 ? undefined : `${agency}-2`, perDay });
    }
  }
  return plans;
}

/** The sample's catalogue with the offices of the simulation. */
export function catalogueOf(plans: readonly OfficePlan[]): Catalogue {
  const verifier = cheapVerifier();
  const levels: Level[] = ['province', 'district', 'commune'];
  return catalogueSchema.parse({
    ...sample,
    agencies: plans.map(({ agency, level, line }, index) => ({
      id: agency, identifier: `H37.${level === 'province' ? '70' : level === 'district' ? '80' : '90'}.${String(index + 1).padStart(3, '0')}`, name: `Cơ quan ${agency}`, level,
      validFrom: '2024-01-01', ...(level === 'district' ? { validTo: '2025-06-30', successors: ['p-centre'] } : { successors: [] }), line,
    })),
    procedures: sample.procedures.filter(({ code, validTo }) => procedures.some((one) => one === code) && validTo === undefined)
      .map(({ competentLevel: _competent, handledBy: _handled, ...rest }) => ({ ...rest, levels, papers: [] })),
    staff: plans.flatMap(({ agency, clerk, supervisor }) => [
      { id: clerk, name: `Cán bộ ${clerk}`, agency, roles: ['clerk'], pin: verifier },
      ...(supervisor === undefined ? [] : [{ id: supervisor, name: `Phụ trách ${supervisor}`, agency, roles: ['supervisor'], pin: verifier }]),
    ]),
    leases: [],
  });
}
