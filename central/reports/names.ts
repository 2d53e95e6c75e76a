import { agencyById, type Catalogue } from '#shared/catalogue/index.ts';

/** The agency's name, or its id where no catalogue names it. */
export function agencyName(catalogue: Catalogue | undefined, id: string): string {
  return (catalogue && agencyById(catalogue, id)?.name) ?? id;
}
