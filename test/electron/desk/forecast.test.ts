/** What will look late while the line is down, what is sent first when it is back, and the apology that is not sent. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ForecastCounter } from '#electron/desk/forecast.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import { clockReading } from '#shared/log/index.ts';
import { endAll, enrolledFolder, enrolmentCode, noLine, openCentre, openStore, openTestDesk, reception, temporaryFolder, until, uuid, workingDesk, World, type TestDesk } from './place.ts';

afterEach(endAll);

const threeDays = '1.004873';

async function sync(place: TestDesk): Promise<SyncView> {
  return await place.get('sync.view', {});
}

describe('the forecast of a desk without a line', () => {
  it('names what was finished in time once it looks late, and nothing that is still open or was late', async () => {
    const world = new World();
    const place = openTestDesk({ folder: enrolledFolder(world), world, ports: { transport: noLine } });
    await place.signIn();
    const finished = await place.get('reception.save', reception(world));
    await place.get('reception.save', reception(world));
    await place.get('result.mark-ready', { act: uuid(world), dossier: finished.dossier, outcome: 'granted', resultCount: 1 });
    expect(await place.get('forecast.view', {})).toMatchObject({ more: false, lines: [{ forecast: 'will-look-late', line: { id: finished.dossier, code: finished.code, sent: false } }] });
    expect((await sync(place)).forecast).toEqual({ looksLate: 0, willLookLate: 1 });
    world.pass(26 * 3_600_000);
    await place.back();
    expect(await place.get('forecast.view', {})).toMatchObject({ lines: [{ forecast: 'looks-late', line: { id: finished.dossier } }] });
    expect((await sync(place)).forecast).toEqual({ looksLate: 1, willLookLate: 0 });
    // A result that came after its due instant is late by any count.
    const [late] = (await place.get('dossier.list', { filter: 'overdue', limit: 9 })).lines;
    await place.get('result.mark-ready', { act: uuid(world), dossier: late!.id, outcome: 'granted', resultCount: 1 });
    expect((await place.get('forecast.view', {})).lines).toHaveLength(1);
  });

  it('is empty as soon as the centre has acknowledged', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const { dossier } = await place.get('reception.save', reception(world));
    await place.get('result.mark-ready', { act: uuid(world), dossier, outcome: 'granted', resultCount: 1 });
    await until(() => place.store.pendingSummary().entries === 0);
    expect((await place.get('forecast.view', {})).lines).toEqual([]);
    expect((await sync(place)).forecast).toBeUndefined();
  });

  it('sends the log first that holds what looks late', async () => {
    const world = new World();
    const folder = enrolledFolder(world);
    const place = openTestDesk({ folder, world, ports: { transport: noLine } });
    await place.signIn();
    await place.get('reception.save', reception(world));
    const first = place.store.identity()!;
    await place.close();
    const store = openStore(folder);
    store.openLog({ identity: { ...first, log: uuid(world) }, software: 't', why: 'restored', act: uuid(world), clock: clockReading(world.read(), null) });
    const second = store.identity()!.log;
    store.close();
    const again = openTestDesk({ folder, world, ports: { transport: noLine } });
    await again.signIn();
    const counter = new ForecastCounter(again.store);
    expect(counter.urgentFirst(again.store.ownLogs(), world.truth())).toEqual([first.log, second]);
    const { dossier } = await again.get('reception.save', reception(world));
    await again.get('result.mark-ready', { act: uuid(world), dossier, outcome: 'granted', resultCount: 1 });
    expect(counter.urgentFirst(again.store.ownLogs(), world.truth())).toEqual([second, first.log]);
  });
});

describe('an apology', () => {
  it('is not recorded for a result that another desk handed over a moment ago', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const mine = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const theirs = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const { dossier } = await mine.get('reception.save', reception(world, { procedure: threeDays }));
    await until(async () => {
      theirs.desk.power('resume');
      await new Promise((resolve) => void setTimeout(resolve, 30));
      return theirs.store.read.dossier(dossier) !== undefined;
    }, 30_000);
    await theirs.get('result.mark-ready', { act: uuid(world), dossier, outcome: 'granted', resultCount: 1 });
    await theirs.get('return.save', { act: uuid(world), dossier, method: 'counter', receiver: 'applicant', receiptShown: true });
    await until(() => theirs.store.pendingSummary().entries === 0);
    expect(mine.store.read.dossier(dossier)?.stage).toBe('processing');
    const order = { act: uuid(world), dossier, date: '2026-12-08', cause: 'agency', text: 'Chờ xác minh' } as const;
    await mine.signIn('mp-04');
    expect(await mine.call('term.apologise', order)).toMatchObject({ ok: false, fault: { code: 'dossier.already-returned' } });
    expect(mine.store.read.dossier(dossier)).toMatchObject({ stage: 'returned' });
    expect(mine.store.read.history(dossier).some(({ entry }) => entry.header.kind === dossierKinds.apologised)).toBe(false);
  });

  it('goes on without a line, and says that nobody could be asked', async () => {
    const world = new World();
    const centre = await openCentre(world);
    const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
    const receive = async (): Promise<string> => (await place.get('reception.save', reception(world, { procedure: threeDays }))).dossier;
    const asked = await receive();
    const unasked = await receive();
    await until(() => place.store.pendingSummary().entries === 0);
    await place.signIn('mp-04');
    const order = (dossier: string) => ({ act: uuid(world), dossier, date: '2026-12-08', cause: 'agency', text: 'Chờ xác minh' }) as const;
    await place.get('term.apologise', order(asked));
    await centre.kill();
    await place.get('term.apologise', order(unasked));
    expect(place.store.read.dossier(asked)?.apologised?.othersAsked).toBe(true);
    expect(place.store.read.dossier(unasked)?.apologised?.othersAsked).toBe(false);
    expect((await place.get('dossier.get', { dossier: unasked })).history.at(-1)?.details).toContain('lúc ghi mất kết nối, chưa hỏi được quầy khác');
  });
});
