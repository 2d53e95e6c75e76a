import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DeskStore } from '#db/index.ts';
import { DomainError, fail, fault, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import type { BackupView } from '#shared/ipc/index.ts';
import type { DeskPorts } from '../ports.ts';
import { ownInstallation } from '../sync/installation.ts';
import type { TimeKeeper } from '../time.ts';
import { backupToErase, eraseInBackup } from './erasing.ts';
import { beginBackup, finishBackup, hasRoom, keepKeyBeside, listBackups, sameDisk, thinOut, type Backup } from './folder.ts';
import { backupFolder, backupFolders, chooseBackupFolder, defaultBackupFolder } from './place.ts';

/** When backups are due, milliseconds of working time. */
export const backupRhythm = {
  /** How often it is looked whether one is due. */
  look: 60_000,
  /** One this old is followed by the next as soon as nobody is working. */
  usual: 4 * 3_600_000,
  /** One this old is followed by the next even while somebody is. */
  latest: 24 * 3_600_000,
  /** Without a call for this long nobody is working. */
  quiet: 120_000,
  /** After a failure it is tried again then. */
  again: 15 * 60_000,
  /** A desk whose last good backup is older says so. */
  stale: 48 * 3_600_000,
} as const;

/** Keeps backups of the store (sao lưu): by itself, when nobody is working, at least daily, after the day's close, and when somebody asks. */
export interface BackupKeeper {
  view(): BackupView;
  /** Makes one now, in the chosen folder or in another, verifies it and thins the others out. Errors: `backup.failed`, `store.disk-full`, `store.damaged`, `enrol.required`. */
  now(folder?: string): Outcome<Backup>;
  /** Keeps them elsewhere from now on, and makes one there to see that it works. Errors as `now`. */
  moveTo(folder: string): Outcome<Backup>;
  /** The day was closed: whoever did that is about to go. */
  dayClosed(): void;
  close(): void;
}

export interface KeeperOptions {
  readonly store: DeskStore;
  /** The key of the store, which its backups have too. */
  readonly key: Uint8Array;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly software: string;
  /** Whether backups are made without anybody asking. */
  readonly automatic: boolean;
  /** How long nobody has been at work, milliseconds. */
  readonly quietFor: () => number;
  /** The store itself is damaged: a backup reads every page of it. */
  readonly damaged: () => void;
  /** What is shown of backups changed. */
  readonly changed: () => void;
}

export function openBackupKeeper({ store, key, ports, time, software, automatic, quietFor, damaged, changed }: KeeperOptions): BackupKeeper {
  const data = dirname(store.file);
  let closed = false;
  /** Backups in which nothing could be erased since the program started. */
  const spoilt = new Set<string>();
  let failure: { readonly fault: Fault; readonly at: number } | undefined;
  let { newest, standing } = folderNow(data);
  let cancel = automatic ? ports.timers.after(Math.min(5_000, backupRhythm.look) * (ports.leisure ?? 1), look) : (): void => undefined;

  function lookAtFolder(): void {
    ({ newest, standing } = folderNow(data));
  }

  function uptime(): number {
    return ports.clock.read().uptime;
  }

  function due(): boolean {
    if (!store.identity()) return false;
    if (failure && uptime() - failure.at < backupRhythm.again) return false;
    const head = store.head();
    if (!newest) return true;
    const age = time.best() - newest.at;
    // A clock that was set back must not stop them for months.
    const old = (limit: number): boolean => age >= limit || age < 0;
    if (old(backupRhythm.latest)) return true;
    const changedSince = head.hash !== newest.hash;
    return changedSince && quietFor() >= backupRhythm.quiet && (closed || old(backupRhythm.usual));
  }

  function look(): void {
    if (due()) make(backupFolder(data));
    else if (quietFor() >= backupRhythm.quiet) eraseInOne();
    cancel = ports.timers.after(backupRhythm.look * (ports.leisure ?? 1), look);
  }

  /** One backup at a time, while nobody is working: what the centre erased must not live on in any. */
  function eraseInOne(): void {
    const erasures = store.erasures();
    const backup = backupToErase(backupFolders(data), erasures, spoilt);
    if (!backup || (failure && uptime() - failure.at < backupRhythm.again)) return;
    const done = inWords(() => eraseInBackup(backup, erasures, { key, hasher: ports.hasher, random: ports.random }));
    if (done.ok) lookAtFolder();
    else {
      // Where the disk is not at fault the backup is: one that cannot be read must not keep the others waiting.
      if (done.fault.code !== 'backup.failed' && done.fault.code !== 'store.disk-full') spoilt.add(backup.file);
      failure = { fault: ofCopy(done.fault), at: uptime() };
    }
    changed();
  }

  function make(folder: string): Outcome<Backup> {
    const made = attempt(folder);
    if (made.ok) {
      failure = undefined;
      closed = false;
      lookAtFolder();
    } else {
      failure = { fault: made.fault, at: uptime() };
      if (made.fault.code === 'store.damaged') damaged();
    }
    changed();
    return made;
  }

  function attempt(folder: string): Outcome<Backup> {
    const identity = store.identity();
    if (!identity) return fail('enrol.required');
    const { seq, hash } = store.head();
    return inWords(() => {
      const part = beginBackup(folder, folder === defaultBackupFolder(data));
      if (!hasRoom(folder, statSync(store.file).size)) return fail('backup.failed', { reason: 'ENOSPC' });
      const written = store.backup(part);
      // What was written does not verify: the copy is at fault, not the store, which would have stopped before.
      if (!written.ok) return { ok: false, fault: ofCopy(written.fault) };
      const { installation } = ownInstallation(store, ports);
      const backup = finishBackup(part, { at: Math.round(time.best()), installation, log: identity.log, seq, hash, unsent: store.pendingSummary().entries, software: software.slice(0, 64), erasures: store.erasures().length });
      keepKeyBeside(data, folder);
      thinOut(folder);
      return ok(backup);
    });
  }

  return {
    view() {
      const age = newest ? time.best() - newest.at : undefined;
      return {
        ...standing,
        ...(newest ? { lastAt: newest.at } : {}),
        stale: store.identity() !== undefined && (age === undefined ? failure !== undefined : age > backupRhythm.stale),
        ...(failure ? { fault: failure.fault } : {}),
      };
    },
    now: (folder) => make(folder ?? backupFolder(data)),
    moveTo(folder) {
      const made = make(folder);
      if (!made.ok) return made;
      const chosen = chooseBackupFolder(data, folder);
      lookAtFolder();
      changed();
      return chosen.ok ? made : fail('backup.failed', { reason: String(chosen.fault.params['reason'] ?? '') });
    },
    dayClosed() {
      closed = true;
    },
    close: () => cancel(),
  };
}

/** What went wrong with a copy, as what it is to whoever looks at the backups. */
function ofCopy(told: Fault): Fault {
  if (told.code === 'backup.failed') return told;
  return fault('backup.failed', { reason: told.code === 'store.disk-full' ? 'ENOSPC' : told.code });
}

/** What the disk says against it, as an outcome. */
function inWords<T>(work: () => Outcome<T>): Outcome<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, fault: error.fault };
    const reason = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    if (reason === undefined) throw error;
    return { ok: false, fault: fault('backup.failed', { reason }) };
  }
}

/** What is shown must not ask the disk each time. */
function folderNow(data: string): { newest: Backup | undefined; standing: Pick<BackupView, 'folder' | 'sameDisk' | 'count'> } {
  const folder = backupFolder(data);
  const all = listBackups(folder);
  return { newest: all[0], standing: { folder, sameDisk: onSameDisk(data, folder), count: all.length } };
}

function onSameDisk(data: string, folder: string): boolean {
  try {
    return sameDisk(data, folder);
  } catch {
    // The folder is not there: the one beside the store, not made yet, or another that is unplugged, of which a failure tells.
    return folder === defaultBackupFolder(data);
  }
}
