export { ensureLease, numbersForLeases, numbersInLease } from './lease.ts';
export { codesFor, codesInAnswer, mapProvisionalCodes, noteProvisionalCodes, type CodesAnswer } from './mapping.ts';
export { CatalogueRefused, checkPublication, latestCatalogue, publishCatalogue, textWithoutPins, type PublishPorts } from './publish.ts';
export { sampleAgency, sampleCatalogue, sampleText } from './sample.ts';
export { catalogueFor, siblingsFor, type DeskCatalogue } from './view.ts';
export { catalogueOfWorkbook, workbookOf, type WorkbookOutcome, type WorkbookProblem } from './workbook/index.ts';
