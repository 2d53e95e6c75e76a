export { attachmentLimits, mediaHead, mediaTypeOf, mediaTypeSchema, type MediaType } from './media.ts';
export { nextPiece } from './pace.ts';
