import type { CarriedEntry, ReadBatch } from '#shared/sync/index.ts';
import type { CentreReader, HeldBranch, HeldLog } from '../store/index.ts';

/** Where in a log a batch belongs. */
export type Place =
  /** What comes before it is not held as the batch names it: it is wanted from `need` on. */
  | { readonly kind: 'gap'; readonly need: number }
  /** It is held on the main line, or goes on from its end; `fresh` is what is new. */
  | { readonly kind: 'main'; readonly fresh: readonly CarriedEntry[] }
  /** It is held on a branch, or goes on from its end. */
  | { readonly kind: 'branch'; readonly branch: HeldBranch; readonly fresh: readonly CarriedEntry[] }
  /** It goes off where another entry is held: a branch begins with `fresh`, at the place where `held` is. */
  | { readonly kind: 'new-branch'; readonly held: string; readonly leavesAt: number; readonly fresh: readonly CarriedEntry[] };

/**
 * Follows a batch along what is held, from the entry it names before its first. Only hashes are looked at: the chain and the signed head
 * of the batch itself have been checked. A log may have any number of branches, and branches of their own.
 */
export async function placeOf(reader: CentreReader, { log, head }: HeldLog, { header, carried }: ReadBatch): Promise<Place> {
  let branch: HeldBranch | undefined;
  // At once: a batch that comes again is followed along a thousand entries while other writers wait.
  const line = await reader.hashesOf(log, header.first - 1, header.last);
  if (header.first > 1 && line.get(header.first - 1) !== header.prevHash) {
    branch = await reader.branchHolding({ log, seq: header.first - 1, hash: header.prevHash });
    // Where an entry is held but not this one, the beginning of the branch is missing; where it left the main line only the desk can tell.
    if (!branch) return { kind: 'gap', need: header.first > head.seq + 1 ? head.seq + 1 : 1 };
  }
  for (const [index, { entry }] of carried.entries()) {
    const { seq, prev } = entry.header;
    const onLine = branch ? undefined : line.get(seq);
    if (onLine === entry.hash) continue;
    if (!branch && onLine === undefined) return { kind: 'main', fresh: carried.slice(index) };
    const holding = await reader.branchHolding({ log, seq, hash: entry.hash });
    if (holding) {
      branch = holding;
      continue;
    }
    const fresh = carried.slice(index);
    if (branch?.head.hash === prev) return { kind: 'branch', branch, fresh };
    const held = onLine ?? (await reader.hashAt(log, seq, branch?.branch));
    if (held === undefined) throw new Error('a branch that goes on has an entry at each of its places');
    return { kind: 'new-branch', held, leavesAt: branch?.leavesAt ?? seq, fresh };
  }
  return branch ? { kind: 'branch', branch, fresh: [] } : { kind: 'main', fresh: [] };
}
