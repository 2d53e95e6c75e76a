import { chmodSync, mkdirSync, openSync, closeSync, fsyncSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** How long a printout may lie about even where nobody signs out, milliseconds. */
const longest = 24 * 60 * 60 * 1_000;

/**
 * The folder of printouts. A printout holds personal data in the clear, and it can be made again from the encrypted store
 * at any time, so it is kept only as long as it is of use: in a folder that no other user of the machine can read, until
 * the clerk signs out or the program ends, and never longer than a day.
 */
export interface PrintFolder {
  /** Keeps a printout whole or not at all, and gives its file. `code` is a dossier's; names hold nothing else but the time. */
  keep(code: string, bytes: Uint8Array, at: Date): string;
  /** Removes printouts older than a day, and what a broken attempt left. */
  sweep(now: Date): void;
  /** Removes all printouts. */
  clear(): void;
}

export function openPrintFolder(folder: string): PrintFolder {
  const ready = (): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  };
  const files = (): string[] => {
    ready();
    return readdirSync(folder).filter((name) => /\.pdf(?:\.new)?$/.test(name)).map((name) => join(folder, name));
  };
  return {
    keep(code, bytes, at) {
      ready();
      const plain = code.replaceAll(/[^A-Za-z0-9.-]/g, '').slice(0, 64);
      const file = join(folder, `${plain}-${at.toISOString().replaceAll(/[^0-9]/g, '')}.pdf`);
      const handle = openSync(`${file}.new`, 'w', 0o600);
      try {
        writeSync(handle, bytes);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(`${file}.new`, file);
      return file;
    },
    sweep(now) {
      for (const file of files()) if (file.endsWith('.new') || now.getTime() - statSync(file).mtimeMs > longest) rmSync(file, { force: true });
    },
    clear() {
      for (const file of files()) rmSync(file, { force: true });
    },
  };
}
