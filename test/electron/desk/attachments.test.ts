/** Digitised papers from a file at one desk to the window of another, over the real centre. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRandom } from '#db/index.ts';
import type { DeskPorts } from '#electron/desk/ports.ts';
import { httpTransport, LineError, type ExchangeRequest, type ExchangeResponse } from '#electron/desk/sync/transport.ts';
import { attachmentLimits } from '#shared/attachment/index.ts';
import { fail } from '#shared/errors/index.ts';
import type { DossierView, SyncView } from '#shared/ipc/index.ts';
import { endAll, enrolmentCode, noLine, openCentre, openTestDesk, reception, temporaryFolder, until, uuid, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

afterEach(endAll);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A scanned paper on the disk of a desk. */
function scan(size: number, name = 'Giấy khai sinh Hoàng Thị Ngọc Ánh.pdf'): { file: string; bytes: Uint8Array; sha256: string } {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), nodeRandom.bytes(size - 9)]);
  const file = join(mkdtempSync(join(tmpdir(), 'quay-scan-')), name);
  writeFileSync(file, bytes);
  return { file, bytes, sha256: sha256(bytes) };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((name) => statSync(name).isFile());
}

interface Line {
  /** Called before a request leaves and after its answer came; throws to cut the line. */
  watch: (request: ExchangeRequest, when: 'before' | 'after') => void;
  /** Changes what the centre answered. */
  spoil: (request: ExchangeRequest, response: ExchangeResponse) => ExchangeResponse;
  /** Bytes of contents that left. */
  sent: number;
  readonly paths: string[];
  readonly transport: DeskPorts['transport'];
}

function watchedLine(): Line {
  const line: Line = {
    watch: () => undefined, spoil: (_request, response) => response, sent: 0, paths: [],
    transport: (url, pins) => {
      const real = httpTransport(url, pins);
      return {
        close: () => real.close(),
        async exchange(request) {
          if (request.method !== 'GET') line.paths.push(`${request.method} ${request.path}`);
          line.watch(request, 'before');
          if (request.method === 'PATCH') line.sent += request.body?.length ?? 0;
          const answer = await real.exchange(request);
          line.watch(request, 'after');
          return line.spoil(request, answer);
        },
      };
    },
  };
  return line;
}

async function deskAt(centre: TestCentre, world: World, line = watchedLine(), folder = temporaryFolder(), ports: Partial<DeskPorts> = {}): Promise<TestDesk> {
  return workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre), ports: { transport: line.transport, ...ports } });
}

async function received(desk: TestDesk, world: World): Promise<string> {
  return (await desk.get('reception.save', reception(world))).dossier;
}

const attach = (desk: TestDesk, world: World, dossier: string, file: string) => desk.call('attachment.add-from', { act: uuid(world), dossier, of: 'paper', file });

async function standing(desk: TestDesk, dossier: string): Promise<DossierView['attachments'][number]['standing'][]> {
  return (await desk.get('dossier.get', { dossier })).attachments.map((one) => one.standing);
}

async function isHeld(desk: TestDesk, dossier: string): Promise<void> {
  await until(async () => {
    await desk.get('sync.now', {});
    return (await standing(desk, dossier)).every((one) => one === 'held');
  }, 40_000);
}

describe('a digitised paper', () => {
  it('is attached without a line, goes after its entry when there is one, and is shown at another desk of the agency', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = watchedLine();
    const desk = await deskAt(centre, world, line);
    const dossier = await received(desk, world);
    const paper = scan(900_000);
    line.watch = () => {
      throw new LineError('unreachable');
    };
    expect(await attach(desk, world, dossier, paper.file)).toMatchObject({ ok: true, value: { dossier, repeated: false } });
    expect(await attach(desk, world, dossier, paper.file)).toMatchObject({ ok: false, fault: { code: 'attachment.already' } });
    await desk.get('sync.now', {});
    const view = await desk.get('dossier.get', { dossier });
    expect(view.attachments).toMatchObject([{ sha256: paper.sha256, of: 'paper', bytes: 900_000, media: 'application/pdf', name: 'Giấy khai sinh Hoàng Thị Ngọc Ánh.pdf', standing: 'waiting' }]);
    expect(view.history.at(-1)).toMatchObject({ kind: 'dossier.attached' });
    const waiting: SyncView = await desk.get('sync.view', {});
    expect(waiting.attachments).toMatchObject({ waiting: 1, bytes: 900_000 });
    line.watch = () => undefined;
    line.paths.length = 0;
    await isHeld(desk, dossier);
    expect(line.sent).toBe(900_000);
    expect(line.paths.findIndex((path) => path.includes('/batches'))).toBeLessThan(line.paths.findIndex((path) => path.includes('/blobs')));
    expect((await desk.get('sync.view', {})).attachments).toBeUndefined();

    const other = await deskAt(centre, world);
    await until(async () => {
      await other.get('sync.now', {});
      return other.store.read.dossier(dossier)?.attachments.length === 1;
    });
    expect(await standing(other, dossier)).toEqual(['elsewhere']);
    const content = await other.get('attachment.content', { dossier, sha256: paper.sha256 });
    expect([content.media, Buffer.from(content.base64, 'base64').equals(Buffer.from(paper.bytes))]).toEqual(['application/pdf', true]);
    expect(await other.call('attachment.content', { dossier, sha256: 'a'.repeat(64) })).toEqual(fail('attachment.unknown'));
    // Nothing of it is readable on either disk, nor what the file was called.
    for (const { folder } of [desk, other]) {
      for (const file of filesIn(folder)) {
        const raw = readFileSync(file);
        expect([file, raw.includes(Buffer.from(paper.bytes.subarray(5_000, 5_032))), raw.includes('khai sinh')]).toEqual([file, false, false]);
      }
    }
  });

  it('goes on after a cut at any piece, before or after its answer, with at most that piece again', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = watchedLine();
    const desk = await deskAt(centre, world, line);
    const paper = scan(3 * 1024 * 1024);
    const dossier = await received(desk, world);
    await attach(desk, world, dossier, paper.file);
    let cuts = 0;
    let largest = 0;
    const seen = new Set<string>();
    line.watch = (request, when) => {
      if (!request.path.startsWith('/v1/blobs')) return;
      largest = Math.max(largest, request.body?.length ?? 0);
      // Each request of the upload is cut once before it leaves and once after it was answered.
      const key = `${when} ${request.method} ${request.path} ${request.headers['upload-offset'] ?? ''}`;
      if (seen.has(key)) return;
      seen.add(key);
      cuts += 1;
      throw new LineError('cut');
    };
    await isHeld(desk, dossier);
    expect(cuts).toBeGreaterThan(10);
    expect(largest).toBeLessThanOrEqual(attachmentLimits.mostPiece);
    // Only pieces whose answer was cut went twice: none of them, because the centre says where it is.
    expect(line.sent).toBe(paper.bytes.length);
    expect(desk.reports).toEqual([]);
  });

  it('yields to a clerk\'s acts between two pieces', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = watchedLine();
    const desk = await deskAt(centre, world, line);
    const dossier = await received(desk, world);
    await attach(desk, world, dossier, scan(4 * 1024 * 1024).file);
    let acted: Promise<unknown> | undefined;
    let head = 0;
    let pieces = 0;
    let after = 0;
    line.watch = (request, when) => {
      if (request.method !== 'PATCH' || when !== 'before') return;
      pieces += 1;
      if (pieces === 1) {
        acted = received(desk, world).then(() => {
          head = desk.store.head().seq;
        });
      } else if (head > 0 && desk.store.sent().seq < head) after += 1;
    };
    await isHeld(desk, dossier);
    await acted;
    expect(pieces).toBeGreaterThan(3);
    // The piece that was on its way came to its end, and perhaps one more had begun.
    expect(after).toBeLessThanOrEqual(1);
  });

  it('is not shown as sent while the centre does not say that it read back this very content', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = watchedLine();
    const desk = await deskAt(centre, world, line);
    const dossier = await received(desk, world);
    const paper = scan(600_000);
    let said = 0;
    line.spoil = (request, response) => {
      if (!request.path.endsWith('/held')) return response;
      said += 1;
      const of = said === 1 ? { sha256: 'a'.repeat(64), bytes: 600_000 } : { sha256: paper.sha256, bytes: 599_999 };
      return said > 2 ? response : { ...response, body: Buffer.from(JSON.stringify(of)) };
    };
    await attach(desk, world, dossier, paper.file);
    for (const times of [1, 2]) {
      await until(async () => {
        await desk.get('sync.now', {});
        return said >= times;
      });
      if (times > said - 1) expect([await standing(desk, dossier), (await desk.get('sync.view', {})).refusals.map(({ fault }) => fault.code)]).toEqual([['waiting'], ['attachment.wrong-hash']]);
    }
    await isHeld(desk, dossier);
    expect((await desk.get('sync.view', {})).refusals).toEqual([]);
    // It was there all along: nothing of it went twice.
    expect(line.sent).toBe(600_000);
  });

  it('waits without a word where the centre has too much to do, and goes on from there', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = watchedLine();
    const desk = await deskAt(centre, world, line);
    const dossier = await received(desk, world);
    await attach(desk, world, dossier, scan(600_000).file);
    let busy = 0;
    const words = Buffer.from(JSON.stringify({ fault: { code: 'centre.busy', params: {} }, vi: 'bận', en: 'busy' }));
    line.spoil = (request, response) => {
      // The first piece arrived; the answer to it is put in place of another's that never got in.
      if (request.method !== 'PATCH' || busy > 0) return response;
      busy += 1;
      return { ...response, status: 503, body: words };
    };
    await until(async () => {
      await desk.get('sync.now', {});
      return busy > 0;
    });
    expect((await desk.get('sync.view', {})).refusals).toEqual([]);
    await isHeld(desk, dossier);
    expect(line.sent).toBe(600_000);
  });

  it('is said once to wait for a centre that takes no contents yet, however many there are, and goes when it does', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = watchedLine();
    const nothingThere = new TextEncoder().encode(JSON.stringify({ fault: { code: 'request.not-found', params: {} }, vi: 'Địa chỉ không tồn tại.', en: 'There is nothing at this address.' }));
    line.spoil = (request, response) => (request.path.startsWith('/v1/blobs') ? { ...response, status: 404, body: nothingThere } : response);
    const desk = await deskAt(centre, world, line);
    const dossier = await received(desk, world);
    for (const paper of [scan(10_000), scan(20_000)]) await attach(desk, world, dossier, paper.file);
    const refused = async (): Promise<readonly string[]> => (await desk.get('sync.view', {})).refusals.map(({ fault }) => fault.code);
    await until(async () => {
      await desk.get('sync.now', {});
      return (await refused()).length > 0;
    });
    expect([await refused(), desk.store.attachments.waiting().length, desk.store.pendingSummary().entries]).toEqual([['centre.older-version'], 2, 0]);
    line.spoil = (_request, response) => response;
    await until(async () => {
      await desk.get('sync.now', {});
      return desk.store.attachments.waiting().length === 0;
    });
    expect(await refused()).toEqual([]);
  });

  it('stays here until the centre has held it for as long as the province wants, and is fetched again when it is asked for', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await deskAt(centre, world);
    const dossier = await received(desk, world);
    const [held, waiting] = [scan(10_000), scan(10_000)];
    await attach(desk, world, dossier, held.file);
    await isHeld(desk, dossier);
    await desk.close();
    world.pass(91 * 86_400_000);
    const again = openTestDesk({ folder: desk.folder, world, ports: { transport: noLine } });
    await again.signIn();
    expect(await attach(again, world, dossier, waiting.file)).toMatchObject({ ok: true });
    await until(() => !existsSync(join(desk.folder, 'attachments', held.sha256)));
    world.pass(400 * 86_400_000);
    await again.close();
    const later = openTestDesk({ folder: desk.folder, world, url: centre.url });
    await later.signIn();
    expect(existsSync(join(desk.folder, 'attachments', waiting.sha256))).toBe(true);
    await isHeld(later, dossier);
    const content = await later.get('attachment.content', { dossier, sha256: held.sha256 });
    expect(Buffer.from(content.base64, 'base64').equals(Buffer.from(held.bytes))).toBe(true);
  });

  it('says so when its content is lost or damaged here before it was sent, and stops nothing else', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const line = watchedLine();
    const desk = await deskAt(centre, world, line);
    const dossier = await received(desk, world);
    line.watch = () => {
      throw new LineError('unreachable');
    };
    const [lost, damaged, good] = [scan(10_000), scan(10_000), scan(10_000)];
    for (const { file } of [lost, damaged, good]) await attach(desk, world, dossier, file);
    const place = (name: string): string => join(desk.folder, 'attachments', name);
    rmSync(place(lost.sha256));
    const bytes = readFileSync(place(damaged.sha256));
    bytes.fill(0, 200, 300);
    writeFileSync(place(damaged.sha256), bytes);
    line.watch = () => undefined;
    await until(async () => {
      await desk.get('sync.now', {});
      return (await standing(desk, dossier))[2] === 'held';
    });
    const { refusals } = await desk.get('sync.view', {});
    expect(refusals.map(({ fault }) => fault.code).sort()).toEqual(['attachment.damaged', 'attachment.not-here']);
    expect(await desk.call('attachment.content', { dossier, sha256: damaged.sha256 })).toEqual(fail('attachment.damaged'));
    expect(await desk.call('attachment.content', { dossier, sha256: lost.sha256 })).toEqual(fail('attachment.not-here'));
    expect(desk.reports).toEqual([]);
  });

  it('is refused where the disk is nearly full, and the desk says so; receptions go on', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const desk = await deskAt(centre, world, watchedLine(), temporaryFolder(), { freeSpace: async () => 100 * 1024 * 1024 });
    const dossier = await received(desk, world);
    expect(await attach(desk, world, dossier, scan(10_000).file)).toEqual(fail('attachment.no-room', { free: 100 }));
    expect((await desk.get('sync.view', {})).attachments?.room).toEqual({ free: 100 * 1024 * 1024, low: true });
    await received(desk, world);
  });

  it('leaves no entry where the desk ended between content and entry', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const folder = temporaryFolder();
    const desk = await deskAt(centre, world, watchedLine(), folder);
    const dossier = await received(desk, world);
    const paper = scan(10_000);
    // The content is taken in; the entry is refused, as if the desk had ended in between.
    expect(await desk.call('attachment.add-from', { act: uuid(world), dossier: uuid(world), of: 'paper', file: paper.file })).toMatchObject({ ok: false, fault: { code: 'dossier.unknown' } });
    expect(await desk.call('attachment.add-from', { act: uuid(world), dossier, of: 'paper', file: paper.file })).toMatchObject({ ok: true });
    expect(await desk.call('attachment.add-from', { act: uuid(world), dossier, of: 'paper', file: '/không/có.pdf' })).toEqual(fail('attachment.cannot-read', { reason: 'ENOENT' }));
    expect(desk.store.read.dossier(dossier)?.attachments).toHaveLength(1);
  });
});
