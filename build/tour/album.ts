import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Numbered pictures of what happened, in one folder that each tour starts anew. */
export interface Album {
  readonly folder: string;
  take(page: Page, name: string): Promise<void>;
  /** Keeps a copy of the newest printout. */
  keepPrintout(printFolder: string, name: string): void;
}

export function openAlbum(folder: string): Album {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let count = 0;
  const next = (name: string, ending: string): string => {
    count += 1;
    return join(folder, `${String(count).padStart(2, '0')}-${name}.${ending}`);
  };
  return {
    folder,
    async take(page, name) {
      await page.screenshot({ path: next(name, 'png') });
    },
    keepPrintout(printFolder, name) {
      const newest = readdirSync(printFolder).toSorted().at(-1);
      if (newest === undefined) throw new Error('There is no printout.');
      copyFileSync(join(printFolder, newest), next(name, 'pdf'));
    },
  };
}
