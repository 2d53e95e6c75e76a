/** Desks of one province see each other's acts on the dossiers in which their agency has a part. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DeskStore, EntryDraft } from '#db/index.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { httpTransport, LineError, type ExchangeRequest, type ExchangeResponse } from '#electron/desk/sync/transport.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { ok } from '#shared/errors/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import { clockReading } from '#shared/log/index.ts';
import { commune, endAll, openCentre, openTestDesk, reception, temporaryFolder, until, uuid, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

const other = 'ls-dong-dang';

/** Does something to the pages a desk is sent. */
type Meddle = (request: ExchangeRequest, response: ExchangeResponse) => ExchangeResponse;

interface Watched extends TestDesk {
  meddle: Meddle | undefined;
  readonly asked: string[];
  sync(): SyncView;
}

async function deskOf(centre: TestCentre, world: World, agency: string = commune, folder = temporaryFolder()): Promise<Watched> {
  const asked: string[] = [];
  let seen: SyncView | undefined;
  const transport: DeskPorts['transport'] = (url, pins) => {
    const real = httpTransport(url, pins);
    return {
      close: () => real.close(),
      async exchange(request) {
        if (request.path.includes('/entries')) asked.push(request.path);
        const response = await real.exchange(request);
        return watched.meddle && request.path.includes('/entries') ? watched.meddle(request, response) : response;
      },
    };
  };
  const code = String(await centre.ask('code', { agency, approves: true }));
  const place = openTestDesk({ folder, world, url: centre.url, code, ports: { transport } });
  place.desk.listen((event) => {
    if (event.type === 'sync') seen = event.sync;
  });
  const watched: Watched = {
    ...place, asked, meddle: undefined,
    sync() {
      if (!seen) throw new Error('nothing was said of the sync');
      return seen;
    },
  };
  await until(() => place.store.catalogue.current() !== undefined);
  return watched;
}

/** Makes contact until it is so. */
async function comesTo(desk: TestDesk, holds: () => boolean): Promise<void> {
  await until(async () => {
    if (holds()) return true;
    desk.desk.power('resume');
    await new Promise((resolve) => void setTimeout(resolve, 30));
    return holds();
  }, 30_000);
}

/** Records drafts as a person of the desk. */
function act(world: World, { store }: TestDesk, ...drafts: readonly EntryDraft[]): readonly string[] {
  const done = store.commit({ act: uuid(world), actor: 'mp-01', clock: clockReading(world.read(), null), decide: () => ok(drafts) });
  if (!done.ok) throw new Error(done.fault.code);
  return done.value.entries.map(({ hash }) => hash);
}

function sent(desk: TestDesk): Promise<void> {
  return comesTo(desk, () => desk.store.pendingSummary().entries === 0);
}

const holds = (store: DeskStore, dossier: string): boolean => store.read.dossier(dossier) !== undefined;
const frontier = (store: DeskStore, dossier: string): readonly string[] => store.read.dossier(dossier)?.frontier ?? [];

function readyOf(store: DeskStore, dossier: string, at: number): EntryDraft {
  return { kind: dossierKinds.resultReady, dossier, after: frontier(store, dossier), facts: { at, timeSource: 'anchor', outcome: 'granted', resultCount: 1 } };
}
function handOverOf(store: DeskStore, dossier: string, at: number): EntryDraft {
  return { kind: dossierKinds.handedOver, dossier, after: frontier(store, dossier), facts: { at, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true } };
}
function forwardOf(store: DeskStore, dossier: string, toAgency: string): EntryDraft {
  return { kind: 'dossier.forwarded-as-later-programs-do', dossier, after: frontier(store, dossier), facts: { fromAgency: commune, toAgency } };
}

async function received(world: World, desk: TestDesk): Promise<string> {
  const order = reception(world);
  await desk.get('reception.save', order);
  return order.dossier;
}

describe('two desks of one agency and one of another', () => {
  it('see what their agency has a part in, and nothing else; both desks of the agency have the same state', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const [one, two, third] = [await deskOf(centre, world), await deskOf(centre, world), await deskOf(centre, world, other)];
    await one.signIn();
    await two.signIn();
    const dossiers = [await received(world, one), await received(world, one), await received(world, two)];
    const [first = '', second = ''] = dossiers;
    await sent(one);
    await sent(two);
    await comesTo(one, () => dossiers.every((id) => holds(one.store, id)));
    await comesTo(two, () => dossiers.every((id) => holds(two.store, id)));
    expect(two.store.stateHash()).toBe(one.store.stateHash());
    // With the person: a citizen comes back to whichever desk is free.
    expect(two.store.read.personal(first)?.applicant.fullName).toBe('Hoàng Thị Ngọc Ánh');
    expect(two.store.read.row(first)?.sent).toBe(true);

    // An act at the other desk goes on from there, knowing it.
    await two.get('result.mark-ready', { act: uuid(world), dossier: first, outcome: 'granted', resultCount: 1 });
    await sent(two);
    await comesTo(one, () => one.store.read.dossier(first)?.stage === 'ready');
    expect(one.store.read.dossier(first)?.conflicts).toEqual([]);
    await one.get('return.save', { act: uuid(world), dossier: first, method: 'counter', receiver: 'applicant', receiptShown: true });
    await sent(one);
    await comesTo(two, () => two.store.read.dossier(first)?.stage === 'returned');
    expect(two.store.stateHash()).toBe(one.store.stateHash());

    await comesTo(third, () => third.sync().pull?.drainedAt !== undefined);
    expect(third.store.read.list({ kind: 'all' }, { limit: 10 }).rows).toEqual([]);
    act(world, one, forwardOf(one.store, second, other));
    await sent(one);
    await comesTo(third, () => third.store.read.dossier(second)?.entryCount === 2);
    expect(third.store.read.list({ kind: 'all' }, { limit: 10 }).rows.map(({ id }) => id)).toEqual([second]);
    // A kind of a later version is kept and passed over.
    expect(third.store.read.dossier(second)?.unknown).toHaveLength(1);
    act(world, third, { kind: 'dossier.taken-over', dossier: second, after: frontier(third.store, second), facts: { fromAgency: commune, toAgency: other } });
    await sent(third);
    for (const desk of [one, two]) await comesTo(desk, () => desk.store.read.dossier(second)?.entryCount === 3);
    expect(one.store.read.dossier(second)).toEqual(third.store.read.dossier(second));
    expect(two.store.stateHash()).toBe(one.store.stateHash());
  });

  it('keep two acts that did not know each other, and show the same conflict', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const [one, two] = [await deskOf(centre, world), await deskOf(centre, world)];
    await one.signIn();
    const dossier = await received(world, one);
    await sent(one);
    await comesTo(two, () => holds(two.store, dossier));
    act(world, one, readyOf(one.store, dossier, world.truth()));
    act(world, two, readyOf(two.store, dossier, world.truth() + 1));
    await sent(one);
    await sent(two);
    for (const desk of [one, two]) await comesTo(desk, () => desk.store.read.dossier(dossier)?.conflicts.length === 1);
    expect(one.store.stateHash()).toBe(two.store.stateHash());
    expect(one.store.read.history(dossier)).toHaveLength(3);
  });
});

describe('a pull', () => {
  /** A desk with so many dossiers, sent, and a new one of the same agency that has not asked yet. */
  async function full(count: number): Promise<{ world: World; centre: TestCentre; one: Watched; dossiers: string[] }> {
    const world = new World();
    const centre = await openCentre(world);
    const one = await deskOf(centre, world);
    await one.signIn();
    const dossiers: string[] = [];
    for (let made = 0; made < count; made += 1) dossiers.push(await received(world, one));
    await sent(one);
    return { world, centre, one, dossiers };
  }

  it('that is cut in the middle of pages asks for smaller ones, and goes on where it was', async () => {
    const { world, centre, one, dossiers } = await full(30);
    const two = await deskOf(centre, world, commune);
    await comesTo(two, () => holds(two.store, dossiers[0] ?? ''));
    const late = await deskOf(centre, world, other);
    act(world, one, ...dossiers.map((dossier) => forwardOf(one.store, dossier, other)));
    let cuts = 0;
    late.meddle = () => {
      cuts += 1;
      if (cuts < 4) throw new LineError('cut');
      return { status: 200, headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' }, body: new Uint8Array([31, 139, 8]) };
    };
    await sent(one);
    await comesTo(late, () => cuts >= 5);
    expect(late.store.read.list({ kind: 'all' }, { limit: 100 }).rows).toEqual([]);
    late.meddle = undefined;
    await comesTo(late, () => dossiers.every((id) => late.store.read.dossier(id)?.entryCount === 2));
    const sizes = late.asked.map((path) => Number(new URLSearchParams(path.split('?')[1]).get('bytes')));
    expect(Math.min(...sizes)).toBeLessThanOrEqual(16 * 1024);
    // The last page is merged a moment before it is shown.
    await comesTo(late, () => late.sync().pull?.running === false);
    expect(late.sync().pull).toMatchObject({ running: false, left: { entries: 0, bytes: 0 }, setAside: 0 });
  });

  it('takes nothing from a page that was changed, shortened or meant for another question, and says so', async () => {
    const { world, centre, one, dossiers } = await full(3);
    const two = await deskOf(centre, world);
    await comesTo(two, () => dossiers.every((id) => holds(two.store, id)));
    let old: ExchangeResponse | undefined;
    two.meddle = (_request, response) => (old = response);
    await comesTo(two, () => old !== undefined);

    const changed = (change: (text: string) => string): Meddle => (_request, response) => ({ ...response, body: gzipSync(change(gunzipSync(response.body).toString('utf8'))) });
    const meddling: readonly Meddle[] = [
      changed((text) => text.replace('"outcome":"granted"', '"outcome":"refused"')),
      changed((text) => text.split('\n').filter((_line, index) => index !== 1).join('\n')),
      changed((text) => text.slice(0, -20)),
      changed((text) => text.replace(/"more":false/, '"more":true')),
      (_request, response) => old ?? response,
    ];
    for (const meddle of meddling) {
      const before = two.store.stateHash();
      let pages = 0;
      // In place before there is anything new, which an honest page on its way could bring.
      two.meddle = (request, response) => {
        pages += 1;
        return meddle(request, response);
      };
      act(world, one, readyOf(one.store, dossiers[0] ?? '', world.truth()));
      await sent(one);
      pages = 0;
      // By the second page the first, which had the act in it, is dealt with.
      await comesTo(two, () => pages > 1 && two.sync().refusals.some(({ fault }) => fault.code === 'page.bad-signature'));
      expect(two.store.stateHash()).toBe(before);
      two.meddle = undefined;
      await comesTo(two, () => two.store.stateHash() === one.store.stateHash() && two.sync().refusals.length === 0);
    }
  });

  it('that is repeated changes nothing', async () => {
    const { world, centre, one, dossiers } = await full(5);
    const two = await deskOf(centre, world);
    await comesTo(two, () => dossiers.every((id) => holds(two.store, id)));
    const before = [two.store.stateHash(), two.store.read.history(dossiers[0] ?? '').length];
    two.store.memo.save('pull', { agency: commune, setAside: [] });
    const asked = two.asked.length;
    await comesTo(two, () => two.asked.length > asked && two.sync().pull?.running === false);
    expect([two.store.stateHash(), two.store.read.history(dossiers[0] ?? '').length]).toEqual(before);
    expect(two.store.stateHash()).toBe(one.store.stateHash());
    expect(two.store.verify()).toEqual(ok(true));
  });

  it('leaves closed dossiers out at first, fetches one by its code, and one whole to which something is added', async () => {
    const { world, centre, one, dossiers } = await full(3);
    const [asked = '', added = '', open = ''] = dossiers;
    act(world, one, handOverOf(one.store, asked, world.truth()), handOverOf(one.store, added, world.truth()));
    await sent(one);
    const two = await deskOf(centre, world);
    await two.signIn();
    await comesTo(two, () => holds(two.store, open) && two.sync().pull?.drainedAt !== undefined);
    expect([holds(two.store, asked), holds(two.store, added)]).toEqual([false, false]);
    const { code } = one.store.read.row(asked) ?? { code: '' };
    expect((await two.get('dossier.fetch', { code })).id).toBe(asked);
    expect(two.store.read.dossier(asked)?.stage).toBe('returned');
    expect(await two.call('dossier.fetch', { code: 'H37.90.01-261124-9999' })).toMatchObject({ ok: false, fault: { code: 'dossier.unknown' } });
    act(world, one, { kind: 'dossier.corrected-as-later-programs-do', dossier: added, after: frontier(one.store, added), facts: {} });
    await sent(one);
    await comesTo(two, () => two.store.read.dossier(added)?.entryCount === 3);
    expect(two.store.stateHash()).toBe(one.store.stateHash());
  });

  it('brings back what a disk lost that was put back from a backup, the end of its own log included', async () => {
    const { world, centre, one, dossiers } = await full(2);
    const backup = join(temporaryFolder(), 'desk.db');
    expect(one.store.backup(backup).ok).toBe(true);
    const lost = await received(world, one);
    await sent(one);
    const { log } = one.store.head();
    const [before, end] = [one.store.stateHash(), one.store.head()];
    await one.close();
    const folder = temporaryFolder();
    copyFileSync(backup, join(folder, 'desk.db'));
    writeFileSync(join(folder, 'restored.json'), JSON.stringify({ v: 1, why: 'restored' }));
    const again = openTestDesk({ folder, world, url: centre.url });
    await comesTo(again, () => holds(again.store, lost));
    expect(again.store.stateHash()).toBe(before);
    expect(again.store.head(log)).toEqual(end);
    expect(again.store.acknowledged(log)).toEqual(end);
    expect(again.store.verify()).toEqual(ok(true));
    expect(dossiers.every((id) => holds(again.store, id))).toBe(true);
  });
});
