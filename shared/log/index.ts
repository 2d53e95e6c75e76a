export { canonicalBytes, canonicalText, isCanonical, NotCanonical, type Canonical } from './canonical.ts';
export { bodyFits, emptyHead, followChain, headBytes, headIsSigned, headSchema, parseEntry, signHead, type Head, type SignedHead } from './chain.ts';
export {
  base64url, clockReading, clockReadingSchema, entryHeaderSchema, entryLimit, entryVersion, makeEntry, noHash, seal, sealedBodySchema, sealHash,
  type ClockReading, type Entry, type EntryHeader, type ReadEntry, type SealedBody,
} from './entry.ts';
export { quickHeader } from './quick-header.ts';
export { readSealedBody } from './sealed-body.ts';
export { hashSchema, mintUuid, uuidSchema } from './ids.ts';
export { centreAgency, logKinds, anchorNotedSchema, logOpenedSchema, type LogOpened } from './kinds.ts';
