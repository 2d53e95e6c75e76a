import { entryHeaderSchema, type Entry } from '#shared/log/index.ts';
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
