export { portalDate, portalDossier, type PortalSource } from './dossier.ts';
export { portalDossierSchema, portalMessageSchema, portalProgressSchema, type PortalDossier, type PortalMessage, type PortalProgress } from './messages.ts';
export { portalProgress } from './progress.ts';
