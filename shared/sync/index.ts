export { announcementLimit, announcementSchema, readAnnouncement, writeAnnouncement, type Announcement } from './announcement.ts';
export { backoff, backoffBounds } from './backoff.ts';
export { readBatch, writeBatch, type CarriedEntry, type ReadBatch } from './batch.ts';
export {
  bundleHeaderSchema, bundleKeyBytes, bundleLimits, openBundle, parseBundle, writeBundle, type BundleFile, type BundleHeader,
} from './bundle.ts';
export { bundleReceiptSchema, readReceipt, receiptBytes, receiptLimit, writeReceipt, type BundleReceipt, type LogReceipt } from './bundle-receipt.ts';
export { jsonLine } from './json-line.ts';
export { pageBytes, readPage, writePage, type ReadPage, type SetAside } from './page.ts';
export { heardFault, laterForm, readProblem } from './problem.ts';
export {
  claimedSignature, contentDigest, coveredComponents, signatureBase, signatureTag, signRequest, verifyRequest,
  type Component, type SignatureClaim, type SignatureHeaders, type SignedRequest,
} from './signature.ts';
export {
  anchorRequestSchema, anchorResponseSchema, announcedKeySchema, batchHeaderSchema, batchLimits, batchResponseSchema, catalogueResponseSchema, dossiersResponseSchema,
  enrolRequestSchema, enrolResponseSchema, headResponseSchema, laterVersion, nonceHeader, pageHeaderSchema, pageLimits, pageSignatureSchema, problemSchema, protocolVersion, publicKeySchema, signatureSchema, transferredSchema,
  type AnnouncedKey, type BatchHeader, type BatchResponse, type CatalogueResponse, type EnrolRequest, type EnrolResponse, type PageHeader, type Problem,
} from './wire.ts';
