export { attachFile } from './attach.ts';
export { openAttachmentKeeper, type AttachmentKeeper } from './keeper.ts';
export { contentOf } from './show.ts';
export { fetchPiece } from './fetch-piece.ts';
export { openUploading, type Uploading } from './uploading.ts';
export { attachmentLines } from './lines.ts';
