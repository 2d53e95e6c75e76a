/** A day at the desk against the real centre: what a clerk does, in order, and what the centre holds at the end. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { dossierKinds } from '#shared/dossier/index.ts';
import { fail } from '#shared/errors/index.ts';
import type { DeskEvent } from '#shared/ipc/index.ts';
import { followChain, emptyHead, logKinds, parseEntry } from '#shared/log/index.ts';
import { nodeHasher } from '#db/index.ts';
import { lockAfter } from '#electron/desk/idle-lock.ts';
import { endAll, enrolmentCode, heldByCentre, noLine, openCentre, openTestDesk, reception, sameDayProcedure, temporaryFolder, until, uuid, workingDesk, World } from './place.ts';

afterEach(endAll);

async function opened(): Promise<{ world: World; centre: Awaited<ReturnType<typeof openCentre>>; place: Awaited<ReturnType<typeof workingDesk>> }> {
  const world = new World();
  const centre = await openCentre(world);
  const place = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
  return { world, centre, place };
}

describe('a day at the desk', () => {
  it('receives, makes ready, returns; the centre acknowledges every entry under the same hash', async () => {
    const { world, centre, place } = await opened();
    const events: DeskEvent['type'][] = [];
    place.desk.listen((event) => void events.push(event.type));

    const preview = await place.get('reception.preview', { procedure: sameDayProcedure });
    expect(preview.explanation.length).toBeGreaterThan(0);
    const order = reception(world);
    const received = await place.get('reception.save', order);
    expect(received).toMatchObject({ dossier: order.dossier, repeated: false });
    expect(received.code).toMatch(/^H37(\.[0-9A-Z]+)*-261124-\d{4}$/);
    await place.get('result.mark-ready', { act: uuid(world), dossier: order.dossier, outcome: 'granted', resultCount: 1 });
    await place.get('return.save', { act: uuid(world), dossier: order.dossier, method: 'counter', receiver: 'applicant', receiptShown: true, rating: 'very' });

    await until(async () => (await place.get('sync.view', {})).waiting.entries === 0 && (await place.get('sync.view', {})).acknowledged.seq >= 5);
    const view = await place.get('sync.view', {});
    expect(view).toMatchObject({ state: 'connected', refusals: [], acknowledged: view.head });
    expect(events).toContain('dossiers-changed');
    expect(events).toContain('sync');

    const dossier = await place.get('dossier.get', { dossier: order.dossier });
    expect(dossier).toMatchObject({ state: { stage: 'returned', conflicts: [] }, portalStatus: 10, late: false, conflicts: [], procedureName: 'Đăng ký khai sinh' });
    expect(dossier.history.map(({ kind, sent }) => [kind, sent])).toEqual([[dossierKinds.received, true], [dossierKinds.resultReady, true], [dossierKinds.handedOver, true]]);
    expect(dossier.history.every(({ actorName }) => actorName === 'Nguyễn Thị Hoa' || actorName === 'Hoàng Văn Thắng')).toBe(true);

    const held = await heldByCentre(centre, view.log);
    const entries = held.map(({ text }) => {
      const entry = parseEntry(text, nodeHasher);
      if (!entry.ok) throw new Error(entry.fault.code);
      return entry.value;
    });
    expect(followChain(emptyHead(view.log), entries)).toEqual({ ok: true, value: { log: view.log, ...view.head } });
    const kinds = entries.map(({ header }) => header.kind);
    expect(kinds[0]).toBe(logKinds.opened);
    // The first act names its anchor, and its working time came from it.
    const act = entries.find(({ header }) => header.kind === dossierKinds.received);
    expect(act?.header.clock.anchor).not.toBeNull();
    expect(act?.header.facts['timeSource']).toBe('anchor');
    // Bounded from both sides: an anchor noted before the first act and one after the last.
    const noted = entries.filter(({ header }) => header.kind === logKinds.anchorNoted).map(({ header }) => header.seq);
    const acts = entries.filter(({ header }) => header.dossier !== undefined).map(({ header }) => header.seq);
    expect(noted.some((seq) => seq < Math.min(...acts))).toBe(true);
    expect(noted.some((seq) => seq > Math.max(...acts))).toBe(true);
    expect(noted.length).toBeLessThanOrEqual(2 * acts.length);
  });

  it('answers a repeated act as the first time and records nothing', async () => {
    const { world, place } = await opened();
    const order = reception(world);
    const first = await place.get('reception.save', order);
    const head = place.store.head();
    const again = await place.get('reception.save', order);
    expect(again).toEqual({ ...first, repeated: true });
    expect(place.store.head().seq).toBe(head.seq);
    const both = await Promise.all([reception(world)].flatMap((one) => [place.call('reception.save', one), place.call('reception.save', one)]));
    expect(both.map((one) => one.ok && one.value.repeated)).toEqual([false, true]);
    // Another act for the same dossier is not a repetition.
    expect(await place.call('reception.save', { ...order, act: uuid(world) })).toEqual(fail('dossier.already-received', { code: first.code }));
    // The same act used for something else.
    expect(await place.call('return.save', { act: order.act, dossier: order.dossier, method: 'counter', receiver: 'applicant', receiptShown: true }))
      .toEqual(fail('message.malformed', { where: 'act' }));
  });

  it('finds by card, receipt, code, words without accents, and procedures by words', async () => {
    const { world, place } = await opened();
    const order = reception(world);
    const { code } = await place.get('reception.save', order);
    const card = '020190001234|012345678|HOÀNG THỊ NGỌC ÁNH|01011990|Nữ|Thôn Rọ Phải, xã Mai Pha, Lạng Sơn|15042021';
    const scanned = await place.get('scan.resolve', { text: card });
    expect(scanned).toMatchObject({ kind: 'card', applicant: { idNumber: '020190001234', birth: '1990-01-01' } });
    expect(scanned.kind === 'card' && scanned.dossiers.map(({ id }) => id)).toEqual([order.dossier]);
    for (const text of [code, code.toLowerCase(), `QUAY:${order.dossier}:${code}`]) {
      expect(await place.get('scan.resolve', { text })).toEqual({ kind: 'dossier', dossier: order.dossier });
      expect((await place.get('dossier.by-code', { code: text })).id).toBe(order.dossier);
    }
    const words = await place.get('scan.resolve', { text: 'hoang thi ngoc' });
    expect(words).toMatchObject({ kind: 'search', dossiers: [{ id: order.dossier, applicantName: 'Hoàng Thị Ngọc Ánh' }] });
    expect(await place.get('scan.resolve', { text: sameDayProcedure })).toMatchObject({ kind: 'procedure', procedure: { code: sameDayProcedure } });
    const found = await place.get('procedure.search', { text: 'ho tich' });
    expect(found.procedures.length).toBeGreaterThanOrEqual(5);
    expect(found.procedures.every(({ field, name }) => /hộ tịch/i.test(`${name} ${field.name}`))).toBe(true);
    expect((await place.get('procedure.search', { text: 'khai sinh' })).procedures[0]?.code).toBe(sameDayProcedure);

    const list = await place.get('dossier.list', { filter: 'open', limit: 10 });
    expect(list).toMatchObject({ more: false, lines: [{ id: order.dossier, stage: 'processing', late: false }] });
    expect((await place.get('dossier.list', { filter: 'returned', text: 'hoang', limit: 10 })).lines).toEqual([]);
    expect((await place.get('dossier.list', { filter: 'open', text: 'anh hoang', limit: 10 })).lines).toHaveLength(1);
    expect(await place.get('day.view', {})).toMatchObject({ date: '2026-11-24', received: 1, returned: 0, lines: [{ id: order.dossier }] });
    world.pass(3 * 86_400_000);
    await place.back();
    expect((await place.get('dossier.list', { filter: 'overdue', limit: 10 })).lines).toMatchObject([{ id: order.dossier, late: true }]);
  });

  it('refuses with the right code, and keeps going', async () => {
    const { world, place } = await opened();
    const order = reception(world);
    const { code } = await place.get('reception.save', order);
    const handOver = { method: 'counter', receiver: 'applicant', receiptShown: true } as const;
    const codeOf = async (answer: ReturnType<typeof place.desk.answer>): Promise<string> => {
      const outcome = await answer;
      return outcome.ok ? 'ok' : outcome.fault.code;
    };
    expect(await codeOf(place.call('reception.save', reception(world, { procedure: '9.999999' })))).toBe('procedure.unknown');
    expect(await codeOf(place.call('reception.preview', { procedure: '9.999999' }))).toBe('procedure.unknown');
    expect(await codeOf(place.call('return.save', { act: uuid(world), dossier: uuid(world), ...handOver }))).toBe('dossier.unknown');
    expect(await codeOf(place.call('dossier.by-code', { code: 'H37.01-200101-0001' }))).toBe('dossier.unknown');
    expect(await codeOf(place.call('scan.resolve', { text: 'H37.01-200101-0001' }))).toBe('dossier.unknown');
    expect(await codeOf(place.call('scan.resolve', { text: '   ' }))).toBe('scan.empty');
    expect(await codeOf(place.call('scan.resolve', { text: '020190001234|x|y' }))).toMatch(/^scan\./);
    expect(await codeOf(place.call('return.save', { act: uuid(world), dossier: order.dossier, ...handOver, claimedAt: world.truth() + 3_600_000 }))).toBe('dossier.claimed-time-in-future');
    await place.get('return.save', { act: uuid(world), dossier: order.dossier, ...handOver });
    const twice = await place.call('return.save', { act: uuid(world), dossier: order.dossier, ...handOver });
    expect(twice).toMatchObject({ ok: false, fault: { code: 'dossier.already-returned', params: { code } } });
    expect(await codeOf(place.call('result.mark-ready', { act: uuid(world), dossier: order.dossier, outcome: 'granted', resultCount: 1 }))).toBe('dossier.already-returned');
    expect(await codeOf(place.call('reception.save', reception(world, { papers: [{ code: 'not-of-this-procedure', kind: 'copy', quantity: 1, present: true }] })))).toBe('form.invalid');
    expect(await codeOf(place.call('day.view', { date: '2026-13-40' }))).toBe('date.invalid');

    expect(await place.desk.answer('reception.save', { ...reception(world), personal: { applicant: { ...order.personal.applicant, fullName: '' } } }))
      .toEqual(fail('form.invalid', { fields: 'personal.applicant.fullName' }));
    for (const request of [undefined, null, 7, 'x', [], { act: '1' }, { ...reception(world), act: 'not an id' }]) {
      expect(await codeOf(place.desk.answer('reception.save', request))).toBe('message.malformed');
    }
    expect(await codeOf(place.desk.answer('store.delete', {}))).toBe('message.unknown-channel');
    expect(await codeOf(place.desk.answer('toString', {}))).toBe('message.unknown-channel');
    expect(await codeOf(place.desk.answer('receipt.print', { dossier: order.dossier }))).toBe('message.unknown-channel');
    expect(await codeOf(place.desk.answer('draft.save', { key: 'k', text: 'x'.repeat(70_000) }))).toBe('message.malformed');
    expect(place.reports).toEqual([]);
    expect(await codeOf(place.desk.answer('session.view', {}))).toBe('ok');
  });

  it('marks a due date past the calendar as provisional, and takes no date that cannot be', async () => {
    const { world, place } = await opened();
    // No anchor in this boot and a clock behind the last one: the clerk has to say what day it is.
    await place.desk.close();
    world.reboot(Date.UTC(2010, 0, 1));
    const alone = openTestDesk({ folder: place.folder, world, ports: { transport: noLine } });
    await alone.signIn();
    expect(await alone.call('reception.save', reception(world))).toMatchObject({ ok: false, fault: { code: 'clock.confirm-needed' } });
    expect(await alone.call('clock.confirm', { at: Date.UTC(2010, 0, 1) })).toMatchObject({ ok: false, fault: { code: 'date.invalid' } });
    await alone.get('clock.confirm', { at: Date.UTC(2027, 2, 1, 2) });
    const preview = await alone.get('reception.preview', { procedure: '1.004873' });
    expect(preview.due).toMatchObject({ provisional: true });
    const order = reception(world, { procedure: '1.004873' });
    await alone.get('reception.save', order);
    expect((await alone.get('dossier.get', { dossier: order.dossier })).state.received).toMatchObject({ timeSource: 'confirmed', due: { provisional: true } });
  });

  it('keeps drafts per person, and forgets nothing between calls', async () => {
    const { place } = await opened();
    await place.get('draft.save', { key: 'reception', text: '{"fullName":"Ánh"}' });
    expect(await place.get('draft.load', { key: 'reception' })).toEqual({ text: '{"fullName":"Ánh"}' });
    await place.get('session.sign-out', {});
    await place.signIn('mp-04');
    expect(await place.get('draft.load', { key: 'reception' })).toEqual({});
    await place.get('draft.remove', { key: 'reception' });
  });
});

describe('a desk that was never enrolled', () => {
  it('says so, and refuses to act', async () => {
    const world = new World();
    const place = openTestDesk({ folder: temporaryFolder(), world });
    expect(await place.get('session.view', {})).toEqual({ agencyName: '', desk: '', staff: [], lockAfter, banners: ['not-enrolled'] });
    expect(await place.call('session.sign-in', { staff: 'mp-01', pin: '2468' })).toEqual(fail('enrol.required'));
    expect(await place.call('sync.view', {})).toEqual(fail('session.required'));
  });
});
