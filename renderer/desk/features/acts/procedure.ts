import type { Procedure } from '#shared/catalogue/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { useAsked } from '../../state/asked.ts';

/** The procedure of a dossier as the catalogue has it today; undefined until it is known, and where it is no longer published. */
export function useProcedure({ state }: DossierView): Procedure | undefined {
  const { value } = useAsked('procedure.search', { text: state.procedure });
  return value?.procedures.find(({ code }) => code === state.procedure);
}
