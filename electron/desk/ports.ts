import type { Cipher, Clock, Hasher, KeyAgreement, Random, Signer, Verifier } from '#shared/ports.ts';
import type { Pins, Transport } from './sync/transport.ts';

/** Calls back later. */
export interface Timers {
  /** Calls back once after `delay` milliseconds, unless the returned function is called before. */
  after(delay: number, callback: () => void): () => void;
}

/** Makes and loads the installation's Ed25519 key. */
export interface Keys {
  /** A fresh private key, as text that only the encrypted store ever holds. */
  generate(): string;
  /** The signer of a stored private key. */
  signer(privateKey: string): Signer;
}

/** Looks at the network around the desk. */
export interface Probes {
  /** A text that changes when a network interface comes or goes. */
  interfaces(): string;
  /** What answers near the desk when the centre does not: its own gateway, and name resolution. */
  around(host: string): Promise<{ readonly gateway: 'answered' | 'silent' | 'unknown'; readonly names: 'answered' | 'silent' | 'unknown' }>;
}

/** Opens the office's own network: what is said there reaches the desks around, whoever they are, and perhaps the speaker. */
export type Neighbourhood = (heard: (bytes: Uint8Array) => void) => { say(bytes: Uint8Array): void; close(): void };

/** Everything the desk process needs from outside, so that tests run it whole in their own process. */
export interface DeskPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  readonly keys: Keys;
  /** Seals what is carried by USB: each bundle has a key agreement of its own. */
  readonly sealing: { readonly ephemeral: () => KeyAgreement; readonly cipher: Cipher };
  /** Opens the way to a centre. `pins` are the keys a TLS connection may hold. */
  readonly transport: (url: string, pins: () => Pins) => Transport;
  readonly timers: Timers;
  /**
   * How many times more seldom than usual the desk looks at its line, its clocks and what others recorded; 1 unless a simulation of
   * months says otherwise. Anchors and what is to be sent keep their rhythm.
   */
  readonly leisure?: number;
  readonly probes: Probes;
  /** Missing where a desk has no office around it. */
  readonly neighbourhood?: Neighbourhood;
  /** Whether monotonic time stands still while this machine sleeps (Linux); elsewhere a silent sampler tells. */
  readonly suspendsShow: boolean;
  /** Free bytes of the disk with a folder; the system's word where it is left out. */
  readonly freeSpace?: (folder: string) => Promise<number>;
  /** Keeps a copy of the database's key that only the province's recovery key (raw X25519, base64url) can open. */
  readonly keepForRecovery: (recoveryKey: string) => Promise<void>;
  /** Where a line about an unforeseen error goes; never personal data. */
  readonly report: (line: string) => void;
}
