export { backoff, backoffBounds } from './backoff.ts';
export { readBatch, writeBatch, type CarriedEntry, type ReadBatch } from './batch.ts';
export {
  claimedSignature, contentDigest, coveredComponents, signatureBase, signatureTag, signRequest, verifyRequest,
  type Component, type SignatureClaim, type SignatureHeaders, type SignedRequest,
} from './signature.ts';
export {
  anchorRequestSchema, anchorResponseSchema, batchHeaderSchema, batchLimits, batchResponseSchema, catalogueResponseSchema, enrolRequestSchema,
  enrolResponseSchema, headResponseSchema, nonceHeader, problemSchema, protocolVersion, publicKeySchema, signatureSchema,
  type BatchHeader, type BatchResponse, type EnrolRequest, type EnrolResponse, type Problem,
} from './wire.ts';
