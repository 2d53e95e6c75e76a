import { fail, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import type { Cipher, KeyAgreement, Signer } from '#shared/ports.ts';
import { openBundle, parseBundle, writeReceipt, type BundleHeader, type LogReceipt } from '#shared/sync/index.ts';
import { fingerprint } from '../enrolment/index.ts';
import { acceptBatch, batchText, type IntakePorts } from '../ingest/index.ts';
import type { Installation } from '../store/index.ts';
import { checkOrder } from './order.ts';

export interface BundlePorts extends IntakePorts {
  readonly cipher: Cipher;
  /** Opens bundles. */
  readonly agreement: KeyAgreement;
  /** Signs receipts. */
  readonly signer: Signer;
}

/** What became of a bundle. */
export interface TakenBundle {
  /** The receipt's file, for the way back. */
  readonly receipt: string;
  readonly installation: Installation;
  readonly writtenAt: number;
  /** Entries it brought, and how many of them were new here. */
  readonly entries: number;
  readonly fresh: number;
  readonly logs: readonly LogReceipt[];
}

/**
 * Takes a bundle (gói dữ liệu) in. It is checked whole first: signature, encryption, that its batches are those its first line names, in
 * their order and within the limits; with anything wrong nothing is taken. Then each batch goes the way it would have gone over the network, so
 * what came before changes nothing. A log whose batch is refused stops there, and stops no other. Its receipts in the centre's own log name the
 * file: what was carried was not heard over the line. Errors: those of `parseBundle` and `openBundle`, `enrol.unknown-installation`, `enrol.pending`,
 * `enrol.revoked`.
 */
export async function takeBundle(ports: BundlePorts, bytes: Uint8Array): Promise<Outcome<TakenBundle>> {
  const file = parseBundle(bytes, ports.hasher);
  if (!file.ok) return file;
  const { header, name } = file.value;
  const installation = await ports.store.findInstallation({ id: header.installation });
  if (!installation) return fail('enrol.unknown-installation', { installation: header.installation });
  const batches = openBundle(file.value, installation.publicKey, ports);
  if (!batches.ok) return batches;
  if (installation.state === 'revoked') return fail('enrol.revoked');
  if (installation.state === 'pending') return fail('enrol.pending', { fingerprint: fingerprint(installation.keyId) });
  const places = await checkOrder(header, batches.value);
  if (!places.ok) return places;

  const logs = new Map<string, LogReceipt>(header.logs.map(({ log }) => [log, { log }]));
  let fresh = 0;
  for (const [index, batch] of batches.value.entries()) {
    const log = places.value[index] ?? '';
    const before = logs.get(log) ?? { log };
    if (before.fault) continue;
    const text = await batchText(batch);
    if (!text.ok) return text;
    const intake = await acceptBatch(ports, installation, log, text.value, name);
    fresh += intake.fresh;
    if (intake.ok) {
      const { ack, marked = [] } = intake.answer;
      const all = [...(before.marked ?? []), ...marked];
      logs.set(log, { ...before, ack, ...(all.length > 0 ? { marked: all } : {}) });
      continue;
    }
    const { fault, need, kept } = intake.refusal;
    // A branch is kept to its end, like over the network.
    if (kept) logs.set(log, { ...before, kept: { ...kept, leavesAt: placeOfFork(fault, kept.seq) } });
    else logs.set(log, { ...before, fault, ...(need === undefined ? {} : { need }) });
  }
  return ok({ ...answer(ports, header, name, [...logs.values()]), installation, writtenAt: header.writtenAt, entries: header.entries, fresh });
}

function placeOfFork({ params }: Fault, otherwise: number): number {
  return Number(params['seq'] ?? otherwise);
}

function answer({ time, hasher, signer }: BundlePorts, { installation }: BundleHeader, bundle: string, logs: readonly LogReceipt[]): Pick<TakenBundle, 'receipt' | 'logs'> {
  const { now, rho } = time.read();
  return { receipt: writeReceipt({ installation, bundle, at: now, rho: rho ?? null, logs: [...logs] }, hasher, signer), logs };
}
