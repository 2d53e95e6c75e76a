import { generateKeyPairSync, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyAgreement, Signer } from '#shared/ports.ts';
import { bundleKeyBytes, type AnnouncedKey } from '#shared/sync/index.ts';
import { agreementOf } from './agreement.ts';
import { privateKeyFrom, random, rawPublicKey, signerOf } from './crypto.ts';

/** The keys of the centre. */
export interface CentreKeys {
  /** Signs anchors and the heads of the centre's own log (Ed25519). */
  readonly signer: Signer;
  /** Raw X25519 public key to which desks wrap their database key for recovery, base64url. */
  readonly recoveryKey: string;
  /** The X25519 private key; only the recovery of a desk uses it. */
  readonly recovery: KeyObject;
  /** Opens the bundles that desks send by USB (X25519). */
  readonly bundle: KeyAgreement;
  /** Its public key, signed, as desks are told of it. */
  readonly bundleKey: AnnouncedKey;
  /** The secret from which the keys of digitised papers are derived, 32 bytes. */
  readonly attachments: Uint8Array;
}

/** Reads the keys in the folder, or makes them at the first start. Files are readable by the owner alone. */
export function openKeys(folder: string): CentreKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const signing = keyFile(join(folder, 'centre.key.pem'), () => generateKeyPairSync('ed25519').privateKey);
  const recovery = keyFile(join(folder, 'recovery.key.pem'), () => generateKeyPairSync('x25519').privateKey);
  const bundle = agreementOf(keyFile(join(folder, 'bundle.key.pem'), () => generateKeyPairSync('x25519').privateKey));
  const signer = signerOf(signing);
  const bundleKey = { key: bundle.publicKey, signature: signer.sign(bundleKeyBytes(bundle.publicKey)) };
  const attachments = secretOf(recovery);
  return { signer, recoveryKey: rawPublicKey(recovery), recovery, bundle, bundleKey, attachments };
}

/** A secret of its own out of a private key, so that there is no further key to copy and to lose. */
function secretOf(key: KeyObject): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key.export({ format: 'der', type: 'pkcs8' }), new Uint8Array(), 'quay centre attachments 1', 32));
}

function keyFile(file: string, make: () => KeyObject): KeyObject {
  if (!existsSync(file)) {
    const draft = `${file}.${Buffer.from(random.bytes(6)).toString('hex')}`;
    const handle = openSync(draft, 'wx', 0o600);
    writeSync(handle, make().export({ format: 'pem', type: 'pkcs8' }).toString());
    fsyncSync(handle);
    closeSync(handle);
    // A link fails where the file is there already, so that of two programs starting at once only one makes the key.
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
    unlinkSync(draft);
  }
  return privateKeyFrom(readFileSync(file, 'utf8'));
}
