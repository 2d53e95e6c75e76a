/**
 * The ports through which the outside reaches the pure core. `shared/` never asks the machine for the time, for
 * random bytes or for a hash: it is given one of these. Each has one real adapter and may have others in tests,
 * in the simulation and in the tour.
 */

/** One reading of all clocks of a machine, taken together. */
export interface ClockSample {
  /** Wall clock, milliseconds since 1970-01-01T00:00:00Z. Recorded and weighed, never trusted. */
  readonly wall: number;
  /** Time since the machine was switched on, milliseconds; runs on through a suspend where the system counts it so. */
  readonly uptime: number;
  /** Monotonic high-resolution time, milliseconds (fraction kept to 1 µs); stands still in a suspend on Linux. */
  readonly hrtime: number;
  /** Identity of the boot: equal exactly as long as the machine was not switched off in between. */
  readonly boot: string;
}

/** Reads the machine's clocks. */
export interface Clock {
  read(): ClockSample;
}

/** Source of unpredictable bytes. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** SHA-256 (FIPS 180-4). */
export interface Hasher {
  /** Lower-case hexadecimal digest, 64 characters. */
  sha256(bytes: Uint8Array): string;
}

/** Signs with one Ed25519 private key (RFC 8032). */
export interface Signer {
  /** Name of the key: the lower-case hexadecimal SHA-256 of its 32-byte raw public key. */
  readonly keyId: string;
  /** Raw public key, 32 bytes, base64url without padding. */
  readonly publicKey: string;
  /** Signature of 64 bytes, base64url without padding. */
  sign(bytes: Uint8Array): string;
}

/** Verifies Ed25519 signatures (RFC 8032). */
export interface Verifier {
  /** `publicKey` and `signature` in base64url; false for anything malformed, never throws. */
  verify(publicKey: string, bytes: Uint8Array, signature: string): boolean;
}

/** One side of a key agreement by X25519 (RFC 7748). */
export interface KeyAgreement {
  /** Raw public key, 32 bytes, base64url without padding. */
  readonly publicKey: string;
  /**
   * The 32 bytes that both sides come to: HKDF-SHA-256 (RFC 5869) over the shared secret. `peer` is the other side's raw public key in
   * base64url; undefined for one that is malformed or of low order, never throws.
   */
  agree(peer: string, salt: Uint8Array, info: Uint8Array): Uint8Array | undefined;
}

/** Authenticated encryption by AES-256-GCM (SP 800-38D). A nonce is used once under a key. */
export interface Cipher {
  /** Ciphertext and its 16-byte tag. `key` 32 bytes, `nonce` 12. */
  seal(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Uint8Array;
  /** Undefined where anything was changed. */
  open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}
