import { open } from 'node:fs/promises';
import { z } from 'zod';

/** A folder of an archive's index: names to folders or files. */
type Folder = { readonly files: Readonly<Record<string, Folder | Leaf>> };
type Leaf = { readonly size?: number | undefined; readonly unpacked?: boolean | undefined; readonly link?: string | undefined };

const leaf = z.object({ size: z.number().optional(), unpacked: z.boolean().optional(), link: z.string().optional() });
const folder: z.ZodType<Folder> = z.lazy(() => z.object({ files: z.record(z.string(), z.union([folder, leaf])) }));

export interface Packed {
  readonly path: string;
  /** True where the file lies beside the archive, in `app.asar.unpacked`. */
  readonly unpacked: boolean;
}

/** The files of an `app.asar`, from the index at its start. Throws when it is not such an archive. */
export async function listArchive(file: string): Promise<readonly Packed[]> {
  const handle = await open(file);
  try {
    // Two Pickle records: the size of the second, and the index as a string with its length before it.
    const start = await read(handle, 0, 16);
    const index = await read(handle, 16, start.readUInt32LE(12));
    return [...walk(folder.parse(JSON.parse(index.toString('utf8'))), '')];
  } finally {
    await handle.close();
  }
}

async function read(handle: Awaited<ReturnType<typeof open>>, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('The archive ends before its index does.');
  return buffer;
}

function* walk(node: Folder, prefix: string): Generator<Packed> {
  for (const [name, child] of Object.entries(node.files)) {
    if ('files' in child) yield* walk(child, `${prefix}${name}/`);
    else yield { path: `${prefix}${name}`, unpacked: 'unpacked' in child && child.unpacked === true };
  }
}

const mustHave = ['package.json', 'out/electron/main.cjs', 'out/electron/preload.cjs', 'out/electron/desk.cjs', 'out/renderer/desk/index.html', 'node_modules/better-sqlite3/package.json'];
const mayHave = [/^package\.json$/, /^out\/electron\/[^/]+\.cjs$/, /^out\/renderer\/desk\//, /^node_modules\/better-sqlite3\/(?:package\.json|LICENSE|lib\/|prebuilds\/)/];

/**
 * What is wrong with the files of a package for `platform` (`linux-x64`), one line each: something that must be there is
 * missing, or something is there that nobody chose. Empty when all is well.
 */
export function findSurprises(files: readonly Packed[], platform: string): readonly string[] {
  const paths = new Set(files.map((file) => file.path));
  const binaries = files.filter((file) => file.path.endsWith('.node'));
  return [
    ...mustHave.filter((path) => !paths.has(path)).map((path) => `missing: ${path}`),
    ...[...paths].filter((path) => !mayHave.some((pattern) => pattern.test(path)) || path.endsWith('.map')).map((path) => `not expected: ${path}`),
    ...binaries.filter((file) => !file.path.endsWith(`/${platform}.node`)).map((file) => `for another platform: ${file.path}`),
    ...(binaries.some((file) => file.path.endsWith(`/${platform}.node`)) ? [] : [`missing: the store's library for ${platform}`]),
    ...binaries.filter((file) => !file.unpacked).map((file) => `not unpacked: ${file.path}`),
  ];
}
