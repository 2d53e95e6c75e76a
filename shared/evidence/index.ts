export { anchorBytes, anchorSchema, openAnchor, signAnchor, signedAnchorSchema, type Anchor, type SignedAnchor } from './anchor.ts';
