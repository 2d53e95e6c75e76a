import { fail, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import { logKinds, logOpenedSchema, noHash, type Entry } from '#shared/log/index.ts';
import type { Hasher, Verifier } from '#shared/ports.ts';
import { readBatch, type BatchResponse, type CarriedEntry, type ReadBatch } from '#shared/sync/index.ts';
import { mapProvisionalCodes, noteProvisionalCodes } from '../catalogue/index.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import type { CentreStore, CentreWriter, HeldLog, Installation } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';
import { entryFits } from './fits.ts';

export interface IntakePorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
}

/** A refusal, with the seq to send from where that is the remedy. */
export interface Refusal {
  readonly fault: Fault;
  readonly need?: number;
}

export type Intake = { readonly ok: true; readonly answer: Omit<BatchResponse, 'pace'> } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Takes a batch (lô) of an approved installation in. One transaction holds the entries, the signed head and the receipt
 * in the centre's own log; the acknowledgement is read back after it. What is held already with the same hash is skipped and
 * answered as the first time. Refusals: `log.gap` with `need`; `log.fork`, both branches kept; `log.unknown`,
 * `log.bad-chain`, `log.bad-signature`, `log.malformed-entry`, `log.foreign-agency`, `message.malformed`, nothing kept.
 */
export async function acceptBatch(ports: IntakePorts, installation: Installation, log: string, text: string): Promise<Intake> {
  const read = readBatch(text, installation.publicKey, ports.hasher, ports.verifier);
  if (!read.ok) return refuse(read.fault);
  const batch = read.value;
  if (batch.header.log !== log) return refuse({ code: 'message.malformed', params: { where: 'batch.log' } });
  if (batch.header.first === 1 && batch.header.prevHash !== noHash) return refuse({ code: 'log.bad-chain', params: { seq: 1 } });
  const foreign = batch.carried.find(({ entry }) => entry.header.agency !== installation.agency);
  if (foreign) return refuse({ code: 'log.foreign-agency', params: { seq: foreign.entry.header.seq } });

  const taken = await ports.store.transaction((writer) => take(ports, writer, installation, batch));
  if (!taken.ok) return { ok: false, refusal: taken.refusal };

  // What is acknowledged is what can be read after the commit, not what was meant to be written.
  const { first, last } = batch.header;
  const hash = await ports.store.hashAt(log, last);
  if (hash === undefined) throw new Error('a committed batch cannot be read back');
  const marked = await ports.store.marked(log, first, last);
  return { ok: true, answer: { ack: { seq: last, hash }, ...(marked.length > 0 ? { marked: [...marked] } : {}) } };
}

type Taken = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

async function take(ports: IntakePorts, writer: CentreWriter, installation: Installation, batch: ReadBatch): Promise<Taken> {
  const held = await heldOrOpened(ports, writer, installation, batch);
  if (!held.ok) return { ok: false, refusal: { fault: held.fault } };
  const { log, head } = held.value;
  const { first, last, headHash, headSig } = batch.header;
  if (first > head.seq + 1) return { ok: false, refusal: { fault: { code: 'log.gap', params: { seq: first, need: head.seq + 1 } }, need: head.seq + 1 } };

  const branch = await branchPoint(writer, batch, head.seq, head.hash);
  if (branch) return keepBranch(ports, writer, batch, branch);

  const fresh = batch.carried.filter(({ entry }) => entry.header.seq > head.seq);
  if (fresh.length === 0) return { ok: true };
  const reading = ports.time.read();
  const misfits = new Set(batch.misfits);
  await writer.append(fresh.map((one) => ({ ...one, marked: misfits.has(one.entry.header.seq) || !entryFits(one) })), reading.now, reading.rho);
  await writer.setSignedHead({ log, seq: last, hash: headHash, signature: headSig });
  const facts = { log, first: head.seq + 1, seq: last, hash: headHash, at: reading.now, rho: reading.rho ?? null };
  await ports.own.append(writer, reading, [{ kind: centreKinds.receipt, facts }]);
  await noteProvisionalCodes(writer, fresh.map(({ entry }) => entry));
  await mapProvisionalCodes(writer, ports.own, installation.agency, reading);
  return { ok: true };
}

/**
 * The log as held; or, for the first batch of a further log of this installation (opened after a restore, a recovery or a
 * fork), the log newly registered. Its first entry must say so.
 */
async function heldOrOpened(ports: IntakePorts, writer: CentreWriter, installation: Installation, batch: ReadBatch): Promise<Outcome<HeldLog>> {
  const { log, first } = batch.header;
  const held = await writer.findLog(log);
  if (held) return held.installation === installation.id ? ok(held) : fail('log.unknown');

  const opening = batch.carried[0]?.entry;
  const parent = first === 1 && opening ? await parentOf(writer, installation, opening) : undefined;
  if (parent === undefined) return fail('log.unknown');
  const reading = ports.time.read();
  await writer.addLog({ log, installation: installation.id, publicKey: installation.publicKey, parent, openedAt: reading.now });
  await writer.setInstallationLog(installation.id, log);
  const facts = { installation: installation.id, log, parent, at: reading.now, rho: reading.rho ?? null };
  await ports.own.append(writer, reading, [{ kind: centreKinds.logOpened, facts }]);
  const opened = await writer.findLog(log);
  return opened ? ok(opened) : fail('log.unknown');
}

/** The log that an opening entry continues, if that log is the same installation's. */
async function parentOf(writer: CentreWriter, installation: Installation, { header }: Entry): Promise<string | undefined> {
  if (header.kind !== logKinds.opened) return undefined;
  const opened = logOpenedSchema.safeParse(header.facts);
  if (!opened.success || opened.data.installation !== installation.id || opened.data.publicKey !== installation.publicKey || !opened.data.parent) return undefined;
  const parent = await writer.findLog(opened.data.parent.log);
  return parent?.installation === installation.id ? parent.log : undefined;
}

interface Branch {
  /** First place at which the two branches differ. */
  readonly seq: number;
  readonly held: string;
  readonly other: string;
}

/** Where a batch differs from what is held, if it does. */
async function branchPoint(writer: CentreWriter, { header, carried }: ReadBatch, headSeq: number, headHash: string): Promise<Branch | undefined> {
  if (header.first === headSeq + 1) {
    return header.prevHash === headHash ? undefined : { seq: headSeq, held: headHash, other: header.prevHash };
  }
  for (const { entry } of carried) {
    if (entry.header.seq > headSeq) return undefined;
    const held = await writer.hashAt(header.log, entry.header.seq);
    if (held !== undefined && held !== entry.hash) return { seq: entry.header.seq, held, other: entry.hash };
  }
  return undefined;
}

async function keepBranch(ports: IntakePorts, writer: CentreWriter, { header, carried }: ReadBatch, branch: Branch): Promise<Taken> {
  const reading = ports.time.read();
  let added = false;
  for (const one of carried.filter((each: CarriedEntry) => each.entry.header.seq >= branch.seq)) {
    const { entry, body } = one;
    const isNew = await writer.addFork({ log: header.log, seq: entry.header.seq, hash: entry.hash, text: entry.text, body, receivedAt: reading.now });
    added ||= isNew;
  }
  if (added) {
    const facts = { log: header.log, seq: Math.max(1, branch.seq), held: branch.held, other: branch.other, at: reading.now, rho: reading.rho ?? null };
    await ports.own.append(writer, reading, [{ kind: centreKinds.forkSeen, facts }]);
  }
  return { ok: false, refusal: { fault: { code: 'log.fork', params: { seq: branch.seq } } } };
}

function refuse(fault: Fault): Intake {
  return { ok: false, refusal: { fault } };
}
