export type { DeskBridge } from './bridge.ts';
export { channels, isChannel, messageLimit, orderOf, type ChannelName, type ParsedRequestOf, type RecordedAct, type RequestOf, type ResponseOf } from './map.ts';
export { fromDeskSchema, openMessageSchema, toDeskSchema, type FromDesk, type OpenMessage, type ToDesk } from './port.ts';
export {
  backupViewSchema, calendarMoveSchema, recoveredViewSchema, codesViewSchema, dayCloseViewSchema, dayViewSchema, deskEventSchema, dossierFormSchema, dossierLineSchema, dossierViewSchema, duePreviewSchema, dutyLineSchema, enrolViewSchema,
  historyLineSchema, personSchema, placeViewSchema, readReceiptSchema, scanResultSchema, sessionViewSchema, syncViewSchema, writtenBundleSchema,
  type BackupView, type RecoveredView, type DayCloseView, type CodesView, type ForecastCount, type DeskEvent, type DossierForm, type DossierLine, type DossierView, type DutyLine, type EnrolView, type HistoryLine, type Person, type PlaceView, type ScanResult,
  type ReadReceiptView, type SessionView, type SyncView, type WrittenBundle,
} from './views.ts';
