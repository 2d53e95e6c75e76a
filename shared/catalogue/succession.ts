import type { Catalogue } from './catalogue.ts';

/**
 * The agencies whose dossiers an agency has on a civil date (`yyyy-MM-dd`): its own, and those of every agency that is no
 * longer in force on that day and named it among its successors (cơ quan kế thừa), over any number of reorganisations.
 * The agency itself comes first.
 */
export function inheritedAgencies({ agencies }: Pick<Catalogue, 'agencies'>, agency: string, civilDate: string): readonly string[] {
  const found = new Set([agency]);
  for (const heir of found) {
    // A set tells of what is added while it is walked through, so that predecessors of predecessors come as well.
    for (const { id, validTo, successors } of agencies) {
      if (validTo !== undefined && validTo < civilDate && successors.includes(heir)) found.add(id);
    }
  }
  return [...found];
}
