export { heritageOf, type Heritage } from './heritage.ts';
export { dossierPage, dossiersWithCode, feedPage, ownLogPage, type PageContent, type SharingPorts } from './pages.ts';
