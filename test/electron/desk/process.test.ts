/** The desk process as a real child process, spoken to over its port as the shell does it. */
import { fork, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '#shared/errors/index.ts';
import { messageLimit, type OpenMessage } from '#shared/ipc/index.ts';
import { atEnd, endAll, enrolmentCode, heldByCentre, openCentre, pin, reception, temporaryFolder, until, World, type TestCentre } from './place.ts';

afterEach(endAll);

interface Process {
  readonly child: ChildProcess;
  readonly messages: { type: string; [key: string]: unknown }[];
  readonly exited: Promise<number | null>;
  send(message: unknown): void;
  call(channel: string, request: unknown): Promise<Outcome<Record<string, unknown>>>;
  heard(type: string): Promise<Record<string, unknown>>;
}

/** A keychain that turns bytes around: enough to see that what is stored is not the key. */
const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));

function start(): Process {
  const root = join(__dirname, '../../..');
  const node = join(root, 'node_modules/node/bin/node');
  const child = fork(join(root, 'electron/desk/main.ts'), [], {
    execPath: existsSync(node) ? node : process.execPath, execArgv: ['--import', join(root, 'build/development.ts')], serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const messages: Process['messages'] = [];
  const answers = new Map<number, (outcome: Outcome<Record<string, unknown>>) => void>();
  let next = 1;
  child.on('message', (message: Process['messages'][number]) => {
    messages.push(message);
    if (message.type === 'answer') answers.get(message['id'] as number)?.(message['outcome'] as Outcome<Record<string, unknown>>);
    if (message.type === 'keychain') child.send({ type: 'keychain', id: message['id'], bytes: turned(Buffer.from(message['bytes'] as string, 'base64')).toString('base64') });
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return {
    child, messages, exited,
    send: (message) => void child.send(message as object),
    call: (channel, request) => new Promise((resolve) => {
      const id = next++;
      answers.set(id, resolve);
      child.send({ type: 'call', id, channel, request });
    }),
    async heard(type) {
      await until(() => messages.some((message) => message.type === type));
      return messages.find((message) => message.type === type) ?? {};
    },
  };
}

async function openMessage(world: World, centre: TestCentre, folder: string, code?: string): Promise<OpenMessage> {
  const clockFile = `${folder}.clock`;
  world.follow(clockFile);
  return {
    type: 'open', folder, software: 'test', banners: ['injected-clock'], keychain: { backend: 'test_keychain', available: true, allowDevelopment: false },
    run: 'one-run-of-the-shell', clockFile, centre: { url: centre.url, ...(code === undefined ? {} : { enrolmentCode: code, pinnedKey: centre.key }) },
  };
}

async function signedIn(desk: Process): Promise<void> {
  await until(async () => {
    const view = await desk.call('session.view', {});
    return view.ok && (view.value['staff'] as unknown[]).length > 0;
  });
  expect(await desk.call('session.sign-in', { staff: 'mp-01', pin })).toMatchObject({ ok: true });
}

describe('the desk process', () => {
  it('opens with its own key, answers, keeps the sign-in when it alone is started anew, and ends when told', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = join(temporaryFolder(), 'desk');
    const open = await openMessage(world, centre, folder, await enrolmentCode(centre));
    const first = start();
    first.send(open);
    await first.heard('opened');
    await signedIn(first);
    const saved = await first.call('reception.save', reception(world));
    expect(saved).toMatchObject({ ok: true, value: { repeated: false } });
    expect(first.messages.some(({ type }) => type === 'event')).toBe(true);
    // The envelope holds a copy for the province's recovery key since the enrolment, and never the key itself.
    const envelope = JSON.parse(readFileSync(join(folder, 'desk.key.json'), 'utf8')) as { recovery?: unknown };
    expect(envelope.recovery).toBeDefined();
    expect(readFileSync(join(folder, 'desk.db')).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');

    first.child.kill('SIGKILL');
    await first.exited;
    const second = start();
    second.send(open);
    expect(await second.heard('opened')).toMatchObject({ log: expect.any(String) });
    expect(await second.call('session.view', {})).toMatchObject({ ok: true, value: { signedIn: { id: 'mp-01' }, banners: ['injected-clock'] } });
    second.send({ type: 'power', event: 'resume' });
    second.send({ type: 'close' });
    expect(await second.exited).toBe(0);
    expect(second.messages.at(-1)).toEqual({ type: 'closed' });

    const third = start();
    third.send({ ...open, run: 'another-run-of-the-shell' });
    await third.heard('opened');
    const view = await third.call('session.view', {});
    expect(view.ok && 'signedIn' in view.value).toBe(false);
    third.child.disconnect();
    expect(await third.exited).toBe(0);
  }, 60_000);

  it('gives malformed, unknown and oversized messages their codes and goes on', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = start();
    expect(await desk.call('session.view', {})).toMatchObject({ ok: false, fault: { code: 'desk.unavailable' } });
    desk.send(await openMessage(world, centre, join(temporaryFolder(), 'desk'), await enrolmentCode(centre)));
    await desk.heard('opened');
    for (const nonsense of [7, 'x', null, [], { type: 'no such type' }, { type: 'call' }, { type: 'open' }]) desk.send(nonsense);
    desk.send({ type: 'call', id: 4000, channel: 7 });
    await until(() => desk.messages.some((message) => message.type === 'answer' && message['id'] === 4000));
    expect(desk.messages.find((message) => message['id'] === 4000)).toMatchObject({ outcome: { ok: false, fault: { code: 'message.malformed' } } });
    expect(await desk.call('no.such-channel', {})).toMatchObject({ ok: false, fault: { code: 'message.unknown-channel' } });
    expect(await desk.call('draft.save', { key: 'k', text: 'x'.repeat(messageLimit) })).toMatchObject({ ok: false, fault: { code: 'message.too-large', params: { limit: messageLimit } } });
    expect(await desk.call('session.view', {})).toMatchObject({ ok: true });
  }, 60_000);

  it('refuses a lost keychain, a key that cannot be opened and a second opener, and changes nothing', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = join(temporaryFolder(), 'desk');
    const open = await openMessage(world, centre, folder);
    const none = start();
    none.send({ ...open, keychain: { backend: 'basic_text', available: false, allowDevelopment: false } });
    expect(await none.heard('refused')).toMatchObject({ fault: { code: 'key.keychain-missing' } });
    expect(await none.exited).toBe(3);
    const desk = start();
    desk.send(open);
    await desk.heard('opened');
    const second = start();
    second.send(open);
    expect(await second.heard('refused')).toMatchObject({ fault: { code: 'store.in-use' } });
    desk.send({ type: 'close' });
    await desk.exited;

    const copy = join(temporaryFolder(), 'copy');
    mkdirSync(copy);
    copyFileSync(join(folder, 'desk.db'), join(copy, 'desk.db'));
    const before = readFileSync(join(copy, 'desk.db'));
    const lost = start();
    lost.send({ ...open, folder: copy });
    expect(await lost.heard('refused')).toMatchObject({ fault: { code: 'key.unreadable' } });
    const wrong = JSON.parse(readFileSync(join(folder, 'desk.key.json'), 'utf8')) as { wrapped: { blob: string } };
    wrong.wrapped.blob = Buffer.alloc(32, 1).toString('base64');
    writeFileSync(join(copy, 'desk.key.json'), JSON.stringify(wrong));
    const other = start();
    other.send({ ...open, folder: copy });
    expect(await other.heard('refused')).toMatchObject({ fault: { code: 'store.wrong-key' } });
    expect(readFileSync(join(copy, 'desk.db')).equals(before)).toBe(true);
  }, 60_000);

  it('killed in mid-commit: every act it answered is there once, and arrives once', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = join(temporaryFolder(), 'desk');
    const open = await openMessage(world, centre, folder, await enrolmentCode(centre));
    const answered = new Map<string, string>();
    const seed = Date.now() % 1_000_000;
    process.stdout.write(`seed of the kills: ${seed}\n`);
    for (let round = 0; round < 5; round += 1) {
      const desk = start();
      desk.send(open);
      await desk.heard('opened');
      if (round === 0) await signedIn(desk);
      setTimeout(() => desk.child.kill('SIGKILL'), 40 + ((seed * (round + 3) * 7919) % 160));
      for (;;) {
        const order = reception(world);
        const outcome = await Promise.race([desk.call('reception.save', order), desk.exited]);
        if (outcome === null || typeof outcome === 'number') break;
        if (outcome.ok) answered.set(order.dossier, String(outcome.value['hash']));
      }
    }
    const desk = start();
    desk.send(open);
    const { log } = await desk.heard('opened');
    await until(async () => {
      await desk.call('sync.now', {});
      const view = await desk.call('sync.view', {});
      return view.ok && (view.value['waiting'] as { entries: number }).entries === 0;
    }, 30_000);
    const held = await heldByCentre(centre, String(log));
    expect(held.map(({ seq }) => seq)).toEqual(held.map((_, index) => index + 1));
    const hashes = new Set(held.map(({ hash }) => hash));
    expect(hashes.size).toBe(held.length);
    expect(answered.size).toBeGreaterThan(0);
    for (const [dossier, hash] of answered) {
      expect(hashes.has(hash)).toBe(true);
      expect(held.filter(({ text }) => text.includes(dossier))).toHaveLength(1);
    }
  }, 120_000);
});
