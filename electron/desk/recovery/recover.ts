import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { graft, openDeskStore, salvage, settle, type DeskStore, type Grafted, type Salvage } from '#db/index.ts';
import { DomainError, fail, ok, type ErrorCode, type Outcome } from '#shared/errors/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';
import { backupFolders, listBackups, type Backup } from '../backups/index.ts';
import { deskFiles } from '../desk-files.ts';
import { writeWhole } from '../whole-files.ts';
import { restoredMarker } from '../restored.ts';
import { keepInstallation, knownInstallation } from '../sync/installation.ts';
import { keepRecovered } from './noted.ts';
import { keepRemainder } from './remainder.ts';
import { finishSwap, freeName, recoveredName, removeStore, swapIn, swapUnderWay } from './swap.ts';

export interface RecoveryOptions {
  /** The desk's data folder. */
  readonly data: string;
  readonly key: Uint8Array;
  readonly hasher: Hasher;
  readonly random: Random;
  /** Wall clock, milliseconds: names the folder in which the damaged file is set aside. */
  readonly wall: number;
  /** A backup chosen by a person, in place of the newest good one. A store that is whole is then replaced as well. */
  readonly backup?: string | undefined;
}

/** What a recovery did. */
export type Recovered =
  /** The store is whole: nothing was done. */
  | { readonly kind: 'intact' }
  | { readonly kind: 'recovered'; readonly backup: Backup | undefined; readonly rescued: number; readonly behind: number; readonly aside: string | undefined };

/** A damaged first page looks like a wrong key; whether it is one a backup tells, which opens under the right one. */
const damage: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['store.damaged', 'store.wrong-key', 'log.bad-chain', 'log.malformed-entry']);

/**
 * Leads from a damaged store to a working one (khôi phục): the newest good backup, and beyond it what verifies in the damaged file, unsent entries first of all;
 * without a backup what can be read of the file alone. The damaged file is set aside and never deleted or changed. At its next start the desk opens a
 * new log before it appends, and fetches from the centre what this disk lost. Errors: `recovery.not-possible`, `backup.not-usable`, `backup.other-agency`, `store.disk-full`; then nothing was
 * changed. Throws `DomainError` where the store cannot be touched: `store.in-use`, `store.newer-version`.
 */
export function recoverStore(options: RecoveryOptions): Outcome<Recovered> {
  const { data } = options;
  finishSwap(data);
  const work = join(data, 'recovery-work');
  rmSync(work, { recursive: true, force: true });
  try {
    mkdirSync(work, { recursive: true, mode: 0o700 });
    if (options.backup === undefined && isWhole(options, work)) return ok({ kind: 'intact' });
    return replace(options, work);
  } catch (error) {
    if (isFull(error)) return fail('store.disk-full');
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
    if (!swapUnderWay(data)) removeStore(join(data, recoveredName));
  }
}

function replace(options: RecoveryOptions, work: string): Outcome<Recovered> {
  const { data, key, wall } = options;
  const found = salvaged(options, work);
  const target = join(data, recoveredName);
  removeStore(target);
  // What was rescued of one agency is not put behind what is kept of another.
  const agency = found.logs.at(-1)?.identity.agency;
  const chosen = options.backup === undefined ? undefined : copied(options, options.backup, target, agency);
  if (chosen && !chosen.ok) return chosen;
  const newest = chosen ? undefined : newestGood(options, target, agency);
  if (!chosen && !newest && !sufficient(found)) return fail('recovery.not-possible');
  const grafted = graft(target, key, found);
  const aside = existsSync(join(data, deskFiles.database)) ? freeName(data, 'damaged', wall) : undefined;
  const behind = grafted.behind.reduce((sum, { entries }) => sum + entries.length, 0);
  const made = finish(options, target, grafted, (store) => keepRecovered(store, {
    at: wall, rescued: grafted.added, behind, ...(newest ? { backupAt: newest.at } : {}), ...(aside === undefined ? {} : { aside }),
  }));
  if (!made.ok) return made;
  settle(target);
  const marked = writeWhole(join(data, restoredMarker), Buffer.from(JSON.stringify({ v: 1, why: chosen || newest ? 'restored' : 'recovered' })));
  if (!marked.ok) return fail('store.disk-full');
  swapIn(data, aside ?? freeName(data, 'damaged', wall));
  return ok({ kind: 'recovered', backup: newest, rescued: grafted.added, behind, aside });
}

/** Whether the store opens and every page and chain of it verifies; looked at in a copy, because opening a file may change it. */
function isWhole(options: RecoveryOptions, work: string): boolean {
  const file = join(work, 'whole.db');
  if (!copyStore(options.data, file)) return false;
  const looked = look(options, file);
  if (!looked.ok && !damage.has(looked.fault.code)) throw new DomainError(looked.fault.code, looked.fault.params);
  removeStore(file);
  return looked.ok;
}

function salvaged({ data, key, hasher }: RecoveryOptions, work: string): Salvage {
  const file = join(work, 'salvage.db');
  return copyStore(data, file) ? salvage(file, key, hasher) : { readable: false, logs: [], tables: [] };
}

/** Copies the newest backup that can be used; undefined where there is none. */
function newestGood(options: RecoveryOptions, target: string, agency?: string, most = Infinity): Backup | undefined {
  const all = backupFolders(options.data).flatMap((folder) => listBackups(folder)).toSorted((a, b) => b.at - a.at || b.number - a.number);
  return all.slice(0, most).find(({ file }) => copied(options, file, target, agency).ok);
}

/** Copies a backup. Errors: `backup.not-usable` where it is not there, does not open or does not verify; `backup.other-agency`, if one is given. */
function copied(options: RecoveryOptions, file: string, target: string, agency: string | undefined): Outcome<true> {
  if (!existsSync(file)) return fail('backup.not-usable');
  copyFileSync(file, target);
  const looked = look(options, target);
  if (looked.ok && (agency === undefined || looked.value === agency)) return ok(true);
  removeStore(target);
  return fail(looked.ok ? 'backup.other-agency' : 'backup.not-usable');
}

/** Opens a store, verifies it, and closes it; whose it is. */
function look({ key, hasher, random }: RecoveryOptions, file: string): Outcome<string | undefined> {
  let store: DeskStore;
  try {
    store = openDeskStore({ file, key, hasher, random });
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, fault: error.fault };
    throw error;
  }
  try {
    const whole = store.verify();
    return whole.ok ? ok(store.identity()?.agency) : whole;
  } finally {
    store.close();
  }
}

/** Without a backup the file has to tell who this installation is, and with which key it signs. */
function sufficient({ readable, logs, tables }: Salvage): boolean {
  const memo = tables.find(({ name }) => name === 'memo')?.rows.some((row) => row['name'] === 'installation') === true;
  return readable && memo && logs.some(({ entries, identity }) => identity.desk !== '' && entries[0]?.entry.header.seq === 1);
}

/** Builds the projections anew and notes what was done; the store is closed and whole when this returns. */
function finish({ key, hasher, random }: RecoveryOptions, target: string, { behind }: Grafted, note: (store: DeskStore) => void): Outcome<true> {
  const store = openDeskStore({ file: target, key, hasher, random });
  try {
    const identity = store.identity();
    const installation = knownInstallation(store);
    if (!identity || !installation) return fail('recovery.not-possible');
    // The log written last decides which the next one continues.
    if (installation.log !== identity.log) keepInstallation(store, { ...installation, log: identity.log });
    keepRemainder(store, behind);
    note(store);
    store.rebuild();
    return store.verify();
  } finally {
    store.close();
  }
}

/** False where there is nothing to copy. */
function copyStore(data: string, to: string): boolean {
  if (!existsSync(join(data, deskFiles.database))) return false;
  for (const end of ['', '-wal']) if (existsSync(join(data, `${deskFiles.database}${end}`))) copyFileSync(join(data, `${deskFiles.database}${end}`), `${to}${end}`);
  return true;
}

function isFull(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/**
 * Whether a store that does not open under its key is damaged in its first page: a backup that opens under the same key says that the key is right.
 */
export function firstPageDamaged(options: Omit<RecoveryOptions, 'wall'>): boolean {
  const work = join(options.data, 'recovery-work');
  rmSync(work, { recursive: true, force: true });
  try {
    mkdirSync(work, { recursive: true, mode: 0o700 });
    return newestGood({ ...options, wall: 0 }, join(work, 'looked-at.db'), undefined, 3) !== undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
