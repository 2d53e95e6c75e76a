export { centreAttachmentFiles, type CentreAttachmentFiles, type CentreAttachmentOptions, type ContentName } from './files.ts';
export { recordedAttachments, type RecordedAttachment } from './recorded.ts';
export { openUploads, WrongContent, type UploadRequest, type Uploads } from './uploads.ts';
