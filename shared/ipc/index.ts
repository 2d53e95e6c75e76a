export type { DeskBridge } from './bridge.ts';
export { channels, isChannel, messageLimit, type ChannelName, type ParsedRequestOf, type RequestOf, type ResponseOf } from './map.ts';
export { fromDeskSchema, openMessageSchema, toDeskSchema, type FromDesk, type OpenMessage, type ToDesk } from './port.ts';
export {
  codesViewSchema, dayViewSchema, deskEventSchema, dossierLineSchema, dossierViewSchema, duePreviewSchema, enrolViewSchema, personSchema, scanResultSchema, sessionViewSchema, syncViewSchema,
  type CodesView, type DeskEvent, type DossierLine, type DossierView, type EnrolView, type Person, type ScanResult, type SessionView, type SyncView,
} from './views.ts';
