export { acceptBatch, type Intake, type IntakePorts, type Refusal } from './accept.ts';
export { batchText } from './inflate.ts';
