import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { centreHeartbeatGapSchema, centreKinds } from '#central/ledger/index.ts';
import { hasher, verifier } from '#central/keys/index.ts';
import { openSqliteStore } from '#central/store/index.ts';
import { openAnchor } from '#shared/evidence/index.ts';
import { parseEntry } from '#shared/log/index.ts';
import { provincePaths } from '#shared/province/index.ts';
import { anchorResponseSchema } from '#shared/sync/index.ts';
import { send, startOfTest, testDesk } from '../peer.ts';
import { quay, quayCentral } from './program.ts';
import packageJson from '../../../package.json';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-command-'));
  folders.push(folder);
  return join(folder, 'centre');
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('quay', () => {
  it('says its version', async () => {
    expect(JSON.parse((await quay(['version', '--json'])).output)).toMatchObject({ version: packageJson.version });
  });

  it('runs a centre beside which an administrator works, and ends cleanly', async () => {
    const folder = newFolder();
    const { ready, end } = await quayCentral(folder);
    expect(readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)).toEqual([]);
    const made = await quay(['central', 'code', '--folder', folder, '--agency', 'ls-dong-dang', '--desk', 'Quầy 3', '--json']);
    const { code } = JSON.parse(made.output);
    const desk = testDesk(() => ready.url);
    expect(desk.enrolled(await desk.enrol(code))).toMatchObject({ agency: 'ls-dong-dang', desk: 'Quầy 3', state: 'pending', centreKeys: [ready.pinnedKey] });
    expect((await quay(['central', 'approve', desk.installation, '--folder', folder])).code).toBe(0);
    expect((await desk.signed('GET', '/v1/catalogue')).status).toBe(200);
    expect(JSON.parse((await quay(['central', 'installations', '--folder', folder, '--json'])).output)).toMatchObject([{ id: desk.installation, state: 'approved' }]);
    const wrong = await quay(['central', 'code', '--folder', folder, '--agency', 'nowhere', '--desk', 'Quầy 3', '--json']);
    expect([wrong.code, JSON.parse(wrong.output).fault.code]).toEqual([1, 'enrol.unknown-agency']);
    expect((await quay(['central', 'officer', '--folder', folder, '--login', 'hoa', '--name', 'Hoa'], 'mot mat khau dai\n')).code).toBe(0);
    expect((await send(ready.url, provincePaths.session, { method: 'POST', body: JSON.stringify({ name: 'hoa', password: 'mot mat khau dai' }) })).status).toBe(200);
    const token = new URLSearchParams(new URL(ready.province).hash.slice(1)).get('token');
    expect((await send(ready.url, provincePaths.session, { method: 'POST', body: JSON.stringify({ token }) })).status).toBe(200);
    expect(await end('SIGTERM')).toBe(0);
  }, 60_000);

  it('ends with its standard input, and keeps its key', async () => {
    const folder = newFolder();
    const first = await quayCentral(folder);
    const ended = once(first.child, 'close');
    first.child.stdin?.end();
    await ended;
    expect(first.child.exitCode).toBe(0);
    const second = await quayCentral(folder);
    expect(second.ready.pinnedKey).toBe(first.ready.pinnedKey);
    expect(await second.end('SIGINT')).toBe(0);
  }, 60_000);

  it('follows an injected clock, and notes when it was down', async () => {
    const folder = newFolder();
    const clock = join(folder, '..', 'clock.json');
    const writeClock = (trueAt: number): void => {
      writeFileSync(clock, JSON.stringify({ v: 1, realAt: Date.now(), trueAt, rate: 1, machines: { centre: { wallOffset: 0, boot: 'c', bootedAt: startOfTest - 60_000 } } }));
    };
    writeClock(startOfTest);
    const first = await quayCentral(folder, ['--clock-file', clock]);
    const desk = testDesk(() => first.ready.url);
    await desk.enrol(first.ready.enrolmentCode);
    desk.open();
    const body = new TextEncoder().encode(JSON.stringify({ nonce: 'n'.repeat(22), head: desk.head }));
    const { anchor } = anchorResponseSchema.parse(JSON.parse((await desk.signed('POST', '/v1/anchor', body)).text));
    const opened = openAnchor(anchor, first.ready.pinnedKey, verifier);
    expect(opened?.rho).toBe(50);
    expect(Math.abs((opened?.t ?? 0) - startOfTest)).toBeLessThan(60_000);
    await first.end('SIGTERM');

    writeClock(startOfTest + 3_600_000);
    await (await quayCentral(folder, ['--clock-file', clock])).end('SIGTERM');
    const store = openSqliteStore(join(folder, 'centre.db'));
    const own = (await store.logs()).find(({ installation }) => installation === undefined);
    const gaps = (await store.entries(own?.log ?? '', 1, 1000)).flatMap(({ text }) => {
      const entry = parseEntry(text, hasher);
      return entry.ok && entry.value.header.kind === centreKinds.heartbeatGap ? [centreHeartbeatGapSchema.parse(entry.value.header.facts)] : [];
    });
    await store.close();
    expect(gaps).toHaveLength(1);
    expect((gaps[0]?.to ?? 0) - (gaps[0]?.from ?? 0)).toBeGreaterThan(3_000_000);
    expect(gaps[0]?.from).toBeLessThan(startOfTest + 120_000);
  }, 60_000);
});
