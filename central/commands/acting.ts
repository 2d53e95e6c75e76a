import { can, type Action } from '#shared/access/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { openFoundation, type Foundation } from '../foundation.ts';
import { hasher, random } from '../keys/index.ts';
import { officerDesk } from '../officers/index.ts';
import { machineTime } from '../time/index.ts';

/** An officer for whom a command acts. */
export interface ActingOfficer {
  readonly login: string;
  readonly password: string;
}

/** What every command on a centre's folder is asked. */
export interface Asked {
  readonly folder: string;
  /** Address of the PostgreSQL database that holds the centre's data; undefined where that is in the folder. */
  readonly database?: string | undefined;
  readonly json: boolean;
  readonly software: string;
  /**
   * For whom it acts. Nobody: the operator of the machine, who may do everything because the folder with its keys is theirs; the
   * centre's log then names the centre as the actor.
   */
  readonly acting?: ActingOfficer | undefined;
}

/**
 * Works on a centre's folder, beside a running centre or without one, as somebody who may. What is noted in the centre's log on the way
 * names that officer. Throws `DomainError`: `officer.wrong-password`, `access.denied`, and those of `openFoundation`.
 */
export async function withFolder<T>({ folder, database, software, acting }: Asked, action: Action, work: (foundation: Foundation) => Promise<T>): Promise<T> {
  const foundation = await openFoundation(folder, await machineTime(), software, database);
  try {
    return await work(acting ? await actingIn(foundation, acting, action) : foundation);
  } finally {
    await foundation.close();
  }
}

async function actingIn(foundation: Foundation, { login, password }: ActingOfficer, action: Action): Promise<Foundation> {
  const signedIn = await officerDesk({ ...foundation, hasher, random, wall: Date.now }).verify(login, password);
  if (!signedIn.ok) throw new DomainError(signedIn.fault.code, signedIn.fault.params);
  const { actor } = signedIn.value;
  if (!can(actor, action)) throw new DomainError('access.denied');
  const { own } = foundation;
  return { ...foundation, own: { ...own, append: (writer, reading, notes) => own.append(writer, reading, notes, actor.id) } };
}
