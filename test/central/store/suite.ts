/** What every store of the centre has to do, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CentreStore, CentreWriter, FeedQuery, Installation, NewEntry } from '#central/store/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { emptyHead, seal, type Entry, type Head } from '#shared/log/index.ts';
import { hasher, logWriter, seededRandom, uuids } from '../../shared/dossier/sample.ts';

/** A place where a store is: opened any number of times, one after the other. */
export interface StorePlace {
  open(): Promise<CentreStore>;
  /** Makes it one that a later program wrote. */
  makeNewer(): Promise<void>;
  end(): Promise<void>;
}

const next = uuids('suite');
const start = { position: 0, entry: 0 };

/** Opens a log that belongs to an installation of its own. */
export async function logOf(writer: CentreWriter, agency = 'a-1'): Promise<Installation> {
  const installation: Installation = {
    id: next(), agency, desk: 'Quầy số 2', publicKey: `key-${next()}`, keyId: `id-${next()}`, state: 'approved', log: next(), enrolledAt: 7, software: 'test',
  };
  await writer.addInstallation(installation);
  await writer.addLog({ log: installation.log, installation: installation.id, agency, publicKey: installation.publicKey, parent: undefined, openedAt: 7 });
  return installation;
}

export function signed(entry: Entry | undefined): Head & { readonly signature: string } {
  if (!entry) throw new Error('there is no entry');
  return { log: entry.header.log, seq: entry.header.seq, hash: entry.hash, signature: `signature of ${entry.hash}` };
}

export const plain = (entries: readonly Entry[]): NewEntry[] => entries.map((entry) => ({ entry }));

export function storeSuite(name: string, newPlace: () => Promise<StorePlace>): void {
  describe(`the centre’s store: ${name}`, () => {
    let place: StorePlace;
    let store: CentreStore;
    beforeAll(async () => {
      place = await newPlace();
      store = await place.open();
    });
    afterAll(async () => {
      await store.close();
      await place.end();
    });

    const log = (agency?: string) => store.transaction((writer) => logOf(writer, agency));

    it('keeps nothing of a transaction that fails, and goes on', async () => {
      await expect(store.transaction(async (writer) => {
        await writer.setNote('a', '1');
        throw new Error('stop');
      })).rejects.toThrow('stop');
      expect(await store.note('a')).toBeUndefined();
      await store.transaction((writer) => writer.setNote('a', '2'));
      expect(await store.note('a')).toBe('2');
    });

    it('keeps whose each log is when an installation goes to another agency, and its orders in their order', async () => {
      const installation = await log();
      const [first, second] = ['a-2', 'a-3'].map((agency, index) => ({ installation: installation.id, agency, desk: `Quầy ${index}`, orderedAt: 9 - index }));
      await store.transaction(async (writer) => {
        await writer.addTransferOrder(first!);
        await writer.addTransferOrder(second!);
        await writer.setInstallationAgency(installation.id, 'a-2', 'Quầy 0');
      });
      expect(await store.transferOrders(installation.id)).toEqual([first, second]);
      expect(await store.transferOrders('none')).toEqual([]);
      expect(await store.findInstallation({ id: installation.id })).toEqual({ ...installation, agency: 'a-2', desk: 'Quầy 0' });
      expect((await store.findLog(installation.log))?.agency).toBe('a-1');
    });

    it('runs transactions one after the other, and shows only what is committed', async () => {
      const add = () => store.transaction(async (writer) => {
        const before = Number((await writer.note('count')) ?? '0');
        expect(Number((await store.note('count')) ?? '0')).toBe(before);
        await writer.setNote('count', String(before + 1));
        expect(Number((await store.note('count')) ?? '0')).toBe(before);
      });
      await Promise.all(Array.from({ length: 50 }, add));
      expect(await store.note('count')).toBe('50');
    });

    it('keeps work that shares a transaction whole, one after the other, whatever becomes of the rest', async () => {
      const add = (name: string) => store.grouped(async (writer) => {
        const before = Number((await writer.note('shared')) ?? '0');
        await writer.setNote('shared', String(before + 1));
        if (name.startsWith('bad')) throw new Error(name);
        return before;
      });
      const alone = store.transaction((writer) => writer.setNote('between', 'set'));
      const seen = (result: PromiseSettledResult<number>): unknown => (result.status === 'fulfilled' ? result.value : String(result.reason));
      const first = await Promise.allSettled(['a', 'bad-1', 'b', 'bad-2', 'c'].map(add));
      expect(first.map(seen)).toEqual([0, 'Error: bad-1', 1, 'Error: bad-2', 2]);
      await alone;
      expect(await store.note('shared')).toBe('3');
      expect((await Promise.allSettled([add('bad-3')])).map(seen)).toEqual(['Error: bad-3']);
      expect((await Promise.allSettled(['d', 'e'].map(add))).map(seen)).toEqual([3, 4]);
      expect(await store.note('shared')).toBe('5');
    });

    it('tells nobody of shared work before others can read it', async () => {
      await Promise.all(Array.from({ length: 20 }, async (_, number) => {
        await store.grouped((writer) => writer.setNote(`shared-${number}`, 'kept'));
        expect(await store.note(`shared-${number}`)).toBe('kept');
      }));
    });

    it('holds entries exactly, in the order of commits, with bodies, marks and times', async () => {
      const installation = await log();
      const writer = logWriter(installation.log, next);
      const texts = ['Nguyễn Thị Ánh — 😀', 'a "quote", a \\ and {braces}', 'nothing: \u0000', 'NULL', ''];
      const entries = texts.map((note) => writer.write({ kind: 'dossier.noted', dossier: next(), facts: { note } }));
      const sealed = seal({ name: 'Hoàng Văn Thụ\n' }, seededRandom('body'), hasher);
      const first: NewEntry[] = entries.slice(0, 3).map((entry, index) => ({ entry, marked: index === 1, ...(index === 0 ? { body: sealed.body } : {}), ...(index === 2 ? { body: { erased: true as const } } : {}) }));
      await store.transaction(async (w) => {
        await w.append(first, 1_000, 20);
        expect(await w.hashAt(installation.log, 3)).toBe(entries[2]?.hash);
        await w.append(plain(entries.slice(3)), 2_000, undefined);
        await w.append([], 3_000, undefined);
      });
      const held = await store.entries(installation.log, 1, 100);
      expect(held.map(({ text }) => text)).toEqual(entries.map(({ text }) => text));
      expect(held.map(({ seq, hash }) => [seq, hash])).toEqual(entries.map(({ header, hash }) => [header.seq, hash]));
      expect(held.map(({ body }) => body)).toEqual([sealed.body, undefined, { erased: true }, undefined, undefined]);
      expect(held.map(({ receivedAt, rho, marked, branch }) => [receivedAt, rho, marked, branch])).toEqual([
        [1_000, 20, false, undefined], [1_000, 20, true, undefined], [1_000, 20, false, undefined], [2_000, undefined, false, undefined], [2_000, undefined, false, undefined],
      ]);
      const places = held.map(({ commit }) => commit);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(new Set(places).size).toBe(5);
      expect(await store.entriesAfter(places[1] ?? 0, 2)).toEqual(held.slice(2, 4));
      expect(await store.entries(installation.log, 4, 1)).toEqual(held.slice(3, 4));
      expect(await store.marked(installation.log, 1, 5)).toEqual([2]);
      expect(await store.hashAt(installation.log, 6)).toBeUndefined();
      expect([...(await store.hashesOf(installation.log, 4, 9))]).toEqual(entries.slice(3).map(({ header, hash }) => [header.seq, hash]));
      const { log: id, ...about } = (await store.findLog(installation.log))!;
      expect([id, about.head, about.signed, about.installation, about.parent]).toEqual([installation.log, { log: id, seq: 5, hash: entries[4]?.hash }, undefined, installation.id, undefined]);
    });

    it('erases bodies by their places, and knows which dossiers were erased', async () => {
      const installation = await log();
      const writer = logWriter(installation.log, next);
      const [dossier, other] = [next(), next()];
      const entries = [dossier, dossier, other].map((about, index) => writer.write({ kind: 'dossier.noted', dossier: about, facts: { content: index === 1 ? 'cafe' : 'beef' } }));
      const bodies = entries.map((_, index) => seal({ name: `Hoàng Văn Thụ ${index}` }, seededRandom(`erase ${index}`), hasher).body);
      await store.transaction((w) => w.append(entries.map((entry, index) => (index === 1 ? { entry } : { entry, body: bodies[index] })), 1, 1));
      const places = (await store.entriesOfDossier(dossier, 0, 10)).map(({ commit }) => commit);
      expect(await store.erasedAmong([dossier, other])).toEqual(new Set());
      expect([await store.namedElsewhere('cafe', other), await store.namedElsewhere('cafe', dossier)]).toEqual([true, false]);
      const times = await store.transaction(async (w) => {
        await w.addErasure(dossier);
        await w.addErasure(dossier);
        return [await w.eraseBodies(places), await w.eraseBodies(places), await w.eraseBodies([])];
      });
      expect(times).toEqual([1, 0, 0]);
      expect(await store.cleanse()).toBe(true);
      expect((await store.entries(installation.log, 1, 10)).map(({ body }) => body)).toEqual([{ erased: true }, undefined, bodies[2]]);
      expect(await store.erasedAmong([other, dossier])).toEqual(new Set([dossier]));
      expect(await store.erasedAmong([])).toEqual(new Set());
    });

    it('knows an empty log’s head, and the last signed one', async () => {
      const installation = await log();
      expect((await store.findLog(installation.log))?.head).toEqual(emptyHead(installation.log));
      const entry = logWriter(installation.log, next).write({ kind: 'log.opened' });
      await store.transaction(async (writer) => {
        await writer.append([{ entry }], 1, 1);
        await writer.setSignedHead(signed(entry));
      });
      expect((await store.findLog(installation.log))?.signed).toEqual(signed(entry));
      expect((await store.logs()).find((one) => one.log === installation.log)).toEqual(await store.findLog(installation.log));
    });

    it('never holds two entries at one place of a log', async () => {
      const installation = await log();
      const one = logWriter(installation.log, next).write({ kind: 'log.opened' });
      const other = logWriter(installation.log, next).write({ kind: 'log.opened', facts: { why: 'another' } });
      await store.transaction((writer) => writer.append([{ entry: one }], 1, 1));
      await expect(store.transaction((writer) => writer.append([{ entry: other }], 2, 1))).rejects.toThrow();
      expect((await store.entries(installation.log, 1, 10)).map(({ hash }) => hash)).toEqual([one.hash]);
    });

    it('keeps branches beside the main line, and branches of branches', async () => {
      const installation = await log();
      const { log: id } = installation;
      const line = logWriter(id, next);
      const main = ['a', 'b', 'c'].map((note) => line.write({ kind: 'log.noted', facts: { note } }));
      const off = logWriter(id, next);
      off.write({ kind: 'log.noted', facts: { note: 'a' } });
      const branch = ['d', 'e'].map((note) => off.write({ kind: 'log.noted', facts: { note } }));
      await store.transaction(async (writer) => {
        await writer.append(plain(main), 1, 1);
        await writer.addBranch({ log: id, branch: branch[0]?.hash ?? '', first: 2, follows: main[0]?.hash ?? '', leavesAt: 2, openedAt: 9 });
        await writer.appendToBranch(branch[0]?.hash ?? '', [{ entry: branch[0]!, marked: true }], signed(branch[0]), 5, undefined);
      });
      await store.transaction((writer) => writer.appendToBranch(branch[0]?.hash ?? '', plain(branch.slice(1)), signed(branch[1]), 6, 3));
      const held = { log: id, branch: branch[0]?.hash, first: 2, follows: main[0]?.hash, leavesAt: 2, openedAt: 9, head: signed(branch[1]) };
      expect(await store.branches(id)).toEqual([held]);
      expect(await store.branchHolding({ log: id, seq: 3, hash: branch[1]?.hash ?? '' })).toEqual(held);
      expect(await store.branchHolding({ log: id, seq: 3, hash: main[2]?.hash ?? '' })).toBeUndefined();
      expect(await store.hashAt(id, 3, branch[0]?.hash)).toBe(branch[1]?.hash);
      expect(await store.hashAt(id, 3)).toBe(main[2]?.hash);
      expect(await store.marked(id, 1, 10)).toEqual([]);
      const entries = (await store.branchEntriesAfter(0, 1_000)).filter((one) => one.log === id);
      expect(entries.map(({ seq, marked, receivedAt, rho, branch: of }) => [seq, marked, receivedAt, rho, of])).toEqual([[2, true, 5, undefined, branch[0]?.hash], [3, false, 6, 3, branch[0]?.hash]]);
      expect((await store.entriesAfter(0, 1_000)).some(({ hash }) => hash === branch[0]?.hash)).toBe(false);
      expect((await store.findLog(id))?.head.seq).toBe(3);
    });

    it('shows agencies what they have a part in: history when they join, all again when a closed dossier goes on', async () => {
      const installation = await log();
      const dossier = next();
      const agencies = { receiving: next(), joining: next() };
      const writer = logWriter(installation.log, next);
      const received = writer.write({ kind: dossierKinds.received, dossier, facts: { receivingAgency: agencies.receiving, code: 'H37.01-261123-0001' } });
      const forwarded = writer.write({ kind: 'dossier.forwarded', dossier, facts: { toAgency: agencies.joining } });
      const closed = writer.write({ kind: dossierKinds.handedOver, dossier });
      const noted = writer.write({ kind: 'dossier.noted', dossier });
      const shown = async (agency: string, more: Partial<FeedQuery> = {}) => (await store.feed({ agency, after: start, except: [], ...more }, 1_000_000)).entries.map(({ hash }) => hash);
      await store.transaction((w) => w.append(plain([received, forwarded, closed]), 1, 1));
      expect(await store.parties(dossier)).toEqual([agencies.receiving, agencies.joining, 'a-1'].sort());
      const all = [received, forwarded, closed].map(({ hash }) => hash);
      expect(await shown(agencies.receiving)).toEqual(all);
      expect(await shown(agencies.joining)).toEqual(all);
      const until = await store.feedEnd(agencies.joining);
      expect(await shown(agencies.joining, { until, closed: 'without' })).toEqual([]);
      expect(await shown(agencies.joining, { until, closed: 'alone' })).toEqual(all);
      expect(await store.feedLeft({ agency: agencies.joining, after: start, until, closed: 'alone', except: [] })).toMatchObject({ entries: 3 });
      expect(await store.feedLeft({ agency: agencies.joining, after: start, except: [installation.log] })).toEqual({ entries: 0, bytes: 0 });

      await store.transaction((w) => w.append([{ entry: noted }], 2, 1));
      expect(await shown(agencies.joining, { after: until })).toEqual([...all, noted.hash]);
      expect(await shown(agencies.joining, { after: until, except: [installation.log] })).toEqual([]);
      expect((await store.entriesOfDossier(dossier, 0, 100)).map(({ hash }) => hash)).toEqual([...all, noted.hash]);
      expect((await store.dossiersOfCode('H37.01-261123-0001')).includes(dossier)).toBe(true);
      const small = await store.feed({ agency: agencies.joining, after: start, except: [] }, 1);
      expect([small.entries.map(({ hash }) => hash), small.more]).toEqual([[received.hash], true]);
      expect(await store.feedEnd(next())).toEqual(start);
      expect(await store.feedLeft({ agency: next(), after: start, except: [] })).toEqual({ entries: 0, bytes: 0 });
    });

    it('keeps an entry whose names no agency and no desk would write', async () => {
      const installation = await log();
      const dossier = next();
      const entry = logWriter(installation.log, next).write({ kind: dossierKinds.received, dossier, facts: { receivingAgency: 'a\0b', code: 'c\0d' } });
      await store.transaction((writer) => writer.append([{ entry }], 1, 1));
      expect((await store.entries(installation.log, 1, 1))[0]?.text).toBe(entry.text);
      expect(await store.dossiersOfCode('c\0d')).toEqual([dossier]);
      expect((await store.feed({ agency: 'a\0b', after: start, except: [] }, 1_000)).entries).toHaveLength(1);
      expect(await store.findOfficer({ login: 'nobody\0' })).toBeUndefined();
    });

    it('keeps enrolment, nonces, hearing and claims', async () => {
      const installation = await log('a-9');
      expect(await store.findInstallation({ id: installation.id })).toEqual(installation);
      expect(await store.findInstallation({ keyId: installation.keyId })).toEqual(installation);
      expect(await store.findInstallation({ id: next() })).toBeUndefined();
      const code = { hash: next(), agency: 'a-9', desk: 'Quầy 3', approves: true, expiresAt: 1_795_741_200_000, installation: undefined };
      await store.transaction(async (writer) => {
        await writer.setInstallationState(installation.id, 'revoked');
        await writer.addCode(code);
        expect(await writer.findCode(code.hash)).toEqual(code);
        await writer.useCode(code.hash, installation.id);
        expect(await writer.useNonce('n-1', 50)).toBe(true);
        expect(await writer.useNonce('n-1', 50)).toBe(false);
        await writer.setHeard({ log: installation.log, firstAt: 3, lastAt: 4 });
        await writer.setHeard({ log: installation.log, firstAt: 99, lastAt: 5 });
        await writer.setClaim({ log: installation.log, seq: 1, hash: 'h', at: 6, rho: 2 });
        await writer.setClaim({ log: installation.log, seq: 2, hash: 'i', at: 7, rho: 3 });
      });
      expect((await store.installations()).find(({ id }) => id === installation.id)?.state).toBe('revoked');
      expect(await store.findCode(code.hash)).toEqual({ ...code, installation: installation.id });
      expect(await store.findHeard(installation.log)).toEqual({ log: installation.log, firstAt: 3, lastAt: 5 });
      expect((await store.heard()).length).toBe(1);
      expect(await store.claims()).toEqual([{ log: installation.log, seq: 2, hash: 'i', at: 7, rho: 3 }]);
      const used = (): Promise<boolean> => store.transaction((writer) => writer.useNonce('n-1', 50));
      expect(await used()).toBe(false);
      await store.transaction((writer) => writer.dropNoncesBefore(51));
      expect(await used()).toBe(true);
    });

    it('keeps catalogues, leases and the codes given for provisional ones', async () => {
      const installation = await log('a-8');
      const { log: id } = installation;
      expect([await store.latestCatalogue(), await store.catalogueVersion(), await store.lastMappedPlace()]).toEqual([undefined, undefined, 0]);
      const versions = [1, 3].map((version) => ({ version, text: `{"tên":"danh mục ${version}"}`, publishedAt: version * 10 }));
      const lease = { id: next(), log: id, agency: 'a-8', revision: 2, first: 1, last: 250, validFrom: '2026-01-01', validTo: '2026-12-31' };
      const provisional = ['p-1', 'p-2'].map((name) => ({ dossier: next(), log: id, agency: 'a-8', provisional: name, day: '2026-11-24' }));
      await store.transaction(async (writer) => {
        for (const version of versions) await writer.addCatalogue(version);
        await writer.addLease(lease);
        for (const one of provisional) await writer.addProvisionalCode(one);
        await writer.addProvisionalCode({ ...provisional[0]!, provisional: 'another' });
      });
      expect([await store.catalogues(), await store.latestCatalogue(), await store.catalogueVersion()]).toEqual([versions, versions[1], 3]);
      expect([await store.leases('a-8'), await store.leases('a-7')]).toEqual([[lease], []]);
      expect(await store.unmappedCodes('a-8')).toEqual(provisional);
      expect(await store.greatestMappedNumber('a-8', '2026-11-24')).toBeUndefined();
      const mapped = provisional.map((one, index) => ({ ...one, number: 9_000 + index, code: `H37-${index}`, place: index + 1 }));
      await store.transaction(async (writer) => {
        for (const one of mapped) await writer.setMappedCode(one);
        await writer.setMappedCode({ ...mapped[0]!, code: 'H37-99', place: 99 });
      });
      expect([await store.unmappedCodes('a-8'), await store.lastMappedPlace(), await store.greatestMappedNumber('a-8', '2026-11-24')]).toEqual([[], 2, 9_001]);
      expect(await store.mappedCodes(installation.id, 0, 10)).toEqual(mapped);
      expect(await store.mappedCodes(installation.id, 1, 10)).toEqual(mapped.slice(1));
      expect(await store.mappedCodes(installation.id, 0, 1)).toEqual(mapped.slice(0, 1));
    });

    it('keeps officers, their sessions and failed sign-ins', async () => {
      const officer = { id: 'o-1', login: 'hoang.lan', name: 'Hoàng Thị Lan', roles: ['officer', 'auditor'], verifier: '{"v":1}' };
      const sessions = [10, 20].map((expiresAt) => ({ tokenHash: `t-${expiresAt}`, officer: 'o-1', expiresAt }));
      await store.transaction(async (writer) => {
        await writer.putOfficer(officer);
        for (const session of sessions) await writer.addSession(session);
      });
      expect([await store.findOfficer({ id: 'o-1' }), await store.findOfficer({ login: 'hoang.lan' })]).toEqual([officer, officer]);
      await store.transaction((writer) => writer.putOfficer({ ...officer, name: 'Lan', roles: [] }));
      expect(await store.findOfficer({ id: 'o-1' })).toEqual({ ...officer, name: 'Lan', roles: [] });
      await store.transaction((writer) => writer.dropSessionsBefore(20));
      expect([await store.findSession('t-10'), await store.findSession('t-20')]).toEqual([undefined, sessions[1]]);
      await store.transaction((writer) => writer.dropSession('t-20'));
      expect(await store.findSession('t-20')).toBeUndefined();
      const failed = { name: 'n-1', count: 3, until: 100 };
      await store.transaction(async (writer) => {
        await writer.setFailedSignIns({ ...failed, count: 2, until: 99 });
        await writer.setFailedSignIns(failed);
        await writer.dropFailedSignInsBefore(100);
      });
      expect(await store.findFailedSignIns('n-1')).toEqual(failed);
      await store.transaction((writer) => writer.dropFailedSignInsBefore(101));
      expect(await store.findFailedSignIns('n-1')).toBeUndefined();
    });

    it('holds everything when it is opened again', async () => {
      const before = [await store.logs(), await store.entriesAfter(0, 10_000), await store.branches(), await store.installations(), await store.note('count')];
      await store.close();
      store = await place.open();
      expect([await store.logs(), await store.entriesAfter(0, 10_000), await store.branches(), await store.installations(), await store.note('count')]).toEqual(before);
    });

    it('refuses what a newer program wrote', async () => {
      await store.close();
      await place.makeNewer();
      await expect(place.open()).rejects.toMatchObject({ fault: { code: 'store.newer-version' } });
      place = await fresh(place);
      store = await place.open();
    });

    async function fresh(used: StorePlace): Promise<StorePlace> {
      await used.end();
      return newPlace();
    }
  });
}
