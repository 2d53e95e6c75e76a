import type { DeskStore, OpenContent, OwnAttachment } from '#db/index.ts';
import { attachmentLimits } from '#shared/attachment/index.ts';
import { DomainError, fault, type Fault } from '#shared/errors/index.ts';
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

  /** What is to come of the others: the next one, none until the others had their turn, or none for now. */
  async function sendOne(to: Centre, attachment: OwnAttachment, goOn: () => boolean): Promise<'next' | 'paused' | 'not-now'> {
    const what = `attachment ${attachment.sha256}`;
    let content: OpenContent | undefined;
    try {
      content = await files.open(attachment.sha256);
      const ended = content && (await sendContent({
        centre: to, signer: ownSigner(store, ports), ...attachment, content, piece, goOn, tick: () => ports.clock.read().hrtime,
        reached(sent) {
          onItsWay = { sha256: attachment.sha256, sent, bytes: attachment.bytes };
          moved(false);
        },
      }));
      if (ended?.kind === 'paused') return 'paused';
      if (ended?.kind === 'refused' && ended.fault.code === 'centre.busy') return 'not-now';
      // A centre from before there were contents takes none: that is said once, and not of each.
      if (ended?.kind === 'refused' && ended.fault.code === 'centre.older-version') {
        status.refused('attachments', now(), ended.fault);
        return 'not-now';
      }
      status.accepted('attachments');
      const why = ended?.kind === 'refused' ? ended.fault : await acknowledged(to, attachment, content !== undefined);
      if (why) status.refused(what, now(), why);
      else status.accepted(what);
      moved(!why);
    } catch (error) {
      if (!(error instanceof DomainError) || error.fault.code !== 'attachment.damaged') throw error;
      status.refused(what, now(), error.fault);
    } finally {
      onItsWay = undefined;
      await content?.close();
    }
    return 'next';
  }

  /** A content is sent when the centre says that it read it back, and not before. Why it is not, where it does not say so. */
  async function acknowledged(to: Centre, { sha256, bytes }: OwnAttachment, wasHere: boolean): Promise<Fault | undefined> {
    const held = await askHeld(to, ownSigner(store, ports), sha256);
    // What was sent and is not there, or not as it was, goes again; what is neither here nor there was lost with a disk.
    if (held.kind === 'refused') return held.fault.code === 'attachment.not-here' && wasHere ? fault('attachment.wrong-hash') : held.fault;
    if (held.value.sha256 !== sha256 || held.value.bytes !== bytes) return fault('attachment.wrong-hash');
    store.attachments.markHeld(sha256, now());
    return undefined;
  }

  return {
    async send(to, goOn) {
      for (const attachment of store.attachments.waiting()) {
        if (!named(attachment)) continue;
        const then = goOn() ? await sendOne(to, attachment, goOn) : 'paused';
        if (then !== 'next') return then === 'paused';
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
