import { describe, expect, it, jest } from '@jest/globals';
import { relay, type RelayPorts, type Sender } from '#electron/shell/relay.ts';
import { ok } from '#shared/errors/index.ts';
import { channels, isChannel, messageLimit } from '#shared/ipc/index.ts';

const counter: Sender = { counterWindow: true, mainFrame: true, address: 'app://desk/index.html' };
const dossier = '0190a000-0000-7000-8000-000000000001';

function ports(changes: Partial<RelayPorts> = {}): RelayPorts & { passed: unknown[]; answered: string[]; reported: string[] } {
  const passed: unknown[] = [];
  const answered: string[] = [];
  const reported: string[] = [];
  return {
    passed, answered, reported,
    desk: async (name, request) => {
      passed.push([name, request]);
      return ok({ name });
    },
    shell: {
      'receipt.print': async () => ok({ file: '/f.pdf', printed: false }), 'receipt.show': async () => ok({ done: true }),
      'register.print': async () => ok({ file: '/r.pdf', printed: false }), 'register.show': async () => ok({ done: true }),
      'close-sheet.print': async () => ok({ file: '/c.pdf', printed: false }), 'close-sheet.show': async () => ok({ done: true }),
      'bundle.export': async () => ok({ chosen: false }), 'bundle.read-receipt': async () => ok({ chosen: false }), 'backup.choose-folder': async () => ok({ chosen: false }),
      'attachment.add': async () => ok({ chosen: false }), 'attachment.show': async () => ok({ done: true }),
    },
    onAnswered: (name) => void answered.push(name),
    report: (what) => {
      reported.push(what);
      return 'r1';
    },
    ...changes,
  };
}

describe('the relay between a window and the desk process', () => {
  it('passes a checked call on, and says so afterwards', async () => {
    const own = ports();
    expect(await relay(counter, 'dossier.get', JSON.stringify({ dossier }), own)).toEqual(ok({ name: 'dossier.get' }));
    expect(own.passed).toEqual([['dossier.get', { dossier }]]);
    expect(own.answered).toEqual(['dossier.get']);
  });

  it('never lets a page name a file: those calls are the shell’s own', async () => {
    const own = ports();
    const inner = Object.keys(channels).filter(isChannel).filter((name) => channels[name].askedBy === 'shell');
    expect(inner).toContain('bundle.export-to');
    for (const name of inner) expect(await relay(counter, name, JSON.stringify({ file: '/tmp/x' }), own)).toMatchObject({ ok: false, fault: { code: 'message.unknown-channel' } });
    expect(own.passed).toEqual([]);
    expect(await relay(counter, 'bundle.export', JSON.stringify({ file: '/tmp/x' }), own)).toMatchObject({ ok: false, fault: { code: 'message.malformed' } });
    expect(await relay(counter, 'bundle.export', '{}', own)).toEqual(ok({ chosen: false }));
  });

  it.each<[string, Sender | undefined]>([
    ['nobody', undefined],
    ['another window', { ...counter, counterWindow: false }],
    ['a frame inside', { ...counter, mainFrame: false }],
    ['another site in our window', { ...counter, address: 'https://example.invalid/' }],
    ['the failure page', { ...counter, address: 'app://failure/' }],
    ['a look-alike', { ...counter, address: 'app://desk.example/index.html' }],
  ])('refuses %s', async (_who, sender) => {
    const own = ports();
    expect(await relay(sender, 'session.view', '{}', own)).toMatchObject({ ok: false, fault: { code: 'message.foreign-sender' } });
    expect(own.passed).toEqual([]);
  });

  it.each<[unknown, unknown, string]>([
    ['no.such', '{}', 'message.unknown-channel'],
    ['__proto__', '{}', 'message.unknown-channel'],
    [{ a: 1 }, '{}', 'message.unknown-channel'],
    ['session.view', { a: 1 }, 'message.malformed'],
    ['session.view', 'not json', 'message.malformed'],
    ['session.view', '{"extra":1}', 'message.malformed'],
    ['dossier.get', '{"dossier":"x"}', 'message.malformed'],
    ['session.view', ' '.repeat(messageLimit + 1), 'message.too-large'],
    // Three bytes a letter: within the limit by letters, beyond it by bytes.
    ['draft.save', JSON.stringify({ key: 'k', text: 'ế'.repeat(messageLimit / 2) }), 'message.too-large'],
  ])('refuses %p with %#', async (name, text, code) => {
    const own = ports();
    expect(await relay(counter, name, text, own)).toMatchObject({ ok: false, fault: { code } });
    expect(own.passed).toEqual([]);
  });

  it('keeps what was typed out of its refusals', async () => {
    const outcome = await relay(counter, 'session.sign-in', JSON.stringify({ staff: 'nguyen-van-an', pin: 123456 }), ports());
    expect(JSON.stringify(outcome)).not.toMatch(/123456|nguyen/);
    expect(outcome).toMatchObject({ fault: { code: 'message.malformed', params: { where: 'session.sign-in.pin' } } });
  });

  it('answers printing itself', async () => {
    const own = ports();
    expect(await relay(counter, 'receipt.print', JSON.stringify({ dossier }), own)).toEqual(ok({ file: '/f.pdf', printed: false }));
    expect(own.passed).toEqual([]);
  });

  it('turns what nobody foresaw into words with a reference', async () => {
    const own = ports({ desk: jest.fn<RelayPorts['desk']>().mockRejectedValue(new Error('boom')) });
    expect(await relay(counter, 'session.view', '{}', own)).toMatchObject({ ok: false, fault: { code: 'internal.unexpected', params: { reference: 'r1' } } });
    expect(own.reported).toEqual(['call session.view']);
    expect(own.answered).toEqual([]);
  });
});
