import { join } from 'node:path';
import { openAttachmentFiles, type AttachmentFiles, type DeskStore } from '#db/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import { attachmentsFolder } from '../desk-files.ts';
import type { DeskPorts } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';

/** How often contents that need not be here any more are looked for, and the disk's room, milliseconds. */
const lookEvery = 3_600_000;

/** How many days a content stays here after the centre said that it holds it, unless the province says otherwise. */
const usualDays = 90;

/** The contents of digitised papers at this desk: kept, tidied, watched. */
export interface AttachmentKeeper {
  readonly files: AttachmentFiles;
  /** What broken attempts left is gone. */
  readonly ready: Promise<void>;
  /** The centre erased dossiers: the contents of their papers go now. */
  erased(): void;
  view(): Pick<NonNullable<SyncView['attachments']>, 'room'>;
  close(): void;
}

export interface AttachmentKeeperOptions {
  readonly folder: string;
  /** The key of the store. */
  readonly key: Uint8Array;
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly unforeseen: (error: unknown) => void;
}

export function openAttachmentKeeper({ folder, key, store, ports, time, unforeseen }: AttachmentKeeperOptions): AttachmentKeeper {
  const files = openAttachmentFiles({
    folder: join(folder, attachmentsFolder), key, cipher: ports.sealing.cipher, random: ports.random, ...(ports.freeSpace ? { freeSpace: ports.freeSpace } : {}),
  });
  let room: { readonly free: number; readonly low: boolean } | undefined;
  let closed = false;
  let cancel = (): void => undefined;

  /** Removes contents that the centre has held for as long as the province wants them here too, and those of erased dossiers. Never another. */
  async function tidy(): Promise<void> {
    room = await files.room();
    const days = store.catalogue.current()?.keeping?.attachmentDays ?? usualDays;
    const gone = new Set([...store.attachments.heldBefore(time.best() - days * 86_400_000), ...store.attachments.erased()]);
    if (gone.size === 0) return;
    for (const sha256 of await files.list()) if (gone.has(sha256)) await files.remove(sha256);
  }

  async function look(): Promise<void> {
    try {
      await tidy();
    } catch (error) {
      unforeseen(error);
    }
    if (!closed) cancel = ports.timers.after(lookEvery * (ports.leisure ?? 1), () => void look());
  }

  async function begin(): Promise<void> {
    try {
      await files.sweep((sha256) => store.attachments.named(sha256), ports.clock.read().wall);
    } catch (error) {
      unforeseen(error);
    }
    if (!closed) await look();
  }

  const ready = begin();
  return {
    files, ready,
    erased() {
      if (!closed) tidy().catch(unforeseen);
    },
    view: () => (room ? { room } : {}),
    close() {
      closed = true;
      cancel();
    },
  };
}
