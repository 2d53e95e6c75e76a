import { entryHeaderSchema, type Entry, type EntryHeader } from '#shared/log/index.ts';
import type { CentreReader } from '../store/index.ts';

const page = 1_000;

/** All entries of the centre's own log, for a program that has not read it yet. */
export async function readOwnLog(reader: Pick<CentreReader, 'entries'>, log: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const held = await reader.entries(log, entries.length + 1, page);
    for (const { text, hash } of held) entries.push({ header: entryHeaderSchema.parse(JSON.parse(text)), text, hash });
    if (held.length < page) return entries;
  }
}

/** What entries of some kinds say that follow a place of the centre's own log, in order. */
export async function saidSince(reader: Pick<CentreReader, 'entries'>, log: string, seq: number, kinds: ReadonlySet<string>): Promise<EntryHeader[]> {
  const said: EntryHeader[] = [];
  for (let from = seq + 1; ;) {
    const held = await reader.entries(log, from, page);
    for (const { text } of held) {
      const header = entryHeaderSchema.parse(JSON.parse(text));
      if (kinds.has(header.kind)) said.push(header);
    }
    if (held.length < page) return said;
    from += held.length;
  }
}
