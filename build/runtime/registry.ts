import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../child.ts';
import { digestFile } from './unpack.ts';

/** A package of the npm registry, byte for byte. */
export interface PinnedPackage {
  /** Name and version. */
  readonly package: string;
  /** Subresource integrity of its tarball, as the registry states it. */
  readonly integrity: string;
}

/**
 * Fetches a package with the ordinary npm client, so that the user's registry, proxy and credentials are used, and checks its digest. No
 * script of it runs. Resolves to the path of the tarball in `folder`, which is otherwise empty. Throws an Error of one sentence.
 */
export async function fetchTarball(folder: string, pinned: PinnedPackage, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const npm = env['npm_execpath'];
  const [command, ...first] = npm?.endsWith('.js') === true ? [process.execPath, npm] : ['npm'];
  const packed = await run(command ?? 'npm', [...first, 'pack', pinned.package, '--ignore-scripts', '--silent'], { cwd: folder, env, limit: 15 * 60_000 });
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || tarball === undefined) {
    throw new Error(`npm could not fetch ${pinned.package} (${packed.output.trim().split('\n').at(-1) ?? ''})`);
  }
  const file = join(folder, tarball);
  if (`sha512-${await digestFile(file, 'sha512', 'base64')}` !== pinned.integrity) {
    throw new Error(`${pinned.package} from the registry is not the expected file: its checksum differs`);
  }
  return file;
}
