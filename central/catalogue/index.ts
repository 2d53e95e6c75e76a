export { ensureLease, numbersInLease } from './lease.ts';
export { latestCatalogue, publishCatalogue } from './publish.ts';
export { sampleAgency, sampleCatalogue, sampleText } from './sample.ts';
export { catalogueFor, type DeskCatalogue } from './view.ts';
