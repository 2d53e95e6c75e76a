export { frameLimit, growSealedFile, readSealedFile, SealedFileDamaged, type GrowingFile, type OpenFile, type SealedFile, type SealingOptions } from './sealed-file.ts';
export { openStream, sealStream } from './sealed-stream.ts';
