export type {
  CatalogueText, CentreReader, CentreStore, CentreWriter, EnrolmentCode, FailedSignIns, FeedPlace, FeedQuery, FeedStretch, HeadClaim, Heard, HeldBranch, HeldEntry, HeldLog,
  Installation, InstallationState, MappedCode, NewEntry, Officer, ProvisionalCode, Session, StoredLease, TransferOrder,
} from './port.ts';
export { entriesAbout } from './entries-about.ts';
export { openSqliteStore } from './sqlite.ts';
export { openStore } from './open.ts';
export { openPostgresStore } from './postgres/index.ts';
