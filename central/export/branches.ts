import type { BranchSection } from '#shared/export/index.ts';
import type { SealedBody } from '#shared/log/index.ts';
import type { CentreReader } from '../store/index.ts';

/** A branch of a forked log with its entries. */
export interface ExportedBranch {
  readonly section: BranchSection;
  readonly entries: readonly { readonly text: string; readonly body: SealedBody | undefined }[];
}

const page = 1_000;

/** The branches of all forked logs, in the order in which they were found. */
export async function exportedBranches(reader: CentreReader): Promise<ExportedBranch[]> {
  const entries = new Map<string, { text: string; body: SealedBody | undefined }[]>();
  let commit = 0;
  for (let held = await reader.branchEntriesAfter(commit, page); held.length > 0; held = await reader.branchEntriesAfter(commit, page)) {
    for (const { branch = '', text, body, commit: place } of held) {
      const list = entries.get(branch);
      if (list) list.push({ text, body });
      else entries.set(branch, [{ text, body }]);
      commit = place;
    }
  }
  return (await reader.branches()).map(({ log, branch, first, head }) => {
    const own = entries.get(branch) ?? [];
    // An empty signature: the branch was kept by a program that did not keep it.
    const signed = head.signature === '' ? null : { seq: head.seq, hash: head.hash, signature: head.signature };
    return { section: { section: 'branch', log, branch, first, count: own.length, head: signed }, entries: own };
  });
}
