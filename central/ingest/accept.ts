import { fail, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import { logKinds, logOpenedSchema, noHash, type Entry, type Head } from '#shared/log/index.ts';
import type { Hasher, Verifier } from '#shared/ports.ts';
import { readBatch, type BatchResponse, type CarriedEntry, type ReadBatch } from '#shared/sync/index.ts';
import { mapProvisionalCodes, noteProvisionalCodes } from '../catalogue/index.ts';
import { withoutErased } from '../erasure/index.ts';
import { centreKinds, orderFollowed, type CentreReceipt, type OwnLog } from '../ledger/index.ts';
import type { CentreStore, CentreWriter, HeldLog, Installation, NewEntry } from '../store/index.ts';
import type { CentreReading, CentreTime } from '../time/index.ts';
import { entryFits } from './fits.ts';
import { placeOf, type Place } from './place.ts';

export interface IntakePorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
}

/** A refusal, with the seq to send from where that is the remedy, and with what is kept where the log has another branch. */
export interface Refusal {
  readonly fault: Fault;
  readonly need?: number;
  /** Read back after the commit, like an acknowledgement. */
  readonly kept?: BatchResponse['ack'];
}

/** `fresh`: how many entries were new. */
export type Intake = { readonly fresh: number } & ({ readonly ok: true; readonly answer: Omit<BatchResponse, 'pace'> } | { readonly ok: false; readonly refusal: Refusal });

/**
 * Takes a batch (lô) of an approved installation in. One transaction holds the entries, the signed head and the receipt
 * in the centre's own log; the acknowledgement is read back after it. What is held already with the same hash is skipped and
 * answered as the first time. Refusals: `log.gap` with `need`; `log.fork` with what is `kept` of the other branch by now; `log.unknown`,
 * `log.bad-chain`, `log.bad-signature`, `log.malformed-entry`, `log.foreign-agency`, `message.malformed`, nothing kept. `bundle` names the file that
 * brought it, where it did not come over the network; the receipt says so.
 */
export async function acceptBatch(ports: IntakePorts, installation: Installation, log: string, text: string, bundle?: string): Promise<Intake> {
  const read = readBatch(text, installation.publicKey, ports.hasher, ports.verifier);
  if (!read.ok) return refuse(read.fault);
  const batch = read.value;
  if (batch.header.log !== log) return refuse({ code: 'message.malformed', params: { where: 'batch.log' } });
  if (batch.header.first === 1 && batch.header.prevHash !== noHash) return refuse({ code: 'log.bad-chain', params: { seq: 1 } });
  // A log is one agency's; which that may be is looked at with the log.
  const agency = batch.carried[0]?.entry.header.agency;
  const foreign = batch.carried.find(({ entry }) => entry.header.agency !== agency);
  if (foreign) return refuse({ code: 'log.foreign-agency', params: { seq: foreign.entry.header.seq } });

  const taken = await ports.store.grouped((writer) => take(ports, writer, installation, batch, bundle === undefined ? {} : { bundle }));
  const { fresh } = taken;
  if (!taken.ok) return { ok: false, fresh, refusal: taken.keptAt ? { ...taken.refusal, kept: await keptAfterAll(ports.store, taken.keptAt) } : taken.refusal };

  // What is acknowledged is what can be read after the commit, not what was meant to be written.
  const { first, last } = batch.header;
  const hash = await ports.store.hashAt(log, last);
  if (hash === undefined) throw new Error('a committed batch cannot be read back');
  const marked = await ports.store.marked(log, first, last);
  return { ok: true, fresh, answer: { ack: { seq: last, hash }, ...(marked.length > 0 ? { marked: [...marked] } : {}) } };
}

async function keptAfterAll(store: CentreStore, head: Head): Promise<NonNullable<Refusal['kept']>> {
  if (!(await store.branchHolding(head))) throw new Error('a branch just kept cannot be read back');
  return { seq: head.seq, hash: head.hash };
}

/** `keptAt`: refused as the log it says it is, and kept as a branch of it up to there. */
type Taken = { readonly fresh: number } & ({ readonly ok: true } | { readonly ok: false; readonly refusal: Refusal; readonly keptAt?: Head });

/** How a batch came, as its receipt names it. */
type Carriage = Pick<CentreReceipt, 'bundle'>;

async function take(ports: IntakePorts, writer: CentreWriter, installation: Installation, batch: ReadBatch, carriage: Carriage): Promise<Taken> {
  const held = await heldOrOpened(ports, writer, installation, batch);
  if (!held.ok) return { ok: false, fresh: 0, refusal: { fault: held.fault } };
  const { log, head } = held.value;
  const place = await placeOf(writer, held.value, batch);
  if (place.kind === 'gap') return { ok: false, fresh: 0, refusal: { fault: { code: 'log.gap', params: { seq: batch.header.first, need: place.need } }, need: place.need } };
  if (place.kind !== 'main') return keepBranch(ports, writer, held.value, batch, place, carriage);
  if (place.fresh.length === 0) return { ok: true, fresh: 0 };

  const { last, headHash, headSig } = batch.header;
  const reading = ports.time.read();
  await writer.append(await withoutErased(writer, checked(batch, place.fresh)), reading.now, reading.rho);
  await writer.setSignedHead({ log, seq: last, hash: headHash, signature: headSig });
  const facts = { log, first: head.seq + 1, seq: last, hash: headHash, at: reading.now, rho: reading.rho ?? null, ...carriage };
  await ports.own.append(writer, reading, [{ kind: centreKinds.receipt, facts }]);
  await mapCodes(ports, writer, held.value, place.fresh, reading);
  return { ok: true, fresh: place.fresh.length };
}

/**
 * The log as held; or, for the first batch of a further log of this installation (opened after a restore, a recovery, a fork or a transfer),
 * the log newly registered. Its first entry must say so, and be of its parent's agency, or of one that the installation serves or was ordered to.
 */
async function heldOrOpened(ports: IntakePorts, writer: CentreWriter, installation: Installation, batch: ReadBatch): Promise<Outcome<HeldLog>> {
  const { log, first } = batch.header;
  const held = await writer.findLog(log);
  const opening = batch.carried[0]?.entry;
  if (held && held.installation !== installation.id) return fail('log.unknown');
  if (held) return held.agency === opening?.header.agency ? ok(held) : fail('log.foreign-agency', { seq: first });

  const parent = first === 1 && opening ? await parentOf(writer, installation, opening) : undefined;
  if (parent === undefined || !opening) return fail('log.unknown');
  const { agency } = opening.header;
  const orders = await writer.transferOrders(installation.id);
  if (agency !== parent.agency && agency !== installation.agency && !orders.some((order) => order.agency === agency)) return fail('log.foreign-agency', { seq: 1 });
  const reading = ports.time.read();
  await writer.addLog({ log, installation: installation.id, agency, publicKey: installation.publicKey, parent: parent.log, openedAt: reading.now });
  await writer.setInstallationLog(installation.id, log);
  // With its first log there it has gone.
  const followed = orderFollowed(orders, { agency, before: parent.agency, served: installation.agency });
  if (followed) await writer.setInstallationAgency(installation.id, agency, followed.desk);
  const facts = { installation: installation.id, log, parent: parent.log, agency, at: reading.now, rho: reading.rho ?? null };
  await ports.own.append(writer, reading, [{ kind: centreKinds.logOpened, facts }]);
  const opened = await writer.findLog(log);
  return opened ? ok(opened) : fail('log.unknown');
}

/** The log that an opening entry continues, if that log is the same installation's. */
async function parentOf(writer: CentreWriter, installation: Installation, { header }: Entry): Promise<HeldLog | undefined> {
  if (header.kind !== logKinds.opened) return undefined;
  const opened = logOpenedSchema.safeParse(header.facts);
  if (!opened.success || opened.data.installation !== installation.id || opened.data.publicKey !== installation.publicKey || !opened.data.parent) return undefined;
  const parent = await writer.findLog(opened.data.parent.log);
  return parent?.installation === installation.id ? parent : undefined;
}

/**
 * Keeps what is new of another branch, with its receipt, and says that it is not the main line. Both are kept whole: entries of either are
 * acts that clerks confirmed.
 */
async function keepBranch(ports: IntakePorts, writer: CentreWriter, held: HeldLog, batch: ReadBatch, place: Extract<Place, { kind: 'branch' | 'new-branch' }>, carriage: Carriage): Promise<Taken> {
  const { log, last, headHash, headSig } = batch.header;
  const leavesAt = place.kind === 'branch' ? place.branch.leavesAt : place.leavesAt;
  const forked: Taken = { ok: false, fresh: place.fresh.length, refusal: { fault: { code: 'log.fork', params: { seq: leavesAt } } }, keptAt: { log, seq: last, hash: headHash } };
  const first = place.fresh[0]?.entry;
  if (!first) return forked;
  const reading = ports.time.read();
  const { now } = reading;
  const dated = { at: now, rho: reading.rho ?? null };
  const branch = place.kind === 'branch' ? place.branch.branch : first.hash;
  const { seq } = first.header;
  if (place.kind === 'new-branch') {
    await writer.addBranch({ log, branch, first: seq, follows: first.header.prev, leavesAt, openedAt: now });
    await ports.own.append(writer, reading, [{ kind: centreKinds.forkSeen, facts: { log, seq, held: place.held, other: first.hash, ...dated } }]);
  }
  await writer.appendToBranch(branch, await withoutErased(writer, checked(batch, place.fresh)), { log, seq: last, hash: headHash, signature: headSig }, now, reading.rho);
  await ports.own.append(writer, reading, [{ kind: centreKinds.branchKept, facts: { log, branch, first: seq, seq: last, hash: headHash, ...dated, ...carriage } }]);
  await mapCodes(ports, writer, held, place.fresh, reading);
  return forked;
}

/** What is new of a batch, with what does not fit marked. */
function checked({ misfits }: ReadBatch, fresh: readonly CarriedEntry[]): NewEntry[] {
  const bad = new Set(misfits);
  return fresh.map((one) => ({ ...one, marked: bad.has(one.entry.header.seq) || !entryFits(one) }));
}

async function mapCodes({ own }: IntakePorts, writer: CentreWriter, { agency }: HeldLog, fresh: readonly CarriedEntry[], reading: CentreReading): Promise<void> {
  await noteProvisionalCodes(writer, fresh.map(({ entry }) => entry));
  if (agency !== undefined) await mapProvisionalCodes(writer, own, agency, reading);
}

function refuse(fault: Fault): Intake {
  return { ok: false, fresh: 0, refusal: { fault } };
}
