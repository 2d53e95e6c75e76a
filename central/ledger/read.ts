import { entryHeaderSchema, type Entry, type EntryHeader } from '#shared/log/index.ts';
import type { CentreReader } from '../store/index.ts';

const page = 1_000;

/** Entries of the centre's own log after a place, in order. */
async function* entriesAfter(reader: Pick<CentreReader, 'entries'>, log: string, seq: number): AsyncGenerator<Entry> {
  for (let from = seq + 1; ; from += page) {
    const held = await reader.entries(log, from, page);
    for (const { text, hash } of held) yield { header: entryHeaderSchema.parse(JSON.parse(text)), text, hash };
    if (held.length < page) return;
  }
}

/** All entries of the centre's own log, for a program that has not read it yet. */
export async function readOwnLog(reader: Pick<CentreReader, 'entries'>, log: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of entriesAfter(reader, log, 0)) entries.push(entry);
  return entries;
}

/** What entries of some kinds say that follow a place of the centre's own log, in order. */
export async function saidSince(reader: Pick<CentreReader, 'entries'>, log: string, seq: number, kinds: ReadonlySet<string>): Promise<EntryHeader[]> {
  const said: EntryHeader[] = [];
  for await (const { header } of entriesAfter(reader, log, seq)) if (kinds.has(header.kind)) said.push(header);
  return said;
}
