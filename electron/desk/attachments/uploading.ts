import type { DeskStore, OpenContent, OwnAttachment } from '#db/index.ts';
import { attachmentLimits } from '#shared/attachment/index.ts';
import { DomainError, fault } from '#shared/errors/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import type { DeskPorts } from '../ports.ts';
import type { Centre } from '../sync/centre.ts';
import { ownSigner } from '../sync/installation.ts';
import type { SyncStatus } from '../sync/status.ts';
import type { AttachmentKeeper } from './keeper.ts';
import { askHeld, sendContent } from './send.ts';

export interface UploadingOptions {
  readonly store: DeskStore;
  readonly attachments: AttachmentKeeper;
  readonly ports: DeskPorts;
  readonly status: SyncStatus;
  /** Working time. */
  readonly now: () => number;
  /** What is shown changed; with `dossiers` the lists as well. */
  readonly moved: (dossiers: boolean) => void;
}

/** Sends the contents of digitised papers, after the entries that name them. */
export interface Uploading {
  /**
   * Sends what waits until `goOn` says that something else has its turn. True if there is more to send that can be sent now. Throws `LineError`.
   */
  send(to: Centre, goOn: () => boolean): Promise<boolean>;
  /** What waits and is on its way; empty where there is nothing to say. */
  view(): Pick<SyncView, 'attachments'>;
}

export function openUploading({ store, attachments, ports, status, now, moved }: UploadingOptions): Uploading {
  const piece = { bytes: attachmentLimits.leastPiece };
  const { files } = attachments;
  let onItsWay: NonNullable<SyncView['attachments']>['onItsWay'];

  /** Entries go before contents: the centre takes none that it has no entry of. */
  function named({ log, seq }: OwnAttachment): boolean {
    return store.sent(log).seq >= seq;
  }

  /** False where something else has its turn first. */
  async function sendOne(to: Centre, attachment: OwnAttachment, goOn: () => boolean): Promise<boolean> {
    const what = `attachment ${attachment.sha256}`;
    let content: OpenContent | undefined;
    try {
      content = await files.open(attachment.sha256);
      if (content) {
        const { bytes } = content;
        const ended = await sendContent({
          centre: to, signer: ownSigner(store, ports), ...attachment, content, piece, goOn, tick: () => ports.clock.read().hrtime,
          reached(sent) {
            onItsWay = { sha256: attachment.sha256, sent, bytes };
            moved(false);
          },
        });
        if (ended.kind === 'paused') return false;
        if (ended.kind === 'refused') {
          status.refused(what, now(), ended.fault);
          return true;
        }
      }
      return await acknowledge(to, what, attachment, content === undefined);
    } catch (error) {
      if (!(error instanceof DomainError) || error.fault.code !== 'attachment.damaged') throw error;
      status.refused(what, now(), error.fault);
      return true;
    } finally {
      onItsWay = undefined;
      await content?.close();
    }
  }

  /** A content is sent when the centre says that it read it back, and not before. */
  async function acknowledge(to: Centre, what: string, { sha256, bytes }: OwnAttachment, missing: boolean): Promise<boolean> {
    const held = await askHeld(to, ownSigner(store, ports), sha256);
    if (held.kind === 'refused') {
      // Neither here nor there: a disk was lost before it was sent.
      status.refused(what, now(), missing && held.fault.code === 'attachment.not-here' ? fault('attachment.not-here') : held.fault);
      return true;
    }
    if (held.value.sha256 !== sha256 || held.value.bytes !== bytes) {
      status.refused(what, now(), fault('attachment.wrong-hash'));
      return true;
    }
    store.attachments.markHeld(sha256, now());
    status.accepted(what);
    moved(true);
    return true;
  }

  return {
    async send(to, goOn) {
      for (const attachment of store.attachments.waiting()) {
        if (!named(attachment)) continue;
        if (!goOn()) return true;
        if (!(await sendOne(to, attachment, goOn))) return true;
      }
      return false;
    },
    view() {
      const waiting = store.identity() ? store.attachments.waiting() : [];
      const { room } = attachments.view();
      if (waiting.length === 0 && room?.low !== true) return {};
      const bytes = waiting.reduce((sum, one) => sum + one.bytes, 0);
      return { attachments: { waiting: waiting.length, bytes, ...(onItsWay ? { onItsWay } : {}), ...(room ? { room } : {}) } };
    },
  };
}
