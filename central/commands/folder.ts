import { openFoundation, type Foundation } from '../foundation.ts';
import { machineTime } from '../time/index.ts';

/** What every command of an administrator is asked with. */
export interface Asked {
  readonly folder: string;
  readonly json: boolean;
  readonly software: string;
}

/** Works on a centre's folder beside a running centre, or without one. */
export async function withFolder<T>({ folder, software }: Asked, work: (foundation: Foundation) => Promise<T>): Promise<T> {
  const foundation = await openFoundation(folder, await machineTime(), software);
  try {
    return await work(foundation);
  } finally {
    await foundation.close();
  }
}
