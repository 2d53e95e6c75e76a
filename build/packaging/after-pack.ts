import { flipFuses } from '@electron/fuses';
import { Arch } from 'electron-builder';
import type { AfterPackContext } from 'electron-builder';
import { join } from 'node:path';
import { fuseConfig } from './fuses.ts';
import { findSurprises, listArchive } from './contents.ts';

/** Runs when the folder of a package stands and before it is signed: checks what went in, and sets every fuse. */
export default async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, packager, electronPlatformName: platform, arch } = context;
  const archive = join(packager.getResourcesDir(appOutDir), 'app.asar');
  const surprises = findSurprises(await listArchive(archive), `${platform}-${Arch[arch]}`);
  if (surprises.length > 0) throw new Error(`The package is not what it should be:\n${surprises.join('\n')}`);

  const product = packager.appInfo.productFilename;
  const name = platform === 'win32' ? `${product}.exe` : platform === 'darwin' ? `${product}.app` : linuxName(packager);
  await flipFuses(join(appOutDir, name), fuseConfig(packager.config.electronFuses));
}

function linuxName(packager: object): string {
  if ('executableName' in packager && typeof packager.executableName === 'string') return packager.executableName;
  throw new Error('The packager does not say what the executable is called.');
}
