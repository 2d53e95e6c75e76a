import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { nodeHasher } from '#db/index.ts';
import { nodeKeys } from '#electron/desk/keys.ts';
import { nodePorts } from '#electron/desk/node-ports.ts';
import { makeBundle } from '#electron/desk/sync/bundling.ts';
import { keepPinnedCentre, pinnedCentre } from '#electron/desk/sync/installation.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { writeReceipt } from '#shared/sync/index.ts';
import { quay } from '#test/central/commands/program.ts';
import { numbers } from './numbers.ts';
import { endAll, enrolmentCode, heldByCentre, noLine, openCentre, openTestDesk, reception, temporaryFolder, until, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

type Written = Extract<ResponseOf<'bundle.export'>, { chosen: true }>;

/** A desk that was enrolled over the line and has none any more. */
async function cutOff(world: World, centre: TestCentre): Promise<TestDesk> {
  const folder = temporaryFolder();
  const before = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
  await until(() => before.store.pendingSummary().entries === 0 && pinnedCentre(before.store)?.bundleKey !== undefined);
  await before.close();
  const desk = openTestDesk({ folder, world, ports: { transport: noLine } });
  await desk.signIn();
  return desk;
}

async function exported(desk: TestDesk): Promise<Written & { file: string }> {
  const file = join(temporaryFolder(), 'goi.quaygoi');
  return { ...(await desk.get('bundle.export-to', { file })), file };
}

/** What an administrator does at the centre. */
async function imported(centre: TestCentre, file: string): Promise<{ receipt: string; code: number | null; answer: Record<string, unknown> }> {
  const receipt = `${file}.${readdirSync(join(file, '..')).length}.quaynhan`;
  const { code, output } = await quay(['bundle', 'import', file, '--folder', centre.folder, '--receipt', receipt, '--json']);
  return { receipt, code, answer: JSON.parse(output) };
}

const read = (desk: TestDesk, file: string) => desk.call('bundle.read-receipt-from', { file });
const codeOf = async (outcome: ReturnType<typeof read>): Promise<string> => {
  const given = await outcome;
  return given.ok ? 'taken' : given.fault.code;
};

describe('entries carried by USB', () => {
  it('reach the centre and are acknowledged by its receipt, as over the network; again, or after the network, nothing changes', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    for (let count = 0; count < 5; count += 1) await desk.get('reception.save', reception(world));
    const waiting = desk.store.pendingSummary().entries;
    const bundle = await exported(desk);
    expect(bundle).toMatchObject({ name: 'goi.quaygoi', entries: waiting, left: 0, bytes: readFileSync(bundle.file).length });
    // Writing it says nothing about its arrival.
    expect(desk.store.pendingSummary().entries).toBe(waiting);
    const head = desk.store.head();
    const first = await imported(centre, bundle.file);
    expect(first).toMatchObject({ code: 0, answer: { entries: waiting, fresh: waiting } });
    const later = reception(world);
    await desk.get('reception.save', later);
    const after = desk.store.head().seq - head.seq;
    expect(await desk.get('bundle.read-receipt-from', { file: first.receipt })).toMatchObject({ chosen: true, marked: waiting, waiting: after, refusals: [] });
    expect(desk.store.acknowledged()).toEqual(head);
    const second = await imported(centre, bundle.file);
    expect(second).toMatchObject({ code: 0, answer: { fresh: 0 } });
    for (const receipt of [first.receipt, second.receipt]) expect(await desk.get('bundle.read-receipt-from', { file: receipt })).toMatchObject({ marked: 0, waiting: after });
    expect(desk.store.acknowledged()).toEqual(head);

    await desk.close();
    const online = openTestDesk({ folder: desk.folder, world, url: centre.url });
    await until(() => online.store.pendingSummary().entries === 0);
    const held = await heldByCentre(centre, head.log);
    expect(held.map(({ seq }) => seq)).toEqual(Array.from({ length: held.length }, (_, index) => index + 1));
    expect(held.some(({ text }) => text.includes(later.dossier))).toBe(true);
    await online.signIn();
    expect(await online.get('bundle.read-receipt-from', { file: first.receipt })).toMatchObject({ marked: 0, waiting: 0 });
    expect(online.store.acknowledged().seq).toBeGreaterThan(head.seq);
    expect(await online.call('bundle.export-to', { file: join(temporaryFolder(), 'x.quaygoi') })).toMatchObject({ ok: false, fault: { code: 'bundle.nothing-waits' } });
  }, 90_000);

  it('show nobody on the way whom they are about', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    process.stdout.write(`seed of the people: ${seed}\n`);
    const chance = numbers(seed);
    const people = Array.from({ length: 200 }, () => `0201${String(50 + chance(50))}${String(chance(1_000_000)).padStart(6, '0')}`);
    for (const idNumber of people) {
      const order = reception(world);
      await desk.get('reception.save', { ...order, personal: { applicant: { ...order.personal.applicant, idNumber } } });
    }
    const bundle = await exported(desk);
    const bytes = readFileSync(bundle.file);
    const forms = [bytes.toString('latin1'), bytes.toString('utf16le')];
    for (const number of people) for (const text of [number, Buffer.from(number).toString('base64').slice(0, 14), Buffer.from(number).toString('hex')]) expect([seed, text, forms.some((form) => form.includes(text))]).toEqual([seed, text, false]);
    expect(forms[0]).not.toMatch(/Hoàng|Ngọc|Mai Pha|0912345678/);
    const { receipt, code } = await imported(centre, bundle.file);
    expect(code).toBe(0);
    const said = readFileSync(receipt, 'utf8');
    for (const number of people) expect(said).not.toContain(number);
    // And the centre did get them.
    const held = await heldByCentre(centre, desk.store.head().log);
    expect(held.length).toBe(desk.store.head().seq);
  }, 120_000);

  it('are not marked by a receipt that is forged, damaged, of another desk, or of another log than this one', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    await desk.get('reception.save', reception(world));
    const waiting = desk.store.pendingSummary().entries;
    const { receipt } = await imported(centre, (await exported(desk)).file);
    const genuine = readFileSync(receipt, 'utf8');
    const place = (text: string): string => {
      const file = join(temporaryFolder(), 'x.quaynhan');
      writeFileSync(file, text);
      return file;
    };
    const forger = nodeKeys.signer(nodeKeys.generate());
    const { log, seq, hash } = desk.store.head();
    const { installation = '' } = desk.store.identity() ?? {};
    const forged = writeReceipt({ installation, bundle: 'a'.repeat(64), at: world.truth(), rho: 5, logs: [{ log, ack: { seq, hash } }] }, nodeHasher, forger);
    expect(await codeOf(read(desk, place(forged)))).toBe('receipt.bad-signature');
    expect(await codeOf(read(desk, place(genuine.replace(/"seq":\d+/, '"seq":1'))))).toBe('receipt.bad-signature');
    expect(await codeOf(read(desk, place(genuine.slice(0, -20))))).toBe('receipt.unreadable');
    expect(await codeOf(read(desk, place('')))).toBe('receipt.unreadable');
    expect(await codeOf(read(desk, join(temporaryFolder(), 'none')))).toBe('bundle.cannot-read');
    expect(await codeOf(read(desk, place('x'.repeat(2 * 1024 * 1024))))).toBe('bundle.too-large');
    const other = await cutOff(world, centre);
    expect(await codeOf(read(other, receipt))).toBe('receipt.other-desk');
    // Signed by the centre, but for another entry at this place than the one held here: nothing of it is marked.
    keepPinnedCentre(desk.store, { ...pinnedCentre(desk.store)!, keys: [forger.publicKey] });
    const mixed = writeReceipt({ installation, bundle: 'a'.repeat(64), at: 1, rho: 5, logs: [{ log, ack: { seq, hash: 'b'.repeat(64) } }] }, nodeHasher, forger);
    expect(await codeOf(read(desk, place(mixed)))).toBe('log.fork');
    expect(desk.store.pendingSummary().entries).toBe(waiting);
    expect(await codeOf(read(desk, place(forged)))).toBe('taken');
    expect(desk.store.pendingSummary().entries).toBe(0);
  }, 90_000);

  it('need the centre’s key, which a desk enrolled earlier learns at its next contact', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    const { bundleKey, ...earlier } = pinnedCentre(desk.store)!;
    keepPinnedCentre(desk.store, earlier);
    const file = join(temporaryFolder(), 'goi.quaygoi');
    await desk.get('reception.save', reception(world));
    expect(await desk.call('bundle.export-to', { file })).toMatchObject({ ok: false, fault: { code: 'bundle.no-key' } });
    expect(existsSync(file)).toBe(false);
    await desk.close();
    const online = openTestDesk({ folder: desk.folder, world, url: centre.url });
    await until(() => pinnedCentre(online.store)?.bundleKey === bundleKey);
    expect(pinnedCentre(online.store)).toMatchObject(earlier);
  }, 60_000);

  it('of a cloned disk are kept as a branch, and the desk goes on in a new log', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    const clone = temporaryFolder();
    expect(desk.store.backup(join(clone, 'desk.db')).ok).toBe(true);
    await desk.get('reception.save', reception(world));
    expect((await imported(centre, (await exported(desk)).file)).code).toBe(0);
    const second = openTestDesk({ folder: clone, world, ports: { transport: noLine } });
    await second.signIn();
    await second.get('reception.save', reception(world));
    const branched = second.store.head();
    const { receipt, code } = await imported(centre, (await exported(second)).file);
    expect(code).toBe(0);
    // The new log waits; the branch does not.
    expect(await second.get('bundle.read-receipt-from', { file: receipt })).toMatchObject({ refusals: [] });
    expect(second.store.kept(branched.log)).toMatchObject({ seq: branched.seq, hash: branched.hash });
    expect(second.store.identity()?.log).not.toBe(branched.log);
    await second.get('reception.save', reception(world));
    const next = await imported(centre, (await exported(second)).file);
    expect(next.code).toBe(0);
    await second.get('bundle.read-receipt-from', { file: next.receipt });
    expect(second.store.pendingSummary().entries).toBe(0);
    expect(second.store.acknowledged()).toEqual(second.store.head());
  }, 90_000);

  it('are sent again from where a centre that was put back from a backup wants them', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    const image = temporaryFolder();
    await centre.ask('stop');
    for (const name of readdirSync(centre.folder)) copyFileSync(join(centre.folder, name), join(image, name));
    await desk.get('reception.save', reception(world));
    const first = await imported(centre, (await exported(desk)).file);
    await desk.get('bundle.read-receipt-from', { file: first.receipt });
    const acknowledged = desk.store.acknowledged();
    for (const name of readdirSync(image)) copyFileSync(join(image, name), join(centre.folder, name));
    for (const name of readdirSync(centre.folder)) if (!existsSync(join(image, name))) writeFileSync(join(centre.folder, name), '');
    await desk.get('reception.save', reception(world));
    const short = await imported(centre, (await exported(desk)).file);
    expect(short).toMatchObject({ code: 1 });
    expect(await desk.get('bundle.read-receipt-from', { file: short.receipt })).toMatchObject({ refusals: [{ fault: { code: 'log.gap' } }] });
    expect((await desk.get('sync.view', {})).refusals).toMatchObject([{ fault: { code: 'log.gap' } }]);
    expect(desk.store.acknowledged()).toEqual(acknowledged);
    const whole = await imported(centre, (await exported(desk)).file);
    expect(whole).toMatchObject({ code: 0 });
    await desk.get('bundle.read-receipt-from', { file: whole.receipt });
    expect(desk.store.acknowledged()).toEqual(desk.store.head());
    expect((await desk.get('sync.view', {})).refusals).toEqual([]);
  }, 120_000);

  it('that find no room in one bundle go with the next, none twice and none left out', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    for (let count = 0; count < 1000; count += 1) await desk.get('reception.save', reception(world));
    const ports = nodePorts(temporaryFolder(), undefined, () => Promise.resolve());
    const whole = await makeBundle(desk.store, ports, 'test');
    const most = whole.ok ? Math.floor(whole.value.bytes.length * 0.8) : 0;
    let rounds = 0;
    for (let left = 1; left > 0; rounds += 1) {
      const waiting = desk.store.pendingSummary().entries;
      const made = await makeBundle(desk.store, ports, 'test', most);
      if (!made.ok) throw new Error(made.fault.code);
      left = made.value.left;
      expect(made.value.entries + left).toBe(waiting);
      const file = join(temporaryFolder(), 'goi.quaygoi');
      writeFileSync(file, made.value.bytes);
      const { receipt, answer } = await imported(centre, file);
      expect(answer).toMatchObject({ entries: made.value.entries, fresh: made.value.entries });
      expect(await desk.get('bundle.read-receipt-from', { file: receipt })).toMatchObject({ marked: made.value.entries, waiting: left });
    }
    expect(rounds).toBeGreaterThan(1);
    expect((await heldByCentre(centre, desk.store.head().log)).length).toBe(desk.store.head().seq);
  }, 120_000);

  it('leave nothing half written where the stick is full or not there', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await cutOff(world, centre);
    await desk.get('reception.save', reception(world));
    const folder = temporaryFolder();
    expect(await desk.call('bundle.export-to', { file: join(folder, 'gone', 'goi.quaygoi') })).toMatchObject({ ok: false, fault: { code: 'bundle.cannot-write', params: { reason: 'ENOENT' } } });
    // A device that takes nothing.
    symlinkSync('/dev/full', join(folder, 'full.quaygoi.part'));
    expect(await desk.call('bundle.export-to', { file: join(folder, 'full.quaygoi') })).toMatchObject({ ok: false, fault: { code: 'bundle.cannot-write', params: { reason: 'ENOSPC' } } });
    expect(readdirSync(folder)).toEqual([]);
    const file = join(folder, 'goi.quaygoi');
    writeFileSync(file, 'an earlier bundle');
    await desk.get('bundle.export-to', { file });
    expect(readdirSync(folder)).toEqual(['goi.quaygoi']);
    const before = createHash('sha256').update(readFileSync(file)).digest('hex');
    await desk.get('bundle.export-to', { file });
    // Each bundle has a key of its own.
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).not.toBe(before);
  }, 60_000);
});
