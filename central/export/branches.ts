import type { BranchSection } from '#shared/export/index.ts';
import type { SealedBody } from '#shared/log/index.ts';
import { entryHeaderSchema } from '#shared/log/index.ts';
import type { CentreReader } from '../store/index.ts';

/** A branch of a forked log with its entries. */
export interface ExportedBranch {
  readonly section: BranchSection;
  readonly entries: readonly { readonly text: string; readonly body: SealedBody | undefined }[];
}

/** The branches of a log: entries that follow each other, begun by one that follows none of them. */
export async function branchesOf(reader: CentreReader, log: string): Promise<ExportedBranch[]> {
  const found: { branch: string; first: number; last: string; entries: { text: string; body: SealedBody | undefined }[] }[] = [];
  for (const { seq, hash, text, body } of await reader.forks(log)) {
    const { prev } = entryHeaderSchema.parse(JSON.parse(text));
    const goesOn = found.find(({ last }) => last === prev);
    if (goesOn) {
      goesOn.entries.push({ text, body });
      goesOn.last = hash;
    } else found.push({ branch: hash, first: seq, last: hash, entries: [{ text, body }] });
  }
  return found.map(({ branch, first, entries }) => ({ section: { section: 'branch', log, branch, first, count: entries.length, head: null }, entries }));
}
