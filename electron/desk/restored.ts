import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { openNextLog } from './next-log.ts';
import type { DeskPorts } from './ports.ts';
import type { TimeKeeper } from './time.ts';

/** The marker a restore leaves beside the database it put back. */
export const restoredMarker = 'restored.json';
const markerSchema = z.object({ v: z.literal(1), why: z.enum(['restored', 'recovered']) });

/**
 * A database that was put back from a backup may lack the end of its log, and the centre may hold that end. So before the
 * first append a new log is opened that names the restored head as its parent; an honest restore never forks. The marker
 * goes only when that is durable. Throws `DomainError` where the store cannot open the log.
 */
export function continueRestored(folder: string, store: DeskStore, ports: DeskPorts, time: TimeKeeper, software: string): void {
  const file = join(folder, restoredMarker);
  const marker = readMarker(file);
  if (!marker) return;
  openNextLog(store, ports, time, software, marker.why);
  rmSync(file);
}

function readMarker(file: string): z.infer<typeof markerSchema> | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const marker = markerSchema.safeParse(parse(text));
  // Whatever stands in it, it says that the database was put back: better one log too many than a fork.
  return marker.success ? marker.data : { v: 1, why: 'restored' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half written; the caller takes its presence for the message.
    return undefined;
  }
}
