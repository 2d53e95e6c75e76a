/**
 * Copies of one desk's disk act, send and fetch in an order chosen by seed, with lines that fail and processes that are killed, against the centre's
 * own intake and pages. However it went: every act that was confirmed is at the centre, once, and in the end all of them know the same.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { acceptBatch } from '#central/ingest/index.ts';
import { hasher, random, verifier } from '#central/keys/index.ts';
import { dossierPage, feedPage, ownLogPage, type SharingPorts } from '#central/sharing/index.ts';
import type { Installation } from '#central/store/index.ts';
import { nodeRandom, type DeskStore, type EntryDraft } from '#db/index.ts';
import { nodeKeys, nodeVerifier } from '#electron/desk/keys.ts';
import { nodeSealing } from '#electron/desk/sealing.ts';
import { openNextLog } from '#electron/desk/next-log.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import type { Answer, Centre } from '#electron/desk/sync/centre.ts';
import { keepInstallation, keepPinnedCentre, ownInstallation } from '#electron/desk/sync/installation.ts';
import { openPulling } from '#electron/desk/sync/pulling.ts';
import { openSending } from '#electron/desk/sync/sending.ts';
import { SyncStatus } from '#electron/desk/sync/status.ts';
import { LineError } from '#electron/desk/sync/transport.ts';
import { timeKeeper } from '#electron/desk/time.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { fault, ok } from '#shared/errors/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { writePage } from '#shared/sync/index.ts';
import { setTime } from '../../central/peer.ts';
import { clock, receivedFacts } from '../../shared/dossier/sample.ts';
import { numbers } from './numbers.ts';
import { atEnd, endAll, openStore, temporaryFolder, World } from './place.ts';

afterEach(endAll);

const agency = 'ls-mai-pha';
const signature = z.string();

/** The process was killed: what is in memory is gone, what is committed stays. */
class Killed extends Error {}

type Next = (below: number) => number;

/** Enrols an installation at the centre and in a new store. */
async function enrol(foundation: Foundation): Promise<string> {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const [id, log, privateKey] = [mintUuid(0, random), mintUuid(0, random), nodeKeys.generate()];
  const signer = nodeKeys.signer(privateKey);
  keepInstallation(store, { installation: id, log, privateKey });
  keepPinnedCentre(store, { url: 'https://centre.invalid', keys: [foundation.keys.signer.publicKey], recoveryKey: foundation.keys.recoveryKey, state: 'approved' });
  store.openLog({ identity: { installation: id, agency, desk: 'd', log, publicKey: signer.publicKey }, software: 't', why: 'enrolled', act: mintUuid(0, random), clock });
  await foundation.store.transaction(async (writer) => {
    await writer.addInstallation({ id, agency, desk: 'd', publicKey: signer.publicKey, keyId: signer.keyId, state: 'approved', log, enrolledAt: 0, software: 't' });
    await writer.addLog({ log, installation: id, agency, publicKey: signer.publicKey, parent: undefined, openedAt: 0 });
  });
  store.close();
  return folder;
}

/** One disk with the program on it. */
class Disk {
  store: DeskStore;
  private status: SyncStatus;
  private calm = false;
  private readonly foundation: Foundation;
  private readonly next: Next;
  readonly folder: string;

  constructor(foundation: Foundation, folder: string, next: Next, why?: 'restored') {
    this.foundation = foundation;
    this.folder = folder;
    this.next = next;
    this.store = openStore(folder);
    atEnd(() => this.store.close());
    this.status = new SyncStatus(this.store, 0);
    if (why) openNextLog(this.store, this.ports(), timeKeeper(this.store, new World()), 't', why);
  }

  private ports(): DeskPorts {
    return {
      clock: new World(), random: nodeRandom, hasher, verifier: nodeVerifier, keys: nodeKeys, sealing: nodeSealing, timers: { after: (_delay, callback) => { queueMicrotask(callback); return () => undefined; } },
      probes: { interfaces: () => '', around: () => Promise.resolve({ gateway: 'unknown', names: 'unknown' }) }, transport: () => { throw new Error('no line'); },
      suspendsShow: true, keepForRecovery: () => Promise.resolve(), report: () => undefined,
    };
  }

  /** The disk is copied as it is at this moment. */
  copy(why?: 'restored'): Disk {
    const folder = temporaryFolder();
    expect(this.store.backup(join(folder, 'desk.db'))).toEqual(ok(true));
    return new Disk(this.foundation, folder, this.next, why);
  }

  restart(): void {
    this.store.close();
    this.store = openStore(this.folder);
    this.status = new SyncStatus(this.store, 0);
  }

  private trouble(): void {
    if (this.calm) return;
    const what = this.next(24);
    if (what < 3) throw new LineError('cut');
    if (what === 3) throw new Killed();
  }

  private centre(): Centre {
    const { foundation, next } = this;
    const sharing: SharingPorts = { store: foundation.store, own: foundation.own, heritage: (own) => Promise.resolve([own]), now: 0 };
    const answer = async (path: string, body: Uint8Array | undefined): Promise<Answer<unknown>> => {
      const id = ownInstallation(this.store, this.ports()).installation;
      const installation: Installation | undefined = await foundation.store.findInstallation({ id });
      if (!installation) throw new Error('not enrolled');
      const url = new URL(path, 'https://centre.invalid');
      const [, , what, name = '', rest] = url.pathname.split('/');
      if (rest === 'batches') {
        const taken = await acceptBatch({ ...foundation, hasher, verifier }, installation, name, gunzipSync(body ?? new Uint8Array()).toString('utf8'));
        return taken.ok ? { kind: 'given', value: { ...taken.answer, pace: 0 } } : { kind: 'refused', status: 409, ...taken.refusal };
      }
      const asked = { installation, since: url.searchParams.get('since') ?? undefined, log: url.searchParams.get('log') ?? undefined, bytes: 1_000 + next(6_000) };
      if (what === 'logs' && (await foundation.store.findLog(name))?.installation !== id) return { kind: 'refused', status: 404, fault: fault('log.unknown') };
      const content = what === 'entries' ? await feedPage(sharing, asked, url.searchParams.has('closed'))
        : what === 'logs' ? await ownLogPage(sharing, asked, name) : await dossierPage(sharing, asked, name);
      if (!content) return { kind: 'refused', status: 404, fault: fault('dossier.unknown', { code: '' }) };
      return { kind: 'given', value: signature.parse(writePage({ installation: id, request: path, ...content.next }, content.entries, hasher, foundation.keys.signer)) };
    };
    return {
      alive: () => Promise.reject(new Error('not asked')),
      ask: () => Promise.reject(new Error('not asked')),
      exchange: () => Promise.reject(new Error('not asked')),
      signed: async (call) => {
        this.trouble();
        const given = await answer(call.path, call.body);
        this.trouble();
        return given as never;
      },
    };
  }

  /** One contact, or as much of it as goes well; a killed process starts again. False where it was cut off. */
  private async contact(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Killed) this.restart();
      else if (!(error instanceof LineError)) throw error;
      return false;
    }
  }

  send(): Promise<boolean> {
    const { store, status } = this;
    const ports = this.ports();
    return this.contact(() => openSending({
      store, ports, status, signal: new AbortController().signal, now: () => 0, fraction: () => 0.5, moved: () => undefined,
      forked: () => {
        if (!this.calm && this.next(4) === 0) throw new Killed();
        openNextLog(store, ports, timeKeeper(store, ports.clock), 't', 'forked');
      },
    }).send(this.centre()));
  }

  fetch(): Promise<boolean> {
    const { store, status } = this;
    let pages = this.next(4);
    return this.contact(() => openPulling({ store, ports: this.ports(), status, signal: new AbortController().signal, now: () => 0, moved: () => undefined, erased: () => undefined })
      .pull(this.centre(), () => !this.calm && pages-- <= 0));
  }

  /** Everything goes out and comes in. */
  async settle(): Promise<void> {
    this.calm = true;
    while (this.store.pendingSummary().entries > 0) expect(await this.send()).toBe(true);
    await this.fetch();
    expect(this.status.view(0).refusals).toEqual([]);
  }

  /** Hashes of what was recorded. */
  act(...drafts: readonly EntryDraft[]): readonly string[] {
    const done = this.store.commit({ act: mintUuid(0, random), actor: 's', clock, decide: () => ok(drafts) });
    if (!done.ok) throw new Error(done.fault.code);
    return done.value.entries.map(({ hash }) => hash);
  }
}

/** Something a desk may do on a dossier it knows, or a new reception. */
function someAct({ store }: Disk, known: string[], next: Next): EntryDraft {
  const mine = known.filter((id) => store.read.dossier(id) !== undefined);
  const dossier = mine[next(mine.length)];
  if (dossier === undefined || next(3) === 0) {
    const fresh = mintUuid(0, random);
    known.push(fresh);
    // Now and then two of them give the same code.
    const code = `H37.01-261123-${String(next(40)).padStart(4, '0')}`;
    return { kind: dossierKinds.received, dossier: fresh, after: [], facts: { ...receivedFacts({ code, receivingAgency: agency, competentAgency: agency }) } };
  }
  const after = store.read.dossier(dossier)?.frontier ?? [];
  const at = 1_795_000_000_000 + next(1_000);
  if (next(4) === 0) return { kind: 'link.lost', facts: {} };
  return next(3) === 0
    ? { kind: dossierKinds.handedOver, dossier, after, facts: { at, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true } }
    : { kind: dossierKinds.resultReady, dossier, after, facts: { at, timeSource: 'anchor', outcome: 'granted', resultCount: 1 } };
}

async function run(seed: number): Promise<void> {
  const next = numbers(seed);
  const foundation = await openFoundation(join(temporaryFolder(), 'centre'), setTime(), 'test');
  atEnd(() => foundation.close());
  const first = new Disk(foundation, await enrol(foundation), next);
  // Somebody else of the agency, who only looks, from the beginning: a first pass leaves closed dossiers out.
  const witness = new Disk(foundation, await enrol(foundation), next);
  await witness.settle();
  const disks = [first];
  const known: string[] = [];
  const confirmed = new Set<string>();
  const record = (disk: Disk, ...drafts: readonly EntryDraft[]): void => disk.act(...drafts).forEach((hash) => confirmed.add(hash));
  for (let step = 0; step < 70; step += 1) {
    const disk = disks[next(disks.length)] ?? first;
    const what = next(12);
    if (what < 5) record(disk, ...Array.from({ length: 1 + next(3) }, () => someAct(disk, known, next)));
    else if (what < 8) await disk.send();
    else if (what < 10) await disk.fetch();
    else if (what === 10 && disks.length < 4) disks.push(disk.copy(next(4) === 0 ? 'restored' : undefined));
    else disk.restart();
  }
  // Each makes contact once more, and notes it.
  for (const disk of disks) record(disk, { kind: 'link.restored', facts: {} });
  for (const disk of disks) await disk.settle();
  for (const disk of [...disks, witness]) await disk.settle();

  const log = first.store.ownLogs()[0] ?? '';
  const line = await foundation.store.entriesAfter(0, 100_000);
  const branches = await foundation.store.branchEntriesAfter(0, 100_000);
  const own = [...line, ...branches].filter((entry) => entry.log !== foundation.own.log).map(({ hash }) => hash);
  expect(new Set(own).size).toBe(own.length);
  expect([...confirmed].filter((hash) => !own.includes(hash))).toEqual([]);
  for (const [index, { store }] of disks.entries()) {
    for (const dossier of known) {
      const all = await foundation.store.entriesOfDossier(dossier, 0, 10_000);
      const has = new Set(store.read.history(dossier).map(({ entry }) => entry.hash));
      const missing = all.filter(({ hash }) => !has.has(hash));
      if (missing.length > 0) console.log(index, store.ownLogs(), store.ownLogs().map((l) => [store.kept(l)?.seq, store.head(l).seq]), dossier, all.map((e) => [e.log.slice(-4), e.seq, e.branch?.slice(0, 4), JSON.parse(e.text).kind, has.has(e.hash)].join(' ')), disks.map((d) => d.store.ownLogs()));
    }
  }
  for (const { store } of [...disks, witness]) {
    expect(store.verify()).toEqual(ok(true));
    expect(store.stateHash()).toBe(witness.store.stateHash());
    store.rebuild();
    expect(store.stateHash()).toBe(witness.store.stateHash());
    // At most one of them goes on in the log that all of them came from.
    expect(store.read.dayLog('2026-11-23').every(({ sent }) => sent)).toBe(true);
  }
  for (const dossier of known) {
    const all = (await foundation.store.entriesOfDossier(dossier, 0, 10_000)).map(({ hash }) => hash).toSorted();
    for (const { store } of disks) expect(store.read.history(dossier).map(({ entry }) => entry.hash).toSorted()).toEqual(all);
  }
  const present = disks.map(({ store }) => store.identity()?.log);
  expect(new Set(present).size).toBe(present.length);
  expect(present.filter((one) => one === log).length).toBeLessThanOrEqual(1);
}

const seed = Number(process.env['QUAY_SEED'] ?? randomInt(2 ** 31));

describe('copies of one disk', () => {
  it.each(Array.from({ length: 1 }, (_, index) => seed + index))('lose nothing and agree in the end, in the order of seed %i', run, 60_000);
});
