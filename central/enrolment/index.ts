export { codeLifetime, makeCode } from './codes.ts';
export { enrol, fingerprint, setState, type EnrolmentPorts } from './enrol.ts';
export { agencyWanted, orderTransfer } from './transfer.ts';
