import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { z } from 'zod';

/** What electron-builder.yml says under `electronFuses`: each a yes or a no, none left to Electron's default. */
const choices = z.strictObject({
  runAsNode: z.boolean(),
  enableCookieEncryption: z.boolean(),
  enableNodeOptionsEnvironmentVariable: z.boolean(),
  enableNodeCliInspectArguments: z.boolean(),
  enableEmbeddedAsarIntegrityValidation: z.boolean(),
  onlyLoadAppFromAsar: z.boolean(),
  loadBrowserProcessSpecificV8Snapshot: z.boolean(),
  grantFileProtocolExtraPrivileges: z.boolean(),
});

/**
 * The fuses of a package, all of them. Throws ZodError that names the fuse when a choice is missing or unknown.
 * A fuse that Electron has and this list has not makes `flipFuses` fail, because of `strictlyRequireAllFuses`.
 */
export function fuseConfig(chosen: unknown) {
  const choice = choices.parse(chosen);
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    [FuseV1Options.RunAsNode]: choice.runAsNode,
    [FuseV1Options.EnableCookieEncryption]: choice.enableCookieEncryption,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: choice.enableNodeOptionsEnvironmentVariable,
    [FuseV1Options.EnableNodeCliInspectArguments]: choice.enableNodeCliInspectArguments,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: choice.enableEmbeddedAsarIntegrityValidation,
    [FuseV1Options.OnlyLoadAppFromAsar]: choice.onlyLoadAppFromAsar,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: choice.loadBrowserProcessSpecificV8Snapshot,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: choice.grantFileProtocolExtraPrivileges,
    // The pages hold no WebAssembly; without trap handlers a fault in it would be a crash instead of an error.
    [FuseV1Options.WasmTrapHandlers]: true,
  } as const;
}
