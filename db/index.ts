export type {
  AnchorTable, CodeAllocator, CommitRequest, Committed, DayCounts, DeskStore, DossierRow, DutyRow, EntryDraft, HistoryLine, Identity, ListFilter,
  Merged, OpenLogRequest, Page, PendingSummary, Rows, Sighting, StoreOptions, StoreReader,
} from './contract.ts';
export type { Erasure } from './entries.ts';
export type { AttachmentTable, OwnAttachment } from './attachments.ts';
export { openAttachmentFiles, type AttachmentFiles, type KeptFile, type OpenContent } from './attachment-files.ts';
export { unlock } from './connection.ts';
export { graft, type Grafted } from './graft.ts';
export { salvage, type Salvage, type SalvagedLog } from './salvage.ts';
export { settle } from './settle.ts';
export { openDeskStore } from './open.ts';
export { migrations } from './migrations/index.ts';
export type { Migration } from './migrate.ts';
export { nodeHasher, nodeRandom } from './crypto.ts';
export {
  keyEnvelopeSchema, loadOrCreateKey, unwrapWithRecoveryKey, wrapToRecoveryKey,
  type KeychainPort, type KeyEnvelope, type LoadedKey, type LoadKeyOptions, type RecoveryWrap,
} from './key.ts';
