export { ensureClockShifter, findClockShifter } from './clock-shifter.ts';
/** The Electron that development and tests run on, the libraries it needs, and a display for it. */
export { hasDisplay, startVirtualDisplay } from './display.ts';
export type { VirtualDisplay } from './display.ts';
export { cacheFolder, developmentDataFolder } from './places.ts';
export { projectRoot, readManifest } from './project.ts';
export { findPackagingElectron, resolveRuntime, RuntimeMissing } from './resolve.ts';
export type { ResolveOptions, Runtime, RuntimeSource } from './resolve.ts';
export { ensureSystem, findMissing, SystemIncomplete } from './system.ts';
export type { Needs } from './system.ts';
export { prepareRuntime } from './prepare.ts';
export { startPostgres } from './postgres.ts';
export type { PostgresServer } from './postgres.ts';
export { findPostgres, PostgresMissing } from './postgres-programs.ts';
