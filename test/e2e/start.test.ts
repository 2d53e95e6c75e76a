/** Starts that must not go on: each says why, and leaves every file of the desk as it was. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, copyFileSync, cpSync, existsSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { developmentEnvironment } from '#build/launch/index.ts';
import { cardText, type DeskApp } from '#build/stage/index.ts';
import { keyEnvelopeSchema, unlock } from '#db/index.ts';
import { openDevelopmentKeychain } from '#electron/shell/development-keychain.ts';
import { receive, setScene, shot, signInClerk, type Scene } from './harness.ts';

let scene: Scene;

/** A desk that has been used and was closed in order; each test spoils a copy of it. */
beforeAll(async () => {
  scene = await setScene();
  const used = await scene.desk('used');
  await used.page.getByRole('radio').first().waitFor();
  // The first backup is made by itself, as soon as there is something to lose.
  await until(() => backupsOf('used').length > 0);
  await used.close();
  // Another installation, with a key of its own.
  const other = await scene.desk('other');
  await other.page.getByRole('heading', { name: 'Ghi danh quầy' }).or(other.page.getByRole('radio')).first().waitFor();
  await other.close();
});
afterAll(() => scene?.end());

function backupsOf(name: string): string[] {
  const folder = join(scene.folder, name, 'data/backups');
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 600) throw new Error('it did not become true');
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
}

function copyOf(name: string): string {
  cpSync(join(scene.folder, 'used'), join(scene.folder, name), { recursive: true });
  return join(scene.folder, name);
}

/** Name and digest of every file of the desk. */
function filesOf(folder: string): Record<string, string> {
  const data = join(folder, 'data');
  // An empty write-ahead log and its index come and go with each opening.
  const names = readdirSync(data, { withFileTypes: true }).filter((file) => file.isFile() && !/-(?:wal|shm)$/.test(file.name)).map(({ name }) => name).toSorted();
  return Object.fromEntries(names.map((name) => [name, createHash('sha256').update(readFileSync(join(data, name))).digest('hex')]));
}

async function failureOf(desk: DeskApp): Promise<string> {
  await desk.page.getByRole('alert').waitFor();
  expect(desk.page.url()).toBe('app://failure/');
  return await desk.page.locator('main').innerText();
}

describe('a start that must not go on', () => {
  it('refuses a wrong key, deletes nothing, and goes on once the key is right again', async () => {
    const folder = copyOf('wrong-key');
    for (const file of ['development.key', 'data/desk.key.json']) copyFileSync(join(scene.folder, 'other', file), join(folder, file));
    const before = filesOf(folder);
    const desk = await scene.desk('wrong-key');
    expect(await failureOf(desk)).toMatch(/store\.wrong-key[\s\S]*Delete nothing/);
    await shot(desk.page, 'failure-wrong-key');
    expect(filesOf(folder)).toEqual(before);

    for (const file of ['development.key', 'data/desk.key.json']) copyFileSync(join(scene.folder, 'used', file), join(folder, file));
    await desk.page.getByRole('link', { name: 'Thử lại' }).focus();
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('radio').first().waitFor();
    await desk.close();
  });

  it('refuses a keychain that cannot open the key', async () => {
    const folder = copyOf('lost-profile');
    copyFileSync(join(scene.folder, 'other', 'development.key'), join(folder, 'development.key'));
    const before = filesOf(folder);
    const desk = await scene.desk('lost-profile');
    expect(await failureOf(desk)).toContain('key.unreadable');
    await shot(desk.page, 'failure-key-unreadable');
    expect(filesOf(folder)).toEqual(before);
    await desk.close();
  });

  it('refuses a newer database', async () => {
    const folder = copyOf('newer');
    const envelope = keyEnvelopeSchema.parse(JSON.parse(readFileSync(join(folder, 'data/desk.key.json'), 'utf8')));
    const key = await openDevelopmentKeychain(join(folder, 'development.key')).unwrap(Buffer.from(envelope.wrapped.blob, 'base64'));
    const db = new Database(join(folder, 'data/desk.db'));
    unlock(db, key);
    db.pragma('user_version = 9999');
    db.close();
    const before = filesOf(folder);
    const desk = await scene.desk('newer');
    const words = await failureOf(desk);
    expect(words).toContain('store.newer-version');
    expect(words).toContain('9999');
    await shot(desk.page, 'failure-newer');
    expect(filesOf(folder)).toEqual(before);
    await desk.close();
  });

  it('refuses a damaged database, and leads a clerk from there to a working desk', async () => {
    const folder = copyOf('damaged');
    const file = openSync(join(folder, 'data/desk.db'), 'r+');
    // Beyond the first page, so that the key still fits.
    for (let page = 1; page < 200; page += 1) writeSync(file, Buffer.alloc(64, page), 0, 64, page * 4096 + 100);
    closeSync(file);
    const before = filesOf(folder);
    const desk = await scene.desk('damaged');
    expect(await failureOf(desk)).toContain('store.damaged');
    await shot(desk.page, 'failure-damaged');
    expect(filesOf(folder)).toEqual(before);
    // By keyboard: back from the backup, the damaged file set aside as it was, the work goes on.
    await desk.page.getByRole('link', { name: 'Khôi phục dữ liệu' }).focus();
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('radio').first().waitFor();
    const [aside = ''] = readdirSync(join(folder, 'data')).filter((name) => name.startsWith('damaged-'));
    expect(createHash('sha256').update(readFileSync(join(folder, 'data', aside, 'desk.db'))).digest('hex')).toBe(before['desk.db']);
    await signInClerk(desk.page, scene.centre.ready);
    await receive(desk.page, cardText('020090123456', 'Nguyễn Văn An', '01011990', 'Nam', 'Thôn Phai Duốc, xã Mai Pha, tỉnh Lạng Sơn'), 'dang ky lai khai sinh');
    await shot(desk.page, 'after-recovery');
    await desk.close();
  });

  it('refuses to keep data without a keychain, and makes no key', async () => {
    const desk = await scene.desk('no-keychain', { env: { QUAY_DEV: undefined, XDG_CURRENT_DESKTOP: undefined, DBUS_SESSION_BUS_ADDRESS: 'disabled:' } });
    expect(await failureOf(desk)).toContain('key.keychain-missing');
    await shot(desk.page, 'failure-keychain');
    expect(existsSync(join(scene.folder, 'no-keychain', 'development.key'))).toBe(false);
    expect(readdirSync(join(scene.folder, 'no-keychain', 'data'))).toEqual([]);
    await desk.close();
  });

  it('leaves the first window alone when the program is started again over the same data', async () => {
    const desk = await scene.desk('used');
    await desk.page.getByRole('radio').first().waitFor();
    const second = spawn(scene.runtime.executable, [...scene.runtime.args], { env: developmentEnvironment(join(scene.folder, 'used'), undefined), stdio: 'ignore' });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    expect(await desk.page.getByRole('radio').first().isVisible()).toBe(true);
    await desk.close();
  });

  it('leaves no process behind when the shell is killed', async () => {
    const desk = await scene.desk('used');
    await desk.page.getByRole('radio').first().waitFor();
    const pid = desk.deskProcess();
    expect(pid).toBeDefined();
    await desk.kill();
    for (let tries = 0; existsSync(`/proc/${pid}`) && tries < 100; tries += 1) await new Promise((resolve) => void setTimeout(resolve, 100));
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});
