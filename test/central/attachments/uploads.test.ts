/** Digitised papers at the real centre over real HTTP: what it takes, from whom, and to whom it gives. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { attachmentLimits } from '#shared/attachment/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { nonceHeader } from '#shared/sync/index.ts';
import { random } from '#central/keys/index.ts';
import { enrolledDesk, problemIn, send, startOfTest, testCentre, type Answer, type TestCentre, type TestDesk } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(async () => {
  await at.end();
  expect(at.reported).toEqual([]);
});

const home = 'ls-mai-pha';
const stranger = 'ls-dong-dang';
const none = new Uint8Array();
const verdict = (answer: Answer) => [answer.status, problemIn(answer).fault.code];
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

interface Paper {
  readonly dossier: string;
  readonly content: Uint8Array;
  readonly sha256: string;
}

/** A received dossier with a digitised paper in its desk's log; not sent yet. */
function attach(desk: TestDesk, size: number, facts: Record<string, unknown> = {}, dossier = mintUuid(startOfTest, random)): Paper {
  const content = random.bytes(size);
  desk.act('dossier.received', { receivingAgency: home, at: startOfTest }, { dossier });
  desk.act('dossier.attached', { at: startOfTest, timeSource: 'anchor', of: 'paper', sha256: sha256(content), bytes: size, media: 'application/pdf', ...facts }, { dossier });
  return { dossier, content, sha256: sha256(content) };
}

async function attached(desk: TestDesk, size: number): Promise<Paper> {
  const first = desk.head.seq + 1;
  const paper = attach(desk, size);
  expect((await desk.sync(desk.carried.length > 3 ? first : 1)).status).toBe(200);
  return paper;
}

function create(desk: TestDesk, { dossier, content, sha256: name }: Paper, more: Record<string, string> = {}): Promise<Answer> {
  return desk.signed('POST', '/v1/blobs', none, { headers: {
    'tus-resumable': '1.0.0', 'upload-length': String(content.length), 'upload-metadata': `dossier ${base64(dossier)},sha256 ${base64(name)}`, ...more,
  } });
}

function piece(desk: TestDesk, { content, sha256: name }: Paper, from: number, to: number, more: Parameters<TestDesk['signed']>[3] = {}): Promise<Answer> {
  return desk.signed('PATCH', `/v1/blobs/${name}`, content.subarray(from, to), { ...more, headers: {
    'tus-resumable': '1.0.0', 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream', ...more.headers,
  } });
}

const head = (desk: TestDesk, { sha256: name }: Paper) => desk.signed('HEAD', `/v1/blobs/${name}`, none, { headers: { 'tus-resumable': '1.0.0' } });
const held = (desk: TestDesk, { sha256: name }: Paper) => desk.signed('GET', `/v1/blobs/${name}/held`);
const part = (desk: TestDesk, { dossier, sha256: name }: Paper, from = 0) => desk.signed('GET', `/v1/dossiers/${dossier}/blobs/${name}?from=${from}`);

/** All files of the centre's contents. */
function files(folder = join(at.folder, 'attachments')): string[] {
  return readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? files(join(folder, name)) : [join(folder, name)]));
}

describe('a digitised paper', () => {
  it('is taken in pieces, read back, acknowledged, and given to who has a part', async () => {
    const desk = await enrolledDesk(at, home);
    const paper = await attached(desk, 700_000);
    const created = await create(desk, paper);
    expect([created.status, created.headers.get('location'), created.headers.get('tus-resumable')]).toEqual([201, `/v1/blobs/${paper.sha256}`, '1.0.0']);
    expect(verdict(await held(desk, paper))).toEqual([404, 'attachment.not-here']);
    expect((await piece(desk, paper, 0, 300_000)).headers.get('upload-offset')).toBe('300000');
    // The centre may stop in the middle: it knows how far it is.
    await at.restart();
    const resumed = await head(desk, paper);
    expect([resumed.status, resumed.headers.get('upload-offset'), resumed.headers.get('upload-length')]).toEqual([200, '300000', '700000']);
    expect((await piece(desk, paper, 0, 300_000)).status).toBe(409);
    expect((await piece(desk, paper, 300_000, 700_000)).headers.get('upload-offset')).toBe('700000');
    expect(JSON.parse((await held(desk, paper)).text)).toEqual({ sha256: paper.sha256, bytes: 700_000 });
    expect((await head(desk, paper)).headers.get('upload-offset')).toBe('700000');
    const given = await part(desk, paper);
    expect(Buffer.from(given.bytes).equals(Buffer.from(paper.content))).toBe(true);
    expect(Buffer.from((await part(desk, paper, 699_990)).bytes).equals(Buffer.from(paper.content.subarray(699_990)))).toBe(true);
    expect((await part(desk, paper, 700_000)).bytes.length).toBe(0);
    expect(files().some((file) => readFileSync(file).includes(Buffer.from(paper.content.subarray(1_000, 1_032))))).toBe(false);
  });

  it('is taken only after the entry that names it, from that agency, with that size', async () => {
    const [desk, other] = [await enrolledDesk(at, home), await enrolledDesk(at, stranger)];
    const paper = attach(desk, 300_000);
    expect(verdict(await create(desk, paper))).toEqual([409, 'attachment.not-recorded']);
    expect((await desk.sync()).status).toBe(200);
    expect(verdict(await create(other, paper))).toEqual([409, 'attachment.not-recorded']);
    expect(verdict(await create(desk, paper, { 'upload-length': '300001' }))).toEqual([422, 'attachment.wrong-hash']);
    expect(verdict(await create(desk, paper, { 'upload-length': '' }))).toEqual([400, 'message.malformed']);
    expect(verdict(await create(desk, { ...paper, dossier: mintUuid(startOfTest, random) }))).toEqual([409, 'attachment.not-recorded']);
    expect((await create(desk, paper)).status).toBe(201);
  });

  it('is seen by nobody else: not the upload, not the content, not that there is one', async () => {
    const [desk, other] = [await enrolledDesk(at, home), await enrolledDesk(at, stranger)];
    const paper = await attached(desk, 10_000);
    await create(desk, paper);
    expect((await head(other, paper)).status).toBe(404);
    expect((await piece(other, paper, 0, 10_000)).status).toBe(404);
    await piece(desk, paper, 0, 10_000);
    expect(verdict(await held(other, paper))).toEqual([404, 'attachment.not-here']);
    expect(verdict(await part(other, paper))).toEqual(verdict(await part(other, { ...paper, dossier: mintUuid(startOfTest, random) })));
    expect(verdict(await part(other, paper))).toEqual([404, 'attachment.unknown']);
    // Who gets a part gets the papers.
    desk.act('dossier.forwarded', { hop: mintUuid(startOfTest, random), fromAgency: home, toAgency: stranger, at: startOfTest }, { dossier: paper.dossier });
    await desk.sync(desk.head.seq);
    expect((await part(other, paper)).bytes.length).toBe(10_000);
    // The same word from an agency of its own lets it send its own copy, and see no more than that.
    expect(verdict(await held(other, paper))).toEqual([404, 'attachment.not-here']);
  });

  it('that is not what its name says is not kept, and can be sent again', async () => {
    const desk = await enrolledDesk(at, home);
    const paper = await attached(desk, 20_000);
    await create(desk, paper);
    const wrong = random.bytes(20_000);
    expect(verdict(await piece(desk, { ...paper, content: wrong }, 0, 20_000))).toEqual([422, 'attachment.wrong-hash']);
    expect((await head(desk, paper)).status).toBe(404);
    await create(desk, paper);
    expect((await piece(desk, paper, 0, 20_000)).status).toBe(204);
    expect((await held(desk, paper)).status).toBe(200);
  });

  it('whose file was damaged at the centre while it came begins anew', async () => {
    const desk = await enrolledDesk(at, home);
    const paper = await attached(desk, 20_000);
    await create(desk, paper);
    await piece(desk, paper, 0, 10_000);
    const [arriving] = files().filter((file) => file.includes(paper.sha256));
    const bytes = readFileSync(arriving ?? '');
    bytes.fill(0, 100, 200);
    writeFileSync(arriving ?? '', bytes);
    expect(verdict(await piece(desk, paper, 10_000, 20_000))).toEqual([422, 'attachment.wrong-hash']);
    await create(desk, paper);
    expect((await piece(desk, paper, 0, 20_000)).status).toBe(204);
  });

  it('that the centre’s disk spoilt is not given, is told to whoever runs the centre, and can be sent again', async () => {
    const desk = await enrolledDesk(at, home);
    const paper = await attached(desk, 20_000);
    await create(desk, paper);
    await piece(desk, paper, 0, 20_000);
    const [kept = ''] = files().filter((file) => file.endsWith(paper.sha256));
    const good = readFileSync(kept);
    writeFileSync(kept, good.subarray(0, 15_000));
    expect(verdict(await part(desk, paper))).toEqual([404, 'attachment.not-here']);
    expect(at.reported.splice(0).map((line): unknown => JSON.parse(line))).toEqual([{ level: 'error', what: 'the content of a digitised paper is damaged', sha256: paper.sha256 }]);
    expect(readFileSync(kept).length).toBe(15_000);
    expect(verdict(await held(desk, paper))).toEqual([404, 'attachment.not-here']);
    expect((await create(desk, paper)).status).toBe(201);
    expect((await piece(desk, paper, 0, 20_000)).status).toBe(204);
    expect((await part(desk, paper)).bytes.length).toBe(20_000);
  });

  it('loses nothing of what came when a piece is cut, changed or repeated', async () => {
    const desk = await enrolledDesk(at, home);
    const paper = await attached(desk, 100_000);
    await create(desk, paper);
    await piece(desk, paper, 0, 40_000);
    expect(verdict(await piece(desk, paper, 40_000, 80_000, { instead: paper.content.subarray(0, 40_000) }))).toEqual([400, 'request.digest-mismatch']);
    const target = `/v1/blobs/${paper.sha256}`;
    const body = paper.content.subarray(40_000, 80_000);
    const nonce = (await send(at.centre.url, '/v1/nonce')).headers.get(nonceHeader) ?? '';
    await new Promise<void>((resolve) => {
      const { hostname, port } = new URL(at.centre.url);
      const socket = connect({ host: hostname, port: Number(port) }, () => {
        const headers = { ...desk.headersFor('PATCH', target, body, nonce), host: hostname, 'tus-resumable': '1.0.0', 'upload-offset': '40000', 'content-type': 'application/offset+octet-stream', 'content-length': String(body.length) };
        socket.write(`PATCH ${target} HTTP/1.1\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
        socket.write(body.subarray(0, 20_000), () => {
          socket.destroy();
          resolve();
        });
      });
      socket.on('error', () => undefined);
    });
    expect((await head(desk, paper)).headers.get('upload-offset')).toBe('40000');
    // The last piece came, its answer did not: what is held is what was read back.
    await piece(desk, paper, 40_000, 100_000);
    expect(JSON.parse((await held(desk, paper)).text)).toEqual({ sha256: paper.sha256, bytes: 100_000 });
  });

  it('is asked for by its hash alone: nothing else is a name', async () => {
    const desk = await enrolledDesk(at, home);
    const { dossier } = await attached(desk, 1_000);
    for (const name of ['..%2f..%2fcentre.key.pem', '%2e%2e', 'A'.repeat(64), `${'a'.repeat(64)}.part`, `${'a'.repeat(63)}%00`, 'a'.repeat(63)]) {
      for (const [method, target] of [['GET', `/v1/blobs/${name}/held`], ['PATCH', `/v1/blobs/${name}`], ['GET', `/v1/dossiers/${dossier}/blobs/${name}?from=0`]] as const) {
        const answer = await desk.signed(method, target, none, { headers: { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' } });
        expect([answer.status >= 400 && answer.status < 500, name]).toEqual([true, name]);
      }
    }
    expect(verdict(await create(desk, { dossier, content: none, sha256: '../../centre.key.pem' }))).toEqual([400, 'message.malformed']);
  });

  it('is not taken without a signature, in a larger piece, or in too many at once', async () => {
    const desk = await enrolledDesk(at, home);
    const paper = await attached(desk, 2_000_000);
    expect(verdict(await send(at.centre.url, '/v1/blobs', { method: 'POST' }))).toEqual([401, 'request.unsigned']);
    expect(verdict(await send(at.centre.url, `/v1/blobs/${paper.sha256}`, { method: 'PATCH' }))).toEqual([401, 'request.unsigned']);
    expect((await send(at.centre.url, `/v1/blobs/${paper.sha256}`, { method: 'HEAD' })).status).toBe(401);
    expect(verdict(await send(at.centre.url, `/v1/blobs/${paper.sha256}/held`))).toEqual([401, 'request.unsigned']);
    expect(verdict(await send(at.centre.url, `/v1/dossiers/${paper.dossier}/blobs/${paper.sha256}?from=0`))).toEqual([401, 'request.unsigned']);
    await create(desk, paper);
    expect(verdict(await piece(desk, paper, 0, attachmentLimits.mostPiece + 1))).toEqual([413, 'request.too-large']);
    expect((await piece(desk, paper, 0, attachmentLimits.mostPiece)).status).toBe(204);
    expect((await piece(desk, paper, attachmentLimits.mostPiece, 2_000_000, { headers: { 'tus-resumable': '9.9' } })).status).toBe(400);
    const more = await enrolledDesk(at, stranger);
    const papers = Array.from({ length: 65 }, () => attach(more, 10));
    await more.sync();
    const answers = [];
    for (const one of papers) answers.push((await create(more, one)).status);
    expect(answers).toEqual([...Array.from({ length: 64 }, () => 201), 503]);
  });
});
