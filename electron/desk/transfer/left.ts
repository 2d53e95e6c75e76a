import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the names of folders begin with in which the store of an agency was set aside that this installation has left. */
export const leftPrefix = 'left';

/**
 * How long it stays, milliseconds: all of it is at the centre, and read back there; but a centre that is put back from a backup asks again for what it had
 * acknowledged since. It is encrypted as before, and nothing in the program opens it.
 */
const leftFor = 14 * 86_400_000;

/** Removes what has stayed long enough. `wall`: the wall clock, milliseconds. */
export function removeLeft(data: string, wall: number): void {
  for (const name of readdirSync(data)) {
    const [, date, hour, minute, second] = /^left-(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)(?:-\d+)?$/.exec(name) ?? [];
    if (date === undefined) continue;
    const since = Date.parse(`${date}T${hour}:${minute}:${second}Z`);
    if (wall - since > leftFor) rmSync(join(data, name), { recursive: true, force: true });
  }
}
