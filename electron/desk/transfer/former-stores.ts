import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asideSince } from '../recovery/index.ts';

/**
 * How long the store of an agency stays that this installation has left, milliseconds: all of it is at the centre, and read back there; but a centre that is put
 * back from a backup asks again for what it had acknowledged since. It is encrypted as before, and nothing in the program opens it.
 */
const keptFor = 14 * 86_400_000;

/** Removes the stores of former agencies that have stayed long enough. `wall`: the wall clock, milliseconds. */
export function removeFormerStores(data: string, wall: number): void {
  for (const name of readdirSync(data)) {
    const since = asideSince('former', name);
    if (since !== undefined && wall - since > keptFor) rmSync(join(data, name), { recursive: true, force: true });
  }
}
