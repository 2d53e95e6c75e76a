import { basename } from 'node:path';
import { DomainError } from '#shared/errors/index.ts';
import { exportLimits, type ExportHeader, type Flaw } from '#shared/export/index.ts';
import type { Hasher, Verifier } from '#shared/ports.ts';
import { judgeProvince, type JudgedProvince } from '../judge/index.ts';
import { Beside } from './beside.ts';
import { ExportCheck, type Checked } from './check.ts';
import { DamagedFile, LineTooLong, wholeLines } from './read-lines.ts';
import { PartsReader } from './read-parts.ts';
import { SignatureChecks } from './signatures.ts';
import { Stopped } from './stopped.ts';
import { verdictsInShort, type VerdictsInShort } from './verdicts.ts';

export interface VerifyPorts {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
}

export interface VerifyOptions {
  /** The centre's public key the auditor knows from elsewhere, base64url; or its fingerprint, the first 16 digits or all of its SHA-256. */
  readonly key?: string | undefined;
  /** Judge as of then; without it, as of the time in the file. */
  readonly now?: number | undefined;
  /** Check bodies and the file's hash in the order of the file, on this thread: what the quicker way is held to, and what it leads to wherever anything is wrong with them. */
  readonly inOrder?: boolean | undefined;
}

/** What was found. */
export interface Verification {
  readonly intact: boolean;
  /** In the order in which they stand in the file; those about the file as a whole last. */
  readonly flaws: readonly Flaw[];
  readonly moreFlaws: number;
  readonly about: ExportHeader;
  readonly checked: Checked;
  /** The verdicts, where the file hangs together so far that they can be recomputed. */
  readonly verdicts: VerdictsInShort | undefined;
  readonly judged: JudgedProvince | undefined;
}

/**
 * Verifies an exported file with nothing but itself. Throws `DomainError`: `export.unreadable`, `export.newer-version`, `export.no-file`.
 */
export async function verifyExport(file: string, ports: VerifyPorts, options: VerifyOptions = {}): Promise<Verification> {
  const quick = options.inOrder ? undefined : await verifyOnce(file, ports, options, new Beside());
  return quick ?? inOrder(await verifyOnce(file, ports, options, undefined));
}

function inOrder(found: Verification | undefined): Verification {
  if (!found) throw new Error('a file that is read in its order tells what is in it');
  return found;
}

/** Undefined where the other thread saw something that is not surely right. */
async function verifyOnce(file: string, ports: VerifyPorts, options: VerifyOptions, beside: Beside | undefined): Promise<Verification | undefined> {
  const signatures = new SignatureChecks(ports.verifier);
  try {
    return await verifyWith(signatures, beside, file, ports, options);
  } finally {
    await Promise.all([signatures.close(), beside?.close()]);
  }
}

async function verifyWith(signatures: SignatureChecks, beside: Beside | undefined, file: string, ports: VerifyPorts, { key, now }: VerifyOptions): Promise<Verification | undefined> {
  const check = new ExportCheck(ports, signatures);
  const reader = new PartsReader(check, ports.hasher, beside);
  const end = await readThrough(file, check, reader, beside);
  const { about, word, saidVerdicts } = check;
  if (!about) throw new DomainError('export.unreadable');
  if (end) check.flaws.push(end);
  if (key !== undefined && !about.centre.keys.every((one) => names(key, one, ports.hasher))) check.flaws.unshift({ code: 'file.other-key', line: 1 });
  const judge = (): JudgedProvince => judgeProvince(check.data, now ?? about.now, { centreKeys: about.centre.keys, verifier: signatures.verifier });
  const canJudge = !end && word.readable;
  // Judged while the signatures are still being checked; where one was bad, once more without it.
  const first = canJudge ? judge() : undefined;
  if (beside) {
    const { sure, fit, sha256 } = await beside.settle();
    if (!sure || reader.undecided || (reader.saidHash ?? sha256) !== sha256) return undefined;
    check.checked.bodies += fit;
  }
  const judged = (await signatures.settle()) || !canJudge ? first : judge();
  const verdicts = judged && verdictsInShort(judged);
  if (verdicts && saidVerdicts && verdicts.now === about.now && (saidVerdicts.sha256 !== verdicts.sha256 || saidVerdicts.count !== verdicts.count)) {
    check.flaw('verdicts.differ', saidVerdicts.line, { params: { other: about.software } });
  }
  const flaws = check.flaws.sort((a, b) => (a.line === 0 ? Infinity : a.line) - (b.line === 0 ? Infinity : b.line) || 0);
  return { intact: flaws.length === 0, flaws, moreFlaws: check.moreFlaws, about, checked: check.checked, verdicts, judged };
}

/** Reads a file to its end, or to where it does not hang together any more. */
async function readThrough(file: string, check: ExportCheck, reader: PartsReader, beside: Beside | undefined): Promise<Flaw | undefined> {
  try {
    for await (const piece of wholeLines(file, exportLimits.catalogue)) {
      reader.take(piece);
      await beside?.room();
    }
    reader.close();
    return undefined;
  } catch (error) {
    if (error instanceof Stopped) return error.flaw;
    if (error instanceof DamagedFile || error instanceof LineTooLong) {
      if (!check.about) throw new DomainError('export.unreadable', {}, error);
      const code = error instanceof LineTooLong ? 'file.line-too-long' : error.cut ? 'file.ends-early' : 'file.damaged';
      return reader.flaw(code).flaw;
    }
    const reason = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (/^E[A-Z]+$/.test(reason)) throw new DomainError('export.no-file', { file: basename(file), reason }, error);
    throw error;
  }
}

/** Fingerprint of a key: the first 16 digits of the hash of its raw bytes. */
export function keyFingerprint(publicKey: string, hasher: Hasher): string {
  return hasher.sha256(Buffer.from(publicKey, 'base64url')).slice(0, 16);
}

function names(given: string, publicKey: string, hasher: Hasher): boolean {
  const digits = given.replace(/[\s:-]/g, '').toLowerCase();
  return given === publicKey || (/^[0-9a-f]{16,64}$/.test(digits) && hasher.sha256(Buffer.from(publicKey, 'base64url')).startsWith(digits));
}
