export type {
  CatalogueText, CentreReader, CentreStore, CentreWriter, EnrolmentCode, FeedPlace, FeedQuery, FeedStretch, ForkedEntry, HeadClaim, Heard, HeldEntry, HeldLog,
  Installation, InstallationState, MappedCode, Officer, ProvisionalCode, Session, StoredLease,
} from './port.ts';
export { openSqliteStore } from './sqlite.ts';
