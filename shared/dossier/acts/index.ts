export * from './attachment.ts';
export * from './correction.ts';
export * from './erasure.ts';
export * from './reception.ts';
export * from './result.ts';
export * from './term.ts';
export { apologyLimitSchema, noteSchema, placeSchema, timeSourceSchema, type Place, type TimeSource } from './time.ts';
export * from './transfer.ts';
