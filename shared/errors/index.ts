export { codes, type ErrorCode } from './codes.ts';
export { DomainError, fail, fault, isFault, ok, sentence, type Fault, type Outcome } from './fault.ts';
export { faultSchema, outcomeSchema } from './schema.ts';
