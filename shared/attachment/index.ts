export { attachmentLimits, mediaHead, mediaTypeOf, mediaTypeSchema, type MediaType } from './media.ts';
export { nextPiece } from './pace.ts';
export { frameLimit, openSealedFile, SealedFileDamaged, type OpenFile, type SealedFile, type SealedFileOptions } from './sealed-file.ts';
