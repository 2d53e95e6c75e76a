import { projectRoot, readManifest } from './project.ts';
import { resolveRuntime } from './resolve.ts';
import type { Runtime } from './resolve.ts';
import { ensureSystem } from './system.ts';

/**
 * The runtime of this checkout, ready to open windows: found or fetched, with the system's libraries in place.
 * Throws RuntimeMissing or SystemIncomplete, each with one line to show.
 */
export async function prepareRuntime(needs: { virtualDisplay: boolean }, say: (line: string) => void): Promise<Runtime> {
  const runtime = await resolveRuntime({ projectRoot, wanted: readManifest().devDependencies.electron, say });
  await ensureSystem({ executable: runtime.executable, virtualDisplay: needs.virtualDisplay }, say);
  return runtime;
}
