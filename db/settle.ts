import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Puts a file on the disk for good, and with it the folder that names it. Windows cannot open a folder. */
export function settle(file: string): void {
  const places = process.platform === 'win32' ? [file] : [file, dirname(file)];
  for (const place of places) {
    const handle = openSync(place, place === file ? 'r+' : 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}
