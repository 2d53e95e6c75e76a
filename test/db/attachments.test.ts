/** The contents of digitised papers, on a real disk, and what the store knows of them. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAttachmentFiles, type AttachmentFiles, type EntryDraft } from '#db/index.ts';
import { nodeCipher } from '#electron/desk/sealing.ts';
import { attachmentLimits } from '#shared/attachment/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { fail, ok } from '#shared/errors/index.ts';
import { seededRandom } from '../shared/dossier/sample.ts';
import { enrolled, key, next, open, reception, record, temporaryFolder } from './sample.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const megabyte = 1024 * 1024;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A PDF in name and first bytes, as large as it is asked to be. */
function pdf(bytes: number, seed = 'pdf'): Uint8Array {
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), seededRandom(seed).bytes(bytes - 9)]);
}

function files(freeSpace = async (): Promise<number> => 10 * 1024 * megabyte, storeKey = key): AttachmentFiles {
  return openAttachmentFiles({ folder: join(folder.path, 'attachments'), key: storeKey, cipher: nodeCipher, random: seededRandom(`files ${next()}`), freeSpace });
}

function chosen(bytes: Uint8Array, name = 'giấy khai sinh.pdf'): string {
  const file = join(folder.path, name);
  writeFileSync(file, bytes);
  return file;
}

function onDisk(): string[] {
  return readdirSync(join(folder.path, 'attachments')).sort();
}

async function contentOf(from: AttachmentFiles, name: string): Promise<Uint8Array | undefined> {
  const content = await from.open(name);
  if (!content) return undefined;
  try {
    return await content.read(0, content.bytes);
  } finally {
    await content.close();
  }
}

describe('taking in a file', () => {
  it('keeps it under its own hash, encrypted, once', async () => {
    const bytes = pdf(3 * megabyte + 17);
    const into = files();
    const taken = await into.take(chosen(bytes));
    expect(taken).toEqual(ok({ sha256: sha256(bytes), bytes: bytes.length, media: 'application/pdf' }));
    expect(await into.take(chosen(bytes, 'lần hai.pdf'))).toEqual(taken);
    expect(onDisk()).toEqual([sha256(bytes)]);
    const raw = readFileSync(join(folder.path, 'attachments', sha256(bytes)));
    expect(raw.includes('%PDF')).toBe(false);
    expect(raw.includes(Buffer.from(bytes.subarray(100_000, 100_032)))).toBe(false);
    expect(Buffer.from((await contentOf(files(), sha256(bytes))) ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect(await files().list()).toEqual([sha256(bytes)]);
    await expect(contentOf(files(undefined, new Uint8Array(32)), sha256(bytes))).rejects.toMatchObject({ fault: { code: 'attachment.damaged' } });
  });

  it('puts it in place of a damaged one, and tells a damaged or cut one from a whole one', async () => {
    const bytes = pdf(100_000);
    const into = files();
    await into.take(chosen(bytes));
    const place = join(folder.path, 'attachments', sha256(bytes));
    const good = readFileSync(place);
    for (const bad of [good.subarray(0, 50_000), good.subarray(0, 10), Buffer.concat([good.subarray(0, 30_000), Buffer.alloc(1), good.subarray(30_001)])]) {
      writeFileSync(place, bad);
      await expect(contentOf(into, sha256(bytes))).rejects.toMatchObject({ fault: { code: 'attachment.damaged' } });
      expect(readFileSync(place).equals(bad)).toBe(true);
    }
    await into.take(chosen(bytes));
    expect((await contentOf(into, sha256(bytes)))?.length).toBe(100_000);
  });

  it('refuses in words what cannot be one, and leaves nothing behind', async () => {
    const into = files();
    expect(await into.take(chosen(Buffer.from('PK\u0003\u0004'), 'văn bản.docx'))).toEqual(fail('attachment.bad-type'));
    expect(await into.take(chosen(new Uint8Array(), 'rỗng.pdf'))).toEqual(fail('attachment.empty'));
    expect(await into.take(chosen(pdf(attachmentLimits.bytes + 1)))).toEqual(fail('attachment.too-large', { limit: 50 }));
    expect(await into.take(join(folder.path, 'không có.pdf'))).toEqual(fail('attachment.cannot-read', { reason: 'ENOENT' }));
    mkdirSync(join(folder.path, 'thư mục.pdf'));
    expect(await into.take(join(folder.path, 'thư mục.pdf'))).toMatchObject({ ok: false, fault: { code: expect.stringMatching(/^attachment\.(cannot-read|bad-type)$/) } });
    expect(await files(async () => 513 * megabyte).take(chosen(pdf(2 * megabyte)))).toEqual(fail('attachment.no-room', { free: 513 }));
    expect(onDisk()).toEqual([]);
    expect(await files(async () => 100 * megabyte).room()).toEqual({ free: 100 * megabyte, low: true });
  });

  it('takes the largest there may be', async () => {
    const bytes = pdf(attachmentLimits.bytes);
    expect(await files().take(chosen(bytes))).toMatchObject({ ok: true, value: { bytes: attachmentLimits.bytes } });
  });
});

describe('fetching a content', () => {
  const bytes = pdf(megabyte, 'fetched');
  const from = (at: number): Uint8Array => bytes.subarray(at, at + 200_000);

  it('goes on after a cut with what it has', async () => {
    const asked: number[] = [];
    const into = files();
    const cut = await into.fetch(sha256(bytes), async (at) => {
      asked.push(at);
      return at >= 400_000 ? fail('centre.unreachable') : ok(from(at));
    });
    expect(cut).toEqual(fail('centre.unreachable'));
    expect(await into.list()).toEqual([]);
    expect(await files().fetch(sha256(bytes), async (at) => {
      asked.push(at);
      return ok(from(at));
    })).toEqual(ok(true));
    expect(asked).toEqual([0, 200_000, 400_000, 400_000, 600_000, 800_000, 1_000_000, megabyte]);
    expect(Buffer.from((await contentOf(into, sha256(bytes))) ?? []).equals(Buffer.from(bytes))).toBe(true);
  });

  it('keeps nothing that is not what was asked for, and begins anew', async () => {
    const into = files();
    expect(await into.fetch('a'.repeat(64), async (at) => ok(from(at)))).toEqual(fail('attachment.wrong-hash'));
    expect(onDisk()).toEqual([]);
    let sent = 0;
    const endless = await into.fetch('b'.repeat(64), async () => {
      sent += megabyte;
      return ok(new Uint8Array(megabyte));
    });
    expect([endless, sent <= attachmentLimits.bytes + megabyte]).toEqual([fail('attachment.wrong-hash'), true]);
    expect(onDisk()).toEqual([]);
  });

  it('never leaves its folder', async () => {
    for (const name of ['../store.db', `${'a'.repeat(63)}/`, 'A'.repeat(64), '']) {
      await expect(files().open(name)).rejects.toThrow(RangeError);
      await expect(files().remove(name)).rejects.toThrow(RangeError);
    }
  });
});

describe('what is left over', () => {
  it('goes when nothing has named it for a quarter; drafts go at once', async () => {
    const into = files();
    const [named, young, old] = [pdf(1_000, 'named'), pdf(1_000, 'young'), pdf(1_000, 'old')];
    for (const bytes of [named, young, old]) await into.take(chosen(bytes));
    writeFileSync(join(folder.path, 'attachments', '1-1.part'), 'x');
    const wall = Date.now();
    for (const bytes of [named, old]) utimesSync(join(folder.path, 'attachments', sha256(bytes)), wall / 1000 - 93 * 86_400, wall / 1000 - 93 * 86_400);
    await into.sweep((name) => name === sha256(named), wall);
    expect(onDisk()).toEqual([sha256(named), sha256(young)].sort());
    await into.remove(sha256(young));
    expect(onDisk()).toEqual([sha256(named)]);
  });
});

describe('what the store knows', () => {
  const attached = (dossier: string, content: string): EntryDraft => ({
    kind: dossierKinds.attached, dossier, after: [], facts: { at: 1, timeSource: 'anchor', of: 'paper', sha256: content, bytes: 10, media: 'image/png' },
  });

  it('waits with each content until the centre says that it holds it', () => {
    const file = join(folder.path, 'store.db');
    const store = enrolled(file);
    const dossier = next();
    record(store, reception(dossier));
    record(store, attached(dossier, 'a'.repeat(64)));
    record(store, attached(dossier, 'b'.repeat(64)));
    record(store, attached(dossier, 'a'.repeat(64)));
    const { log } = store.head();
    expect(store.attachments.waiting()).toEqual([
      { log, seq: 3, dossier, sha256: 'a'.repeat(64), bytes: 10 }, { log, seq: 4, dossier, sha256: 'b'.repeat(64), bytes: 10 },
    ]);
    expect(store.read.dossier(dossier)?.attachments.map(({ sha256: content }) => content)).toEqual(['a'.repeat(64), 'b'.repeat(64), 'a'.repeat(64)]);
    expect([store.attachments.named('b'.repeat(64)), store.attachments.named('c'.repeat(64))]).toEqual([true, false]);
    store.attachments.markHeld('a'.repeat(64), 1_000);
    store.attachments.markHeld('a'.repeat(64), 2_000);
    store.close();
    const again = open(file);
    expect(again.attachments.waiting().map(({ sha256: content }) => content)).toEqual(['b'.repeat(64)]);
    expect([again.attachments.heldAt('a'.repeat(64)), again.attachments.heldAt('b'.repeat(64))]).toEqual([1_000, undefined]);
    expect([again.attachments.heldBefore(1_000), again.attachments.heldBefore(1_001)]).toEqual([[], ['a'.repeat(64)]]);
    again.close();
  });
});
