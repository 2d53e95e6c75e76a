import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The checkout this program belongs to, without symbolic links in its path. */
export const projectRoot = realpathSync(join(import.meta.dirname, '../..'));

const manifest = z.object({ name: z.string(), version: z.string(), devDependencies: z.object({ electron: z.string() }) });

/** What the build needs to know from package.json. Throws ZodError when it is not there. */
export function readManifest(root: string = projectRoot): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
}
