import type { DeskStore } from '#db/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { recoveredViewSchema, type RecoveredView } from '#shared/ipc/index.ts';

const memoName = 'recovered';

/** Notes in the recovered store what was done, for the sync screen. */
export function keepRecovered(store: DeskStore, view: RecoveredView): void {
  const kept = store.memo.save(memoName, view);
  if (!kept.ok) throw new DomainError(kept.fault.code, kept.fault.params);
}

/** The last recovery of this store, if there was one. */
export function recoveredView(store: DeskStore): { readonly recovered?: RecoveredView } {
  const recovered = store.memo.load(memoName, recoveredViewSchema);
  return recovered ? { recovered } : {};
}
