import { centreAgency, type EntryHeader } from '#shared/log/index.ts';
import { erasedSchema, type Erased } from './acts/index.ts';
import { dossierKinds } from './kinds.ts';

/** The erasure an entry decides; undefined for any other, and for one that is not the centre's: a desk erases nothing by writing so. */
export function erasureOf({ kind, agency, facts }: Pick<EntryHeader, 'kind' | 'agency' | 'facts'>): Erased | undefined {
  return kind === dossierKinds.erased && agency === centreAgency ? erasedSchema.safeParse(facts).data : undefined;
}
