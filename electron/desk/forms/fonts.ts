import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ranges of the two subsets, as the font's own style sheet gives them; together they hold every Vietnamese letter. */
const subsets = [
  { name: 'vietnamese', range: 'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB' },
  { name: 'latin', range: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212,U+2215,U+FEFF,U+FFFD' },
] as const;
const weights = [400, 600] as const;

/**
 * Style rules that embed Be Vietnam Pro in a page, so that a printed form looks the same on every machine. `folder` holds
 * the font's woff2 files. Without a folder, or where a file is missing, the rules are left out and the system's font serves.
 */
export function embeddedFonts(folder: string | undefined): string {
  if (folder === undefined) return '';
  const rules: string[] = [];
  for (const { name, range } of subsets) {
    for (const weight of weights) {
      const file = join(folder, `be-vietnam-pro-${name}-${weight}-normal.woff2`);
      if (!existsSync(file)) continue;
      const data = readFileSync(file).toString('base64');
      rules.push(`@font-face{font-family:'Be Vietnam Pro';font-style:normal;font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format('woff2');unicode-range:${range}}`);
    }
  }
  return rules.join('\n');
}
