/**
 * A made-up province in a real centre's folder: desks that work their days with the evidence the product writes around acts (the last
 * anchor before and the first after, each five minutes one), and the centre's own log with its receipts.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishCatalogue, sampleCatalogue } from '#central/catalogue/index.ts';
import { enrol, makeCode } from '#central/enrolment/index.ts';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { hasher, makeVerifier, random, signerOf } from '#central/keys/index.ts';
import { centreKinds, type Note } from '#central/ledger/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { signAnchor } from '#shared/evidence/index.ts';
import { emptyHead, logKinds, makeEntry, mintUuid, seal, signHead, type Entry, type Head, type SealedBody } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';
import { receivedFacts } from '../../shared/dossier/sample.ts';
import { die, person } from './people.ts';

const minute = 60_000;
const hour = 60 * minute;
const dayLength = 24 * hour;
/** 05/10/2026 07:30 in Vietnam, a Monday. */
const firstDay = Date.UTC(2026, 9, 5, 0, 30);
const agencies = ['ls-mai-pha', 'ls-dong-dang'];
const rho = 12;

export interface ProvinceSize {
  readonly desks: number;
  readonly days: number;
  /** Dossiers each desk receives a day. */
  readonly dossiers: number;
}

export interface SampleProvince {
  readonly foundation: Foundation;
  readonly folder: string;
  /** All desks, or so many of them, work a further day. */
  work(desks?: number): Promise<void>;
  end(): Promise<void>;
}

/** Makes the province; `entries` of the desks' logs are some five for each dossier. */
export async function sampleProvince(size: ProvinceSize): Promise<SampleProvince> {
  const folder = mkdtempSync(join(tmpdir(), 'quay-province-'));
  const centre = { now: firstDay - dayLength };
  const time = {
    read: () => ({ sample: { wall: centre.now, uptime: centre.now - firstDay + 2 * dayLength, hrtime: centre.now - firstDay + 2 * dayLength, boot: 'centre' }, now: centre.now, rho }),
    stop: () => undefined,
  };
  const foundation = await openFoundation(join(folder, 'centre'), time, 'bench');
  await publishCatalogue({ ...foundation, hasher }, sampleCatalogue(await makeVerifier('2468', random)));
  const desks: SampleDesk[] = [];
  for (let count = 0; count < size.desks; count += 1) {
    const desk = new SampleDesk(count, foundation.keys.signer);
    const { code } = await makeCode({ ...foundation, hasher, random }, { agency: desk.agency, desk: `Quầy ${count + 1}`, approves: true });
    const answer = await enrol({ ...foundation, hasher, random }, { code, installation: desk.installation, log: desk.head.log, publicKey: desk.signer.publicKey, software: 'bench' });
    if (!answer.ok) throw new Error(answer.fault.code);
    desks.push(desk);
  }
  const workDay = async (day: number, working = desks.length): Promise<void> => {
    const start = firstDay + (day + 2 * Math.floor(day / 5)) * dayLength;
    for (const desk of desks.slice(0, working)) {
      const parts = desk.work(start, size.dossiers);
      await foundation.store.transaction(async (writer) => {
        const notes: Note[] = [];
        for (const { at, carried } of parts) {
          const first = carried[0];
          const last = carried.at(-1);
          if (!first || !last) continue;
          await writer.append(carried, at, rho);
          notes.push({ kind: centreKinds.receipt, facts: { log: desk.head.log, first: first.entry.header.seq, seq: last.entry.header.seq, hash: last.entry.hash, at, rho } });
        }
        await writer.setSignedHead(signHead(desk.head, desk.signer));
        centre.now = Math.max(centre.now, parts.at(-1)?.at ?? start);
        await foundation.own.append(writer, time.read(), notes);
      });
    }
  };
  let days = 0;
  for (; days < size.days; days += 1) await workDay(days);
  return {
    foundation, folder,
    work: async (working) => workDay(days++, working),
    end: async () => {
      await foundation.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Carried {
  readonly entry: Entry;
  readonly body?: SealedBody | undefined;
}

/** What the centre acknowledged at once. */
interface Part {
  readonly at: number;
  readonly carried: readonly Carried[];
}

class SampleDesk {
  readonly signer = signerOf(generateKeyPairSync('ed25519').privateKey);
  readonly installation = mintUuid(firstDay, random);
  readonly agency: string;
  head: Head = emptyHead(mintUuid(firstDay, random));
  private readonly centre: Signer;
  private readonly roll: (below: number) => number;
  private anchors = 0;
  private days = 0;
  private carried: Carried[] = [];
  private open: { dossier: string; last: string; step: number }[] = [];

  constructor(count: number, centre: Signer) {
    this.centre = centre;
    this.agency = agencies[count % agencies.length] ?? '';
    this.roll = die(count + 1);
  }

  /** A day of eight hours: acts at any minute, an anchor each five, of which the ones around acts are noted. */
  work(start: number, dossiers: number): Part[] {
    this.days += 1;
    const acts = Array.from({ length: dossiers * 3 }, () => start + minute + this.roll(8 * 60 - 10) * minute + this.roll(60_000)).sort((a, b) => a - b);
    const parts: Part[] = [];
    const boot = start - 3 * minute;
    if (this.head.seq === 0) this.append(logKinds.opened, { installation: this.installation, publicKey: this.signer.publicKey, software: 'bench', why: 'enrolled' }, start, boot);
    let noted = 0;
    let received = 0;
    for (const [index, at] of acts.entries()) {
      const before = start + Math.floor((at - start) / (5 * minute)) * 5 * minute;
      if (before > noted) this.anchor(before, boot, 'before-act');
      noted = Math.max(noted, before);
      received += this.act(at, boot, received < dossiers);
      const after = before + 5 * minute;
      if ((acts[index + 1] ?? Infinity) < after) continue;
      this.anchor(after, boot, 'after-act');
      noted = after;
      parts.push({ at: after + 200, carried: this.carried });
      this.carried = [];
    }
    return parts;
  }

  /** One act; 1 where it was a reception. */
  private act(at: number, boot: number, mayReceive: boolean): number {
    const going = this.open[0];
    if (!going || (mayReceive && this.roll(3) === 0)) {
      const dossier = mintUuid(at, random);
      const who = person(this.roll);
      const usual = receivedFacts();
      const facts = { ...usual, submittedAt: at, acceptedAt: at, due: { ...usual.due, at: at + dayLength, start: at }, receivingAgency: this.agency, competentAgency: this.agency };
      const entry = this.append(dossierKinds.received, facts, at, boot, { dossier, after: [] }, {
        applicant: { kind: 'citizen', fullName: who.fullName, idNumber: who.idNumber, phone: who.phone, address: 'Thôn Rọ Phải, xã Mai Pha, tỉnh Lạng Sơn' },
      });
      this.open.push({ dossier, last: entry.hash, step: 0 });
      return 1;
    }
    const about = { dossier: going.dossier, after: [going.last] };
    if (going.step === 0) {
      going.last = this.append(dossierKinds.resultReady, { at, timeSource: 'anchor', outcome: 'granted', resultCount: 1 }, at, boot, about).hash;
      going.step = 1;
    } else {
      this.append(dossierKinds.handedOver, { at, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true }, at, boot, about);
      this.open.shift();
    }
    return 0;
  }

  private anchor(t: number, boot: number, why: string): void {
    this.anchors += 1;
    const { log, seq, hash } = this.head;
    const nonce = `${this.anchors}`.padEnd(22, 'x');
    const signed = signAnchor({ v: 1, log, seq, hash, nonce, t, rho, key: this.centre.keyId }, this.centre);
    const facts = { number: this.anchors, boot: `boot-${this.days}`, requestUptime: t - boot - 20, responseUptime: t - boot + 20, wall: t, ...signed, why };
    this.append(logKinds.anchorNoted, facts, t + 20, boot);
  }

  private append(kind: string, facts: Readonly<Record<string, unknown>>, at: number, boot: number, about: { dossier?: string; after?: string[] } = {}, personal?: unknown): Entry {
    const sealed = personal === undefined ? undefined : seal(personal, random, hasher);
    const entry = makeEntry({
      v: 1, log: this.head.log, seq: this.head.seq + 1, prev: this.head.hash, tick: this.head.seq + 1, kind, agency: this.agency, act: mintUuid(at, random), actor: 'mp-01',
      clock: { wall: at, uptime: at - boot, hrtime: (at - boot) * 1000, boot: `boot-${this.days}`, anchor: this.anchors === 0 ? null : this.anchors }, facts: { ...facts },
      ...about, ...(sealed ? { sealed: sealed.sealed } : {}),
    }, hasher);
    this.head = { log: this.head.log, seq: entry.header.seq, hash: entry.hash };
    this.carried.push({ entry, body: sealed?.body });
    return entry;
  }
}
