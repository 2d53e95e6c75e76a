import { inheritedAgencies, type Catalogue } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { latestCatalogue } from '../catalogue/index.ts';
import type { CentreReader } from '../store/index.ts';

/** Tells the agencies whose dossiers an agency has at a time (milliseconds): itself, and those it succeeded. */
export type Heritage = (agency: string, at: number) => Promise<readonly string[]>;

/** Reads the published catalogue anew only when there is a newer one. */
export function heritageOf(reader: CentreReader): Heritage {
  let held: { readonly version: number; readonly catalogue: Pick<Catalogue, 'agencies'> } | undefined;
  return async (agency, at) => {
    const version = await reader.catalogueVersion();
    if (version === undefined) return [agency];
    if (held?.version !== version) held = { version, catalogue: { agencies: (await latestCatalogue(reader))?.agencies ?? [] } };
    return inheritedAgencies(held.catalogue, agency, civil(at).date);
  };
}
