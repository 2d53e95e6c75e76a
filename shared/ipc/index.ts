export type { DeskBridge } from './bridge.ts';
export {
  backupViewSchema, readReceiptSchema, recoveredViewSchema, writtenBundleSchema, type BackupView, type ReadReceiptView, type RecoveredView, type WrittenBundle,
} from './keeping-views.ts';
export { channels, isChannel, messageLimit, orderOf, type ChannelName, type ParsedRequestOf, type RecordedAct, type RequestOf, type ResponseOf } from './map.ts';
export { fromDeskSchema, openMessageSchema, toDeskSchema, type FromDesk, type OpenMessage, type ToDesk } from './port.ts';
export {
  calendarMoveSchema, codesViewSchema, dayCloseViewSchema, dayViewSchema, deskEventSchema, dossierFormSchema, dossierLineSchema, dossierViewSchema, duePreviewSchema, dutyLineSchema, enrolViewSchema,
  historyLineSchema, personSchema, placeViewSchema, scanResultSchema, sessionViewSchema, syncViewSchema,
  type DayCloseView, type CodesView, type ForecastCount, type DeskEvent, type DossierForm, type DossierLine, type DossierView, type DutyLine, type EnrolView, type HistoryLine, type Person, type PlaceView, type ScanResult,
  type SessionView, type SyncView,
} from './views.ts';
