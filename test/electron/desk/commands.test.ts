import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadOrCreateKey, wrapToRecoveryKey } from '#db/index.ts';
import { openKeys } from '#central/keys/index.ts';
import { pinnedCentre } from '#electron/desk/sync/installation.ts';
import { quay as centreCommand } from '#test/central/commands/program.ts';
import { deskKey, endAll, enrolmentCode, heldByCentre, noLine, openCentre, openTestDesk, reception, temporaryFolder, until, workingDesk, World, type TestCentre } from './place.ts';

afterEach(endAll);

const root = join(__dirname, '../../..');

/** Runs `quay` on a desk's folder as an administrator would: over its own door, which chooses the program. */
function quay(...args: string[]): { code: number | null; answer: Record<string, unknown>; problems: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'build/quay.mjs'), ...args, '--json'], { encoding: 'utf8' });
  return { code: status, answer: stdout.trim() === '' ? {} : JSON.parse(stdout) as Record<string, unknown>, problems: stderr };
}

/** A desk with work that waits, closed, with its key's envelope. */
async function stopped(world: World, centre: TestCentre): Promise<{ folder: string; on: string[]; waiting: number; log: string }> {
  const folder = temporaryFolder();
  const first = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
  await until(() => pinnedCentre(first.store)?.bundleKey !== undefined && first.store.pendingSummary().entries === 0);
  await first.close();
  const desk = openTestDesk({ folder, world, ports: { transport: noLine } });
  await desk.signIn();
  for (let count = 0; count < 12; count += 1) await desk.get('reception.save', reception(world));
  const waiting = desk.store.pendingSummary().entries;
  const { log } = desk.store.head();
  await desk.close();
  const { recoveryKey } = openKeys(centre.folder);
  writeFileSync(join(folder, 'desk.key.json'), JSON.stringify({ v: 1, wrapped: { backend: 'gone', blob: 'AAAA' }, recovery: wrapToRecoveryKey(deskKey, recoveryKey) }));
  return { folder, on: ['--folder', folder, '--recovery-key', join(centre.folder, 'recovery.key.pem')], waiting, log };
}

describe('quay on a desk’s folder', () => {
  it('exports what waits at a desk whose program does not start; the centre takes it', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, on, waiting, log } = await stopped(world, centre);
    const file = join(temporaryFolder(), 'goi.quaygoi');
    expect(quay('bundle', 'export', file, ...on)).toMatchObject({ code: 0, answer: { entries: waiting, left: 0, bytes: statSync(file).size } });
    const receipt = join(temporaryFolder(), 'r.quaynhan');
    const { code } = await centreCommand(['bundle', 'import', file, '--folder', centre.folder, '--receipt', receipt, '--json']);
    expect(code).toBe(0);
    const held = (await heldByCentre(centre, log)).length;
    const desk = openTestDesk({ folder, world, ports: { transport: noLine } });
    expect(desk.store.head(log).seq).toBe(held);
    await desk.signIn();
    expect(await desk.get('bundle.read-receipt-from', { file: receipt })).toMatchObject({ marked: waiting, refusals: [] });
  }, 90_000);

  it('backs up, lists, and puts a damaged store back with what the file still holds', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder, on, log } = await stopped(world, centre);
    expect(quay('restore', ...on)).toMatchObject({ code: 0, answer: { kind: 'intact' } });
    const elsewhere = temporaryFolder();
    expect(quay('backup', ...on, '--to', elsewhere)).toMatchObject({ code: 0, answer: { number: 1, log } });
    expect(quay('backup', ...on)).toMatchObject({ code: 0, answer: { log } });
    expect(readdirSync(elsewhere).toSorted()).toEqual(['desk.key.json', 'quay-000001.db', 'quay-000001.json']);
    expect(quay('backup', 'list', '--folder', folder).answer).toMatchObject([{ log }]);
    const handle = openSync(join(folder, 'desk.db'), 'r+');
    writeSync(handle, Buffer.alloc(64, 1), 0, 64, 4096 * 3 + 50);
    closeSync(handle);
    const restored = quay('restore', ...on);
    expect(restored).toMatchObject({ code: 0, answer: { kind: 'recovered', behind: 0 } });
    expect(existsSync(join(folder, String(restored.answer['aside']), 'desk.db'))).toBe(true);
    const desk = openTestDesk({ folder, world, url: centre.url });
    await until(() => desk.store.pendingSummary().entries === 0);
    expect(desk.store.identity()?.log).not.toBe(log);
    await desk.close();
    const [backup = ''] = readdirSync(elsewhere).filter((name) => name.endsWith('.db'));
    expect(quay('restore', ...on, '--from', join(elsewhere, backup))).toMatchObject({ code: 0, answer: { kind: 'recovered' } });
  }, 120_000);

  it('opens nothing without the province’s recovery key, and says what is missing', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const { folder } = await stopped(world, centre);
    const wrong = ['--folder', folder, '--recovery-key', join(centre.folder, 'bundle.key.pem')];
    expect(quay('backup', ...wrong)).toMatchObject({ code: 1, answer: { fault: { code: 'key.unreadable' } } });
    expect(quay('restore', ...wrong)).toMatchObject({ code: 1, answer: { fault: { code: 'key.unreadable' } } });
    const bare = temporaryFolder();
    await loadOrCreateKey({ file: join(bare, 'desk.key.json'), database: join(bare, 'desk.db'), keychain: { backend: () => Promise.resolve('test'), available: () => Promise.resolve(true), wrap: (bytes) => Promise.resolve(bytes), unwrap: (bytes) => Promise.resolve(bytes) } });
    expect(quay('backup', '--folder', bare, '--recovery-key', join(centre.folder, 'recovery.key.pem'))).toMatchObject({ code: 1, answer: { fault: { code: 'key.no-recovery' } } });
    expect(readdirSync(bare)).toEqual(['desk.key.json']);
  }, 90_000);
});
