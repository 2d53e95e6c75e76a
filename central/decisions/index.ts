export { decisionReader, type DecisionReader } from './read.ts';
export { decisionRecords, type DecisionRecords } from './record.ts';
