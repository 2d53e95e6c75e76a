/** Every call of docs/protocol.md: none without a signature but the two that need none, and nothing of another agency by any of them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mintUuid } from '#shared/log/index.ts';
import { random } from '#central/keys/index.ts';
import { enrolledDesk, problemIn, send, startOfTest, testCentre, type TestCentre } from '../peer.ts';

interface Call {
  readonly methods: readonly string[];
  readonly path: string;
  readonly signed: boolean;
}

const table = readFileSync(join(__dirname, '../../../docs/protocol.md'), 'utf8').split('## Calls')[1]?.split('\n## ')[0] ?? '';

/** `| \`POST /v1/blobs\`, \`HEAD\` and \`PATCH /v1/blobs/{sha256}\` | yes | …`: each path with its methods. */
const calls: readonly Call[] = table.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => {
  const [, names = '', signed = ''] = line.split(' | ').map((cell) => cell.trim()).flatMap((cell, index) => (index === 0 ? ['', cell.slice(2)] : [cell]));
  const found: Call[] = [];
  let waiting: string[] = [];
  for (const [, code = ''] of names.matchAll(/`([^`]+)`/g)) {
    const [method = '', path] = code.split(' ');
    waiting.push(method);
    if (path === undefined) continue;
    found.push({ methods: waiting, path, signed: signed === 'yes' });
    waiting = [];
  }
  return found;
});

const strange = mintUuid(startOfTest, random);
const filled = (path: string, names: Readonly<Record<string, string>>): string => path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => names[name] ?? 'x');
const each = calls.flatMap(({ methods, path, signed }) => methods.map((method) => [method, path, signed] as const));

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(async () => {
  await at.end();
  expect(at.reported).toEqual([]);
});

describe('the calls of the protocol', () => {
  it('are all here', () => {
    expect(each.length).toBeGreaterThan(14);
    expect(each.filter(([, , signed]) => !signed).map(([method, path]) => `${method} ${path}`)).toEqual(['GET /v1/nonce', 'POST /v1/enrol', 'GET /healthz']);
  });

  it.each(each.filter(([, , signed]) => signed))('%s %s is answered to nobody without a signature', async (method, path) => {
    const target = filled(path, { log: strange, id: strange, sha256: 'a'.repeat(64) }).replaceAll(/=[A-Z]\b/g, '=1');
    const answer = await send(at.centre.url, target, { method, ...((method === 'POST' && path !== '/v1/blobs') || method === 'PATCH' ? { body: '{}' } : {}) });
    expect(answer.status).toBe(401);
    if (method !== 'HEAD') expect(problemIn(answer).fault.code).toBe('request.unsigned');
  });

  it.each(each.filter(([, path, signed]) => signed && path.includes('{')))('%s %s gives an agency nothing of a dossier or a log in which it has no part', async (method, path) => {
    const [owner, other] = [await enrolledDesk(at, 'ls-mai-pha'), await enrolledDesk(at, 'ls-dong-dang')];
    const dossier = mintUuid(startOfTest, random);
    owner.act('dossier.received', { receivingAgency: 'ls-mai-pha', at: startOfTest }, { dossier, personal: { secret: 'Hoàng Thị Ngọc Ánh' } });
    owner.act('dossier.attached', { at: startOfTest, timeSource: 'anchor', of: 'paper', sha256: 'b'.repeat(64), bytes: 9, media: 'application/pdf' }, { dossier });
    expect((await owner.sync()).status).toBe(200);
    if (method !== 'GET' && method !== 'HEAD' && method !== 'PATCH' && method !== 'POST') throw new Error(`no such method: ${method}`);
    const theirs = filled(path, { log: owner.log, id: dossier, sha256: 'b'.repeat(64) }).replaceAll(/[?&](?:since|closed)=[A-Z\d]/g, '').replace(/=[A-Z]\b/, '=0').replace('&', '?').replace('bytes=0', 'bytes=65536');
    const nobodys = filled(path, { log: strange, id: strange, sha256: 'c'.repeat(64) }).replaceAll(/[?&](?:since|closed)=[A-Z\d]/g, '').replace(/=[A-Z]\b/, '=0').replace('&', '?').replace('bytes=0', 'bytes=65536');
    const options = { headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } };
    const [answer, nothing] = [await other.signed(method, theirs, new Uint8Array(), options), await other.signed(method, nobodys, new Uint8Array(), options)];
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toContain('Ngọc Ánh');
    // Not even that it is there: the same words, whatever was asked for.
    expect([answer.status, answer.text.replaceAll(theirs, '').replaceAll(dossier, '').replaceAll(owner.log, '')]).toEqual([nothing.status, nothing.text.replaceAll(nobodys, '').replaceAll(strange, '')]);
  });
});
