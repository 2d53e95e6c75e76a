export { hasher, privateKeyFrom, publicKeyOf, random, rawPublicKey, signerOf, verifier } from './crypto.ts';
export { agreementOf, cipher } from './agreement.ts';
export { openKeys, type CentreKeys } from './folder.ts';
export { makeVerifier, matchesVerifier } from './secret.ts';
