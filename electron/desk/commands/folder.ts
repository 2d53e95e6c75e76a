import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyEnvelopeSchema, openDeskStore, unwrapWithRecoveryKey, type DeskStore } from '#db/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { jsonLine } from '#shared/sync/index.ts';
import { nodePorts } from '../node-ports.ts';
import { deskFiles } from '../desk-files.ts';
import type { DeskPorts } from '../ports.ts';
import { finishSwap } from '../recovery/index.ts';

/** Which desk a command works on, and with what it opens it. */
export interface DeskAsked {
  /** The desk's data folder, or a copy of it: `desk.db`, `desk.key.json`. The program must not be running over it. */
  readonly folder: string;
  /** The centre's `recovery.key.pem`: the desk's own keychain can be reached by its program alone. */
  readonly recoveryKey: string;
  readonly json: boolean;
  readonly software: string;
}

/** The ports of a command: the machine's own. What they remember of the boot is no business of the desk's folder. */
export function commandPorts(): DeskPorts {
  return nodePorts(tmpdir(), undefined, () => Promise.resolve());
}

/** The database's key, out of the copy that was wrapped to the province's recovery key. Throws `key.no-recovery`, `key.unreadable`. */
export function recoveredKey({ folder, recoveryKey }: DeskAsked): Uint8Array {
  const file = join(folder, deskFiles.key);
  if (!existsSync(file)) throw new DomainError('key.no-recovery');
  const envelope = keyEnvelopeSchema.safeParse(jsonLine(readFileSync(file, 'utf8')));
  if (!envelope.success) throw new DomainError('key.unreadable');
  if (!envelope.data.recovery) throw new DomainError('key.no-recovery');
  return unwrapWithRecoveryKey(envelope.data.recovery, rawPrivateKey(recoveryKey));
}

function rawPrivateKey(file: string): Uint8Array {
  try {
    const { d } = createPrivateKey(readFileSync(file, 'utf8')).export({ format: 'jwk' });
    if (typeof d === 'string') return Buffer.from(d, 'base64url');
  } catch (error) {
    throw new DomainError('key.unreadable', {}, error);
  }
  throw new DomainError('key.unreadable');
}

/** Works on the desk's open store and closes it. Throws `DomainError`: those of `recoveredKey` and of `openDeskStore`. */
export async function withStore<T>(asked: DeskAsked, work: (store: DeskStore, ports: DeskPorts) => T | Promise<T>): Promise<T> {
  const key = recoveredKey(asked);
  finishSwap(asked.folder);
  const file = join(asked.folder, deskFiles.database);
  if (!existsSync(file)) throw new DomainError('export.no-file', { file: deskFiles.database, reason: 'ENOENT' });
  const ports = commandPorts();
  const store = openDeskStore({ file, key, hasher: ports.hasher, random: ports.random });
  try {
    return await work(store, ports);
  } finally {
    store.close();
  }
}
