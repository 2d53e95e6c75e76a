import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderTransfer } from '#central/enrolment/index.ts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { desksSchema, officerSessionSchema, provincePaths, resultsSchema } from '#shared/province/index.ts';
import { enrolledDesk, problemIn, send, testCentre, type Answer, type TestCentre } from '../peer.ts';

let at: TestCentre;
const pages = mkdtempSync(join(tmpdir(), 'quay-pages-'));
let wall = Date.parse('2026-11-24T01:00:00Z');

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'));
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Tỉnh</title>');
  writeFileSync(join(pages, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(pages, '.hidden'), 'x');
  at = await testCentre({ pages, wall: () => wall, banners: ['assumed-synchronised'] });
  const { officers } = at.centre;
  await officers.add({ id: 'o-1', login: 'lan', name: 'Đỗ Thị Lan', roles: ['officer'] }, 'mật khẩu thật dài');
  await officers.add({ id: 'o-2', login: 'clerk', name: 'Không được xem', roles: ['clerk'] }, 'mật khẩu thật dài');
});
afterAll(async () => {
  await at.end();
  rmSync(pages, { recursive: true, force: true });
  expect(at.reported).toEqual([]);
});

const signIn = (body: unknown, headers: Record<string, string> = {}) => send(at.centre.url, provincePaths.session, { method: 'POST', body: JSON.stringify(body), headers });
const cookieOf = (answer: Answer): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const get = (path: string, cookie = '') => send(at.centre.url, path, { headers: { cookie } });

describe('an officer', () => {
  it('signs in with name and password and reads the reports until signing out', async () => {
    const answer = await signIn({ name: 'lan', password: 'mật khẩu thật dài'.normalize('NFD') });
    expect(officerSessionSchema.parse(JSON.parse(answer.text))).toMatchObject({ name: 'Đỗ Thị Lan', roles: ['officer'], now: at.time.now, banners: ['assumed-synchronised'] });
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(answer);
    expect((await get(provincePaths.session, cookie)).status).toBe(200);

    const desk = await enrolledDesk(at);
    await desk.sync();
    const desks = desksSchema.parse(JSON.parse((await get(provincePaths.desks, cookie)).text));
    expect(desks.desks.find(({ installation }) => installation === desk.installation)).toMatchObject({ connection: 'connected', lastHeardAt: at.time.now, held: 1, enrolment: 'approved' });
    await orderTransfer({ ...at.centre, time: at.time }, { installation: desk.installation, agency: 'ls-dong-dang' });
    const ordered = desksSchema.parse(JSON.parse((await get(provincePaths.desks, cookie)).text)).desks.find(({ installation }) => installation === desk.installation);
    expect([ordered?.agency, ordered?.goesToName]).toEqual(['ls-mai-pha', 'Ủy ban nhân dân xã Đồng Đăng']);
    const results = await get(`${provincePaths.results}?from=0&to=${at.time.now}`, cookie);
    expect(resultsSchema.parse(JSON.parse(results.text)).total.credible.received).toBe(0);
    expect(problemIn(await get(`${provincePaths.results}?from=yesterday&to=1`, cookie)).fault.code).toBe('message.malformed');
    expect(problemIn(await get(`${provincePaths.dossiers}/${desk.installation}`, cookie)).fault.code).toBe('dossier.unknown');

    await send(at.centre.url, provincePaths.session, { method: 'DELETE', headers: { cookie } });
    expect((await get(provincePaths.session, cookie)).status).toBe(401);
  });

  it('who is not signed in, or may not, reads nothing', async () => {
    for (const path of [provincePaths.session, provincePaths.desks, `${provincePaths.results}?from=0&to=1`]) {
      const answer = await get(path, `quay_session=${'A'.repeat(43)}`);
      expect([answer.status, problemIn(answer).fault.code]).toEqual([401, 'session.required']);
    }
    const cookie = cookieOf(await signIn({ name: 'clerk', password: 'mật khẩu thật dài' }));
    expect((await get(provincePaths.session, cookie)).status).toBe(200);
    expect(problemIn(await get(provincePaths.desks, cookie)).fault.code).toBe('access.denied');
  });

  it('is signed out when the session ends', async () => {
    const cookie = cookieOf(await signIn({ name: 'lan', password: 'mật khẩu thật dài' }));
    wall += 13 * 3_600_000;
    expect((await get(provincePaths.session, cookie)).status).toBe(401);
  });

  it('waits after five wrong passwords, even with the right one', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) expect(problemIn(await signIn({ name: 'lan', password: 'sai' })).fault.code).toBe('officer.wrong-password');
    const waiting = await signIn({ name: 'lan', password: 'mật khẩu thật dài' });
    expect([waiting.status, problemIn(waiting).fault]).toEqual([429, { code: 'officer.throttled', params: { seconds: 30 } }]);
    expect(waiting.headers.get('retry-after')).toBe('30');
    expect(problemIn(await signIn({ name: 'nobody', password: 'sai' })).fault.code).toBe('officer.wrong-password');
    wall += 31_000;
    expect((await signIn({ name: 'lan', password: 'mật khẩu thật dài' })).status).toBe(200);
  });

  it('signs in once by an invitation', async () => {
    const token = await at.centre.officers.invite('o-1');
    expect((await signIn({ token })).status).toBe(200);
    expect(problemIn(await signIn({ token })).fault.code).toBe('session.required');
  });

  it('is not signed in by a page of another site', async () => {
    const answer = await signIn({ name: 'lan', password: 'mật khẩu thật dài' }, { 'sec-fetch-site': 'cross-site' });
    expect([answer.status, problemIn(answer).fault.code]).toEqual([403, 'access.denied']);
  });
});

describe('the pages', () => {
  it('are served under a closed policy, and nothing beside them', async () => {
    const page = await get('/province/');
    expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Tỉnh</title>']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect((await get('/province/assets/page.js')).headers.get('content-type')).toContain('javascript');
    expect((await get('/')).headers.get('location')).toBe('/province/');
    for (const path of ['/province/../centre.db', '/province/%2e%2e/centre.db', '/province/..%2fcentre.db', '/province/.hidden', '/province/none.js']) {
      const answer = await get(path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(problemIn(answer).fault.code).toMatch(/^(request\.not-found|message\.malformed)$/);
    }
  });
});
