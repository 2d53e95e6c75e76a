export { hasher, privateKeyFrom, random, rawPublicKey, signerOf, verifier } from './crypto.ts';
