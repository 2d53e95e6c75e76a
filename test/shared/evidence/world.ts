import { generateKeyPairSync } from 'node:crypto';
import { hasher, signerOf, verifier } from '#central/keys/index.ts';
import { defaultSettings, type DueDate } from '#shared/deadline/index.ts';
import { dossierKinds, type HandedOver, type Received, type ResultReady } from '#shared/dossier/index.ts';
import { logEvidence, signAnchor, type LogEvidence, type LogRecord, type OutsideStretch, type Receipt, type SignedAnchor } from '#shared/evidence/index.ts';
import { clockReading, logKinds, makeEntry, mintUuid, noHash, type ClockReading, type Entry } from '#shared/log/index.ts';

/**
 * A small world with a true time: machines whose crystals drift and whose wall clocks are wrong, a centre whose clock is
 * off by less than its bound, and real entries and anchors. Tests ask whether the evidence contains the truth.
 */
export const centreKey = signerOf(generateKeyPairSync('ed25519').privateKey);
export const ports = { centreKeys: [centreKey.publicKey], verifier };

/** 24/11/2026 07:00 in Vietnam. */
export const morning = Date.UTC(2026, 10, 24, 0, 0, 0);
export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;
export const day = 24 * hour;

let minted = 0;
/** A new id; the same sequence in every run. */
export function newId(): string {
  minted += 1;
  return mintUuid(morning + minted, { bytes: (count) => Uint8Array.from({ length: count }, (_, index) => (minted * 31 + index * 17 + (minted >> 8)) & 0xff) });
}

/** An operator says that the line never worked: what the desk's clocks alone leave can be seen with it. */
export const lineDown: readonly OutsideStretch[] = [{ by: 'ticket', from: Date.UTC(2000, 0, 1), to: Date.UTC(2100, 0, 1) }];

export interface AnchorOptions {
  /** Milliseconds from request to signing, and from signing to the answer. */
  readonly there?: number;
  readonly back?: number;
  /** Error of the centre's clock; within rho. */
  readonly error?: number;
  readonly why?: string;
  /** Whether it is appended to the log. */
  readonly noted?: boolean;
}

export class Desk {
  readonly log = newId();
  readonly agency: string;
  readonly entries: Entry[] = [];
  readonly receipts: Receipt[] = [];
  /** True time of each entry, by hash. */
  readonly truth = new Map<string, number>();
  readonly rho: number;
  now: number;
  wallOffset: number;
  drift: number;
  private boot = 1;
  private bootedAt: number;
  /** True milliseconds in which uptime stood still (a paused virtual machine), and in which monotonic time did (a suspend). */
  private paused = 0;
  private asleep = 0;
  private number = 0;
  private nonce = 0;
  private bootAnchor: number | null = null;

  constructor(options: { now?: number; drift?: number; wallOffset?: number; rho?: number; agency?: string } = {}) {
    this.now = options.now ?? morning;
    this.drift = options.drift ?? 0;
    this.wallOffset = options.wallOffset ?? 0;
    this.rho = options.rho ?? 50;
    this.agency = options.agency ?? 'xa-mai-pha';
    this.bootedAt = this.now - 5 * minute;
  }

  /** True time per unit of uptime is 1 + drift. */
  get uptime(): number {
    return (this.now - this.bootedAt - this.paused) / (1 + this.drift);
  }

  reading(): ClockReading {
    const { uptime } = this;
    return clockReading({ wall: this.now + this.wallOffset, uptime, hrtime: uptime - this.asleep / (1 + this.drift), boot: `boot-${this.boot}` }, this.bootAnchor);
  }

  wait(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  /** The machine sleeps: uptime runs on, monotonic time does not. */
  suspend(milliseconds: number): this {
    this.asleep += milliseconds;
    return this.wait(milliseconds);
  }

  /** A virtual machine stands still: no clock of it moves but the world does. */
  pause(milliseconds: number): this {
    this.paused += milliseconds;
    this.wallOffset -= milliseconds;
    return this.wait(milliseconds);
  }

  reboot(offFor: number): this {
    this.wait(offFor);
    this.boot += 1;
    this.bootedAt = this.now - 20 * second;
    this.paused = 0;
    this.asleep = 0;
    this.bootAnchor = null;
    return this;
  }

  append(kind: string, facts: Record<string, unknown> = {}, about: { dossier?: string; after?: string[]; actor?: string } = {}): Entry {
    const last = this.entries.at(-1);
    const seq = this.entries.length + 1;
    const entry = makeEntry({
      v: 1, log: this.log, seq, prev: last?.hash ?? noHash, tick: seq, kind, agency: this.agency, act: newId(), actor: 'desk', clock: this.reading(), facts,
      ...about,
    }, hasher);
    this.entries.push(entry);
    this.truth.set(entry.hash, this.now);
    return entry;
  }

  /** Somebody, or NTP, puts the clock; the program notices and says so. */
  step(by: number, recorded = true): this {
    const before = this.reading();
    this.wallOffset += by;
    if (recorded) this.append(logKinds.clockStepped, { by: Math.round(by), before });
    return this;
  }

  /** A supervisor closes the day. */
  close(actor: string, date: string): Entry {
    const last = this.entries.at(-1);
    const head = { seq: last?.header.seq ?? 0, hash: last?.hash ?? noHash };
    const facts = { date, head, at: Math.round(this.now), timeSource: 'wall', received: 0, ready: 0, returned: 0, unsent: 1 };
    return this.append(logKinds.dayClosed, facts, { actor });
  }

  /** Asks the centre for an anchor; takes there + back of true time. */
  anchor(options: AnchorOptions = {}): SignedAnchor {
    const { there = 20, back = 20, error = 0, why = 'before-act', noted = true } = options;
    const head = this.entries.at(-1);
    const requestUptime = Math.round(this.uptime);
    this.wait(there);
    this.nonce += 1;
    const signed = signAnchor({
      v: 1, log: this.log, seq: head?.header.seq ?? 0, hash: head?.hash ?? noHash, nonce: `n${this.nonce}`.padEnd(22, 'x'), t: Math.round(this.now + error), rho: this.rho,
      key: centreKey.keyId,
    }, centreKey);
    this.wait(back);
    this.number += 1;
    this.bootAnchor = this.number;
    if (noted) this.note(signed, requestUptime, Math.round(this.uptime), why);
    return signed;
  }

  note(signed: SignedAnchor, requestUptime: number, responseUptime: number, why = 'before-act'): Entry {
    return this.append(logKinds.anchorNoted, {
      number: this.number, boot: `boot-${this.boot}`, requestUptime, responseUptime, wall: Math.round(this.now + this.wallOffset), ...signed, why,
    });
  }

  /** The centre acknowledges the whole log, or its first `upTo` entries, at the true time `now` (+ error of its clock). */
  sync(error = 0, upTo = this.entries.length): Receipt {
    const at = Math.round(this.now + error);
    const receipt: Receipt = { seq: upTo, hash: this.entries[upTo - 1]?.hash ?? noHash, at, proof: { at, rho: this.rho } };
    this.receipts.push(receipt);
    return receipt;
  }

  record(more: Partial<LogRecord> = {}): LogRecord {
    return { log: this.log, entries: this.entries, receipts: this.receipts, ...more };
  }

  evidence(more: Partial<LogRecord> = {}): LogEvidence {
    return logEvidence(this.record(more), ports);
  }

  receive(dossier: string, due: number, more: Partial<Received> = {}): Entry {
    return this.append(dossierKinds.received, { ...receivedFacts(this.now + this.wallOffset, due, this.agency), ...more }, { dossier, after: [] });
  }

  ready(dossier: string, more: Partial<ResultReady> & { after?: string[] } = {}): Entry {
    const { after = [], ...facts } = more;
    return this.append(dossierKinds.resultReady, { at: Math.round(this.now), timeSource: 'wall', outcome: 'granted', resultCount: 1, ...facts }, { dossier, after });
  }

  handOver(dossier: string, more: Partial<HandedOver> & { after?: string[] } = {}): Entry {
    const { after = [], ...facts } = more;
    return this.append(dossierKinds.handedOver, {
      at: Math.round(this.now), timeSource: 'wall', method: 'counter', receiver: 'applicant', receiptShown: true, ...facts,
    }, { dossier, after });
  }
}

export function dueFacts(at: number, provisional = false): DueDate {
  return { at, start: at - day, provisional, ruleSet: 'nd118', calendar: { id: 'vn-civil-servants', version: '2026-v1' }, steps: [] };
}

export function receivedFacts(acceptedAt: number, due: number, agency: string): Received {
  return {
    code: 'H37.99-261124-0001', provisional: false, procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1, term: { unit: 'workingDay', amount: 1 },
    submittedAt: Math.round(acceptedAt), acceptedAt: Math.round(acceptedAt), timeSource: 'anchor', due: dueFacts(due), papers: [], sets: 1, channel: 'counter',
    receivingAgency: agency, competentAgency: agency, level: 'commune', fee: 0,
  };
}

export const settings = defaultSettings;
