import type { DossierState } from '#shared/dossier/index.ts';
import type { DossierForm } from '#shared/ipc/index.ts';

/** Which forms of a dossier can be printed as it stands. */
export function dossierForms(state: DossierState): DossierForm[] {
  const forms: readonly (readonly [DossierForm, boolean])[] = [
    ['reception', state.received !== undefined],
    ['supplement', state.supplements.length > 0],
    ['refusal', state.notAccepted !== undefined || state.ready?.outcome === 'refused'],
    ['apology', state.apologised !== undefined],
    ['stop', state.stopRequested !== undefined || state.stopped !== undefined],
    ['control', state.hops.length > 0],
    ['return', state.handedOver !== undefined],
  ];
  return forms.filter(([, there]) => there).map(([form]) => form);
}
