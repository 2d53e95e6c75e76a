import { dossierStateSchema, type DossierState } from '#shared/dossier/index.ts';
import { DomainError } from '#shared/errors/index.ts';

/** Reads a state out of its column. Throws `store.damaged`. */
export function readState(text: string): DossierState {
  const state = dossierStateSchema.safeParse(JSON.parse(text));
  if (!state.success) throw new DomainError('store.damaged', {}, state.error);
  return state.data;
}
