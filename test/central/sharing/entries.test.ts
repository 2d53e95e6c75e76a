import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishCatalogue, sampleAgency, sampleCatalogue } from '#central/catalogue/index.ts';
import { hasher, makeVerifier, random, verifier } from '#central/keys/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { base64url, mintUuid, type Entry } from '#shared/log/index.ts';
import { dossiersResponseSchema, pageLimits, readPage, type ReadPage } from '#shared/sync/index.ts';
import { enrolledDesk, problemIn, send, startOfTest, testCentre, type Answer, type TestCentre, type TestDesk } from '../peer.ts';

const other = 'ls-dong-dang';
const district = 'ls-cao-loc';
const province = 'ls-centre';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(async () => {
  await at.end();
  expect(at.reported).toEqual([]);
});

const verdict = (answer: Answer) => [answer.status, problemIn(answer).fault.code];
const newDossier = (): string => mintUuid(startOfTest, random);

/** A reception of one's own, or for another agency. */
function receive(desk: TestDesk, agency: string, { dossier = newDossier(), competent = agency, code }: { dossier?: string; competent?: string; code?: string } = {}): Entry {
  const facts = { receivingAgency: agency, competentAgency: competent, ...(code === undefined ? {} : { code }) };
  return desk.act(dossierKinds.received, facts, { dossier, personal: { applicant: 'Nông Thị Én' } }).entry;
}

async function get(desk: TestDesk, target: string): Promise<ReadPage> {
  const answer = await desk.signed('GET', target);
  if (answer.status !== 200) throw new Error(answer.text);
  const read = readPage(answer.text, { keys: [at.centre.keys.signer.publicKey], installation: desk.installation, request: target }, hasher, verifier);
  if (!read.ok) throw new Error(read.fault.code);
  return read.value;
}

interface Pulled {
  readonly hashes: readonly string[];
  readonly cursor: string;
  readonly pages: readonly ReadPage[];
}

async function pull(desk: TestDesk, since?: string, more = ''): Promise<Pulled> {
  const pages: ReadPage[] = [];
  let cursor = since;
  for (;;) {
    const page = await get(desk, `/v1/entries?${cursor === undefined ? '' : `since=${cursor}&`}${more}`);
    pages.push(page);
    cursor = page.header.cursor;
    if (!page.header.more) return { hashes: pages.flatMap(({ carried }) => carried.map(({ entry }) => entry.hash)), cursor, pages };
  }
}

const hashesOf = (...entries: readonly Entry[]): readonly string[] => entries.map(({ hash }) => hash);

describe('what an agency is shown', () => {
  it('is what its other desks did, with the sealed bodies, once, and what comes later after the cursor', async () => {
    const [one, two] = [await enrolledDesk(at, province), await enrolledDesk(at, province)];
    const first = receive(one, province);
    one.act('anchor.noted', {});
    await one.sync();
    const before = await pull(two);
    expect(before.hashes).toEqual([first.hash]);
    expect(before.pages[0]?.carried[0]?.body).toMatchObject({ body: '{"applicant":"Nông Thị Én"}' });
    expect(before.pages.at(-1)?.header.left).toEqual({ entries: 0, bytes: 0 });
    expect((await pull(one)).hashes).toEqual([]);
    const again = await pull(two, before.cursor);
    expect([again.hashes, again.cursor]).toEqual([[], before.cursor]);
    const later = one.act('dossier.of-a-later-version', { what: 1 }, { dossier: first.header.dossier! }).entry;
    await one.sync();
    expect((await pull(two, before.cursor)).hashes).toEqual([later.hash]);
  });

  it('comes in pages of at most the size asked for, which say what is left', async () => {
    const [one, two] = [await enrolledDesk(at, district), await enrolledDesk(at, district)];
    const all = Array.from({ length: 60 }, () => {
      const entry = receive(one, district);
      one.act('dossier.noted', { note: base64url(random.bytes(300)) }, { dossier: entry.header.dossier! });
      return entry;
    });
    await one.sync();
    const { pages, hashes } = await pull(two, undefined, `bytes=${pageLimits.least}`);
    expect(pages.length).toBeGreaterThan(5);
    expect(new Set(hashes).size).toBe(120);
    expect(hashes).toEqual(expect.arrayContaining([...hashesOf(...all)]));
    const left = pages.map(({ header }) => header.left.entries);
    expect(left[0]).toBe(120 - (pages[0]?.carried.length ?? 0));
    expect(left.toSorted((a, b) => b - a)).toEqual(left);
    const answer = await two.signed('GET', `/v1/entries?bytes=${pageLimits.least}`);
    expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(pageLimits.least);
  });

  it('holds the whole history of a dossier in which the agency got a part only later', async () => {
    const [giver, receiver] = [await enrolledDesk(at), await enrolledDesk(at, other)];
    const first = receive(giver, sampleAgency);
    const dossier = first.header.dossier!;
    const unrelated = receive(giver, sampleAgency);
    await giver.sync();
    const before = await pull(receiver);
    expect(before.hashes).not.toContain(first.hash);
    const own = receive(receiver, other);
    await receiver.sync();
    const given = giver.act('dossier.forwarded', { fromAgency: sampleAgency, toAgency: other }, { dossier }).entry;
    await giver.sync();
    expect((await pull(receiver, before.cursor)).hashes).toEqual(hashesOf(first, given));
    const taken = receiver.act('dossier.forward-received', { fromAgency: sampleAgency, toAgency: other }, { dossier }).entry;
    await receiver.sync();
    const giversView = (await pull(giver)).hashes;
    expect(giversView).toContain(taken.hash);
    expect(giversView).not.toContain(own.hash);
    expect(await at.centre.store.parties(unrelated.header.dossier!)).toEqual([sampleAgency]);
  });

  it('takes no part for itself, however its log names the dossier, and loses nothing of what it wrote', async () => {
    const [victim, colleague, thief, accomplice] = [await enrolledDesk(at), await enrolledDesk(at), await enrolledDesk(at, other), await enrolledDesk(at, other)];
    const first = receive(victim, sampleAgency, { code: 'H37.90.01-261124-0077' });
    const dossier = first.header.dossier!;
    await victim.sync();
    const tries = [
      receive(thief, other, { dossier, code: 'H37.90.02-261124-0001' }),
      thief.act('dossier.forward-received', { fromAgency: sampleAgency, toAgency: other, competentAgency: other }, { dossier }).entry,
    ];
    await thief.sync();
    for (const desk of [thief, accomplice]) {
      expect((await pull(desk)).hashes).not.toContain(first.hash);
      expect((await pull(desk, undefined, 'closed=1')).hashes).not.toContain(first.hash);
      const codes = await desk.signed('GET', '/v1/dossiers?code=H37.90.01-261124-0077');
      expect(dossiersResponseSchema.parse(JSON.parse(codes.text)).dossiers).toEqual([]);
    }
    // Its own acts are its own: its desks see them, and nothing else of the dossier.
    expect((await get(accomplice, `/v1/dossiers/${dossier}/entries`)).carried.map(({ entry }) => entry.hash)).toEqual(hashesOf(...tries));
    expect(verdict(await accomplice.signed('GET', `/v1/dossiers/${receive(victim, sampleAgency).header.dossier}/entries`))).toEqual([404, 'dossier.unknown']);
    // And the one who has a part is shown what was written about the dossier.
    expect((await pull(colleague)).hashes).toEqual(expect.arrayContaining([first.hash, ...hashesOf(...tries)]));
  });

  it('is the same in whatever order the logs of giver and receiver arrive', async () => {
    const [giver, receiver, colleague] = [await enrolledDesk(at), await enrolledDesk(at, other), await enrolledDesk(at, other)];
    const first = receive(giver, sampleAgency);
    const dossier = first.header.dossier!;
    const given = giver.act('dossier.forwarded', { toAgency: other }, { dossier }).entry;
    const taken = receiver.act('dossier.forward-received', { fromAgency: sampleAgency }, { dossier }).entry;
    const passedOn = receiver.act('dossier.forwarded', { toAgency: province }, { dossier }).entry;
    await receiver.sync();
    const before = await pull(colleague);
    expect(before.hashes).toEqual(expect.arrayContaining([...hashesOf(taken, passedOn)]));
    await giver.sync();
    expect((await pull(colleague, before.cursor)).hashes).toEqual(hashesOf(first, given));
    const third = await enrolledDesk(at, province);
    expect((await pull(third)).hashes.filter((hash) => hashesOf(first, given, taken, passedOn).includes(hash)).toSorted()).toEqual([...hashesOf(first, given, taken, passedOn)].toSorted());
  });

  it('leaves closed dossiers out of the first pass, gives them alone when asked, and never misses what comes after', async () => {
    const one = await enrolledDesk(at, province);
    const open = receive(one, province);
    const closed = receive(one, province, { code: 'H37.01-261124-0005' });
    const end = one.act(dossierKinds.handedOver, {}, { dossier: closed.header.dossier! }).entry;
    await one.sync();
    const two = await enrolledDesk(at, province);
    const first = await pull(two);
    expect(first.hashes).toContain(open.hash);
    expect(first.hashes).not.toContain(closed.hash);
    const alone = (await pull(two, undefined, 'closed=1')).hashes;
    expect(alone).toEqual(expect.arrayContaining([...hashesOf(closed, end)]));
    expect(alone).not.toContain(open.hash);
    const byCode = await two.signed('GET', '/v1/dossiers?code=H37.01-261124-0005');
    expect(dossiersResponseSchema.parse(JSON.parse(byCode.text))).toEqual({ dossiers: [closed.header.dossier] });
    const whole = await get(two, `/v1/dossiers/${closed.header.dossier}/entries`);
    expect(whole.carried.map(({ entry }) => entry.hash)).toEqual(hashesOf(closed, end));
    const later = one.act(dossierKinds.handedOver, {}, { dossier: open.header.dossier! }).entry;
    await one.sync();
    expect((await pull(two, first.cursor)).hashes).toEqual([later.hash]);
  });

  it('comes to a successor from the day on which it took over, with everything from before', async () => {
    const centre = await testCentre();
    try {
      const old = await enrolledDesk(centre, district);
      const first = old.act(dossierKinds.received, { receivingAgency: district }, { dossier: newDossier() }).entry;
      await old.sync();
      const heir = await enrolledDesk(centre);
      const keys = [centre.centre.keys.signer.publicKey];
      const asked = async (since?: string) => {
        const target = `/v1/entries${since === undefined ? '' : `?since=${since}`}`;
        const read = readPage((await heir.signed('GET', target)).text, { keys, installation: heir.installation, request: target }, hasher, verifier);
        if (!read.ok) throw new Error(read.fault.code);
        return read.value;
      };
      // A province in which the district level ends a little later.
      const publish = async (validTo: string) => {
        const catalogue = sampleCatalogue(await makeVerifier('2468', random));
        const agencies = catalogue.agencies.map((agency) => (agency.id === district ? { ...agency, validTo } : agency));
        const { store, own } = centre.centre;
        await publishCatalogue({ store, own, time: centre.time, hasher }, { ...catalogue, agencies, settings: { ...catalogue.settings, nd118From: '2026-12-01' } });
      };
      await publish('2026-11-24');
      const before = await asked();
      expect(before.carried).toEqual([]);
      await publish('2026-11-23');
      expect((await asked(before.header.cursor)).carried.map(({ entry }) => entry.hash)).toEqual([first.hash]);
    } finally {
      await centre.end();
    }
  });

  it('begins anew for a cursor that is not this centre’s, and says so', async () => {
    const [one, two] = [await enrolledDesk(at, province), await enrolledDesk(at, province)];
    const first = receive(one, province);
    await one.sync();
    const { cursor } = await pull(two);
    const text = Buffer.from(cursor, 'base64url').toString();
    const foreign = Buffer.from(text.replace(/"at":\[(\d+),"[0-9a-f]{16}"\]/, '"at":[$1,"0123456789abcdef"]')).toString('base64url');
    for (const since of [foreign, 'abc', Buffer.from('{}').toString('base64url')]) {
      const page = await get(two, `/v1/entries?since=${since}`);
      expect(page.header.anew).toBe(true);
      expect(page.carried.map(({ entry }) => entry.hash)).toContain(first.hash);
    }
    // A cursor may name whatever agencies it likes.
    const greedy = Buffer.from(text.replace('"marks":[', `"marks":[["${sampleAgency}",[0,0]],`)).toString('base64url');
    const page = await get(two, `/v1/entries?since=${greedy}`);
    expect(page.carried.filter(({ entry }) => entry.header.agency === sampleAgency)).toEqual([]);
  });
});

describe('the entries of a log', () => {
  it('are given back to the installation that wrote it, and to nobody else', async () => {
    const [desk, colleague] = [await enrolledDesk(at), await enrolledDesk(at)];
    desk.work(5);
    await desk.sync();
    const back = await get(desk, `/v1/logs/${desk.log}/entries?since=2`);
    expect(back.carried.map(({ entry }) => entry.hash)).toEqual(desk.carried.slice(2).map(({ entry }) => entry.hash));
    expect(back.header).toMatchObject({ cursor: '6', more: false });
    expect(verdict(await colleague.signed('GET', `/v1/logs/${desk.log}/entries`))).toEqual([404, 'log.unknown']);
    expect(verdict(await desk.signed('GET', `/v1/logs/${at.centre.own.log}/entries`))).toEqual([404, 'log.unknown']);
    expect(verdict(await desk.signed('GET', `/v1/logs/${newDossier()}/entries`))).toEqual([404, 'log.unknown']);
  });
});

describe('every call for entries', () => {
  it('wants a signature and a well-formed question, and says nothing of what it does not show', async () => {
    const desk = await enrolledDesk(at, other);
    const dossier = newDossier();
    for (const target of ['/v1/entries', `/v1/dossiers/${dossier}/entries`, '/v1/dossiers?code=a', `/v1/logs/${desk.log}/entries`]) {
      expect(verdict(await send(at.centre.url, target))).toEqual([401, 'request.unsigned']);
    }
    for (const target of ['/v1/entries?bytes=1', '/v1/entries?closed=yes', '/v1/dossiers/..%2f..%2fx/entries', `/v1/dossiers/${dossier}/entries?since=x`, '/v1/dossiers', `/v1/logs/${desk.log}/entries?since=-1`]) {
      expect(verdict(await desk.signed('GET', target))).toEqual([400, 'message.malformed']);
    }
    expect(verdict(await desk.signed('GET', `/v1/dossiers/${dossier}/entries`))).toEqual([404, 'dossier.unknown']);
  });

  it('is compressed where that is understood', async () => {
    const desk = await enrolledDesk(at, other);
    const headers = { ...desk.headersFor('GET', '/v1/entries', new Uint8Array(), await desk.nonce()), 'accept-encoding': 'gzip' };
    const { request } = await import('node:http');
    const answer = await new Promise<{ encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
      request(`${at.centre.url}/v1/entries`, { headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ encoding: response.headers['content-encoding'], bytes: Buffer.concat(parts) }));
      }).on('error', reject).end();
    });
    expect(answer.encoding).toBe('gzip');
    expect(gunzipSync(answer.bytes).toString()).toContain('"cursor"');
  });
});
