import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { publicKeySchema } from '#shared/sync/index.ts';

const siblingsSchema = z.array(publicKeySchema);
const memoName = 'siblings';

/** Keys of the agency's other installations, as the centre last named them. */
export function siblingKeys(store: DeskStore): readonly string[] {
  return store.memo.load(memoName, siblingsSchema) ?? [];
}

/** Keeps what the centre named; a centre of an earlier version names none. */
export function keepSiblings(store: DeskStore, keys: readonly string[] | undefined): void {
  if (keys && keys.join(' ') !== siblingKeys(store).join(' ')) store.memo.save(memoName, keys);
}
