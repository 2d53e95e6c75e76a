/** Every order through the desk's door, and what the desk shows of it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { agenciesInForce } from '#shared/catalogue/index.ts';
import { civil, instantOf, type WorkingCalendar } from '#shared/deadline/index.ts';
import { orderOf, type RequestOf } from '#shared/ipc/index.ts';
import { fail } from '#shared/errors/index.ts';
import { commune, endAll, enrolledFolder, openTestDesk, reception, sameDayProcedure, sampleCatalogue, uuid, World, type TestDesk } from './place.ts';

afterEach(endAll);

/** Three working days. */
const threeDays = '1.004873';
const day = 24 * 3_600_000;

interface Work {
  readonly world: World;
  readonly place: TestDesk;
  readonly folder: string;
}

/** A supervisor at a desk without a line; Tuesday 24/11/2026, 09:00. */
async function opened(change: (catalogue: ReturnType<typeof sampleCatalogue>) => ReturnType<typeof sampleCatalogue> = (same) => same): Promise<Work> {
  const world = new World();
  const folder = enrolledFolder(world, change(sampleCatalogue()));
  const place = openTestDesk({ folder, world });
  await place.signIn('mp-04');
  return { world, place, folder };
}

/** Time passes; the desk has locked itself meanwhile, and the supervisor comes back. */
async function later({ world, place }: Work, passed: number): Promise<void> {
  world.pass(passed);
  await place.signIn('mp-04');
}

async function received({ world, place }: Work, more: Partial<RequestOf<'reception.save'>> = {}): Promise<string> {
  return (await place.get('reception.save', reception(world, { procedure: threeDays, ...more }))).dossier;
}

const about = (world: World, dossier: string): { act: string; dossier: string } => ({ act: uuid(world), dossier });

/** The units of the sample's own agency, which has none: given to it here. */
const withUnits = (catalogue: ReturnType<typeof sampleCatalogue>): ReturnType<typeof sampleCatalogue> => ({
  ...catalogue, agencies: catalogue.agencies.map((agency) => (agency.id === commune ? { ...agency, units: [{ id: 'tu-phap', name: 'Bộ phận Tư pháp' }] } : agency)),
  procedures: catalogue.procedures.map((procedure) => (procedure.code === threeDays ? { ...procedure, extension: { unit: 'workingDay', amount: 2 } } : procedure)),
});

describe('a dossier’s way through all of its orders', () => {
  it('is recorded act by act, told in words, and says what can be done next', async () => {
    const work = await opened(withUnits);
    const { world, place } = work;
    const { dossier } = await place.get('submission.save', { ...about(world, uuid(world)), procedure: threeDays, personal: reception(world).personal, channel: 'online', portalCode: 'DVC-77' });
    const view = () => place.get('dossier.get', { dossier });
    const last = async (): Promise<readonly [string, string | undefined, readonly string[]]> => {
      const line = (await view()).history.at(-1);
      return [line?.kind ?? '', line?.words, line?.details ?? []];
    };
    expect(await view()).toMatchObject({ portalStatus: 1, late: false, explanation: [], forms: [], duties: [{ duty: 'answer', past: false }], possible: ['receive', 'refuseReception', 'requestSupplement', 'requestStop', 'correct', 'attach'] });
    expect(await last()).toEqual(['dossier.submitted', undefined, ['nộp trực tuyến', 'trả lời trước 25/11/2026 09:00', 'mã trên cổng DVC-77']]);

    await place.get('reception.save', { ...reception(world, { procedure: threeDays, papers: [{ code: 'to-khai', kind: 'original', quantity: 1, present: true }] }), dossier });
    expect(await view()).toMatchObject({
      portalStatus: 2, forms: ['reception', 'control'], receivingAgencyName: 'Ủy ban nhân dân xã Mai Pha', papers: [{ paper: { code: 'to-khai', name: expect.stringContaining('Tờ khai') } }],
      possible: ['requestSupplement', 'forward', 'takeOver', 'requestPayment', 'extend', 'apologise', 'requestStop', 'markReady', 'handOver', 'correct', 'attach'],
      duties: [{ duty: 'transfer' }, { duty: 'finish' }],
    });
    expect((await last())[2]).toContain('hẹn trả thứ Sáu 27/11/2026 17:30');

    const hop = uuid(world);
    await place.get('transfer.give', { ...about(world, dossier), hop, to: { agency: commune, unit: 'tu-phap' }, paper: true, note: 'Kèm bản gốc' });
    expect(await last()).toEqual(['dossier.forwarded', 'Kèm bản gốc', ['từ Ủy ban nhân dân xã Mai Pha', 'đến Bộ phận Tư pháp, Ủy ban nhân dân xã Mai Pha', 'kèm hồ sơ giấy', 'hạn chuyển 24/11/2026 17:30']]);
    expect(await view()).toMatchObject({ portalStatus: 4, placeNames: { [`${commune}/tu-phap`]: 'Bộ phận Tư pháp' }, possible: expect.arrayContaining(['takeOver']) });
    await place.get('transfer.take', { ...about(world, dossier), hop, toUnit: 'tu-phap', missingPapers: ['to-khai'] });
    expect((await last())[2]).toContainEqual(expect.stringMatching(/^thiếu: Tờ khai/));
    expect((await view()).duties.map(({ duty }) => duty)).not.toContain('take-over');

    await place.get('supplement.request', { ...about(world, dossier), papers: [{ code: 'to-khai', kind: 'original', quantity: 1 }], text: 'Tờ khai chưa ký', contact: 'Bà Bích' });
    expect(await last()).toEqual(['dossier.supplement-requested', 'Tờ khai chưa ký. Liên hệ: Bà Bích', [expect.stringMatching(/^Tờ khai/), 'bổ sung trước 09/12/2026 17:30', 'thời hạn tính lại từ đầu khi bổ sung đủ']]);
    expect(await view()).toMatchObject({ portalStatus: 5, forms: ['reception', 'supplement', 'control'], duties: [{ duty: 'await-supplement' }] });
    await later(work, 2 * day);
    await place.get('supplement.complete', { ...about(world, dossier), papers: [{ code: 'to-khai', kind: 'original', quantity: 1, present: true }] });
    // Thursday 26/11: three working days.
    expect((await last())[2]).toEqual(['hạn mới thứ Ba 01/12/2026 17:30']);

    await place.get('payment.request', { ...about(world, dossier), amount: 1_200_000, note: 'Lệ phí trước bạ' });
    expect(await last()).toEqual(['dossier.payment-requested', 'Lệ phí trước bạ', ['1.200.000 đồng', 'thời hạn tạm dừng đến khi nộp']]);
    expect((await view()).portalStatus).toBe(6);
    await place.get('payment.record', about(world, dossier));
    await place.get('term.extend', { ...about(world, dossier), by: { unit: 'workingDay', amount: 2 }, text: 'Phải xác minh' });
    expect(await last()).toEqual(['dossier.extended', 'Phải xác minh', ['thêm 2 ngày làm việc', 'hạn mới thứ Năm 03/12/2026 17:30']]);
    await place.get('term.apologise', { ...about(world, dossier), date: '2026-12-08', cause: 'other-agency', text: 'Chờ Sở Tư pháp trả lời' });
    expect((await last())[2]).toEqual(['do cơ quan phối hợp', 'hẹn lại thứ Ba 08/12/2026 17:30', 'hạn giải quyết vẫn là thứ Năm 03/12/2026 17:30', 'lúc ghi mất kết nối, chưa hỏi được quầy khác']);
    const apologised = await view();
    expect([apologised.possible.includes('apologise'), apologised.possible.includes('extend'), apologised.forms]).toEqual([false, false, ['reception', 'supplement', 'apology', 'control']]);
    expect(apologised.explanation.some((sentence) => sentence.includes('08/12/2026'))).toBe(true);
    expect((await place.get('dossier.list', { filter: 'open', limit: 9 })).lines).toMatchObject([{ id: dossier, dueAt: instantOf('2026-12-03', '17:30'), appointmentAt: instantOf('2026-12-08', '17:30') }]);

    const personal = { applicant: { ...reception(world).personal.applicant, fullName: 'Hoàng Thị Ngọc Ánh Dương' } };
    await place.get('dossier.correct', { ...about(world, dossier), personal, sets: 2, text: 'Ghi thiếu tên' });
    expect(await last()).toEqual(['dossier.corrected', 'Ghi thiếu tên', ['họ tên, số bộ hồ sơ']]);
    expect((await place.get('scan.resolve', { text: 'anh duong' }))).toMatchObject({ dossiers: [{ id: dossier }] });
    expect((await place.get('receipt.html', { dossier })).html).toContain('Hoàng Thị Ngọc Ánh Dương');

    await place.get('stop.request', { ...about(world, dossier), text: 'Không cần nữa' });
    expect(await view()).toMatchObject({ portalStatus: 7, possible: expect.arrayContaining(['stop', 'markReady']) });
    await place.get('result.mark-ready', { ...about(world, dossier), outcome: 'refused', resultCount: 1, note: 'Không đủ điều kiện' });
    expect(await last()).toEqual(['dossier.result-ready', 'Không đủ điều kiện', ['từ chối giải quyết', '1 kết quả']]);
    expect(await view()).toMatchObject({ portalStatus: 9, forms: expect.arrayContaining(['refusal', 'stop']), duties: [{ duty: 'notify' }] });
    await place.get('result.notify', { ...about(world, dossier), means: 'message' });
    await place.get('return.save', { ...about(world, dossier), method: 'counter', receiver: 'proxy', receiptShown: true, rating: 'yes', personal: { receiverName: 'Vi Văn Ân', authorisation: 'Giấy ủy quyền 12/2026' } });
    expect(await last()).toEqual(['dossier.handed-over', 'Người nhận: Vi Văn Ân. Ủy quyền: Giấy ủy quyền 12/2026', ['trả trực tiếp', 'người được ủy quyền nhận', 'thu lại giấy tiếp nhận', 'hài lòng']]);
    await place.get('result.request-correction', { ...about(world, dossier), fault: 'agency', text: 'Sai năm sinh' });
    expect((await view()).duties).toMatchObject([{ duty: 'correct-result' }]);
    await place.get('result.record-correction', about(world, dossier));
    const end = await view();
    expect(end).toMatchObject({ portalStatus: 10, late: false, conflicts: [], duties: [], possible: ['correct', 'requestResultCorrection', 'attach'] });
    expect(end.forms).toContain('return');
    expect(end.history).toHaveLength(17);
    expect(end.history.every(({ actorName, agencyName, dropped }) => actorName === 'Lương Văn Đức' && agencyName === 'Ủy ban nhân dân xã Mai Pha' && !dropped)).toBe(true);
  }, 60_000);

  it('ends at the counter: refused, stopped, or returned at once', async () => {
    const work = await opened();
    const { world, place } = work;
    const intake = { procedure: threeDays, personal: reception(world).personal, channel: 'counter' as const };
    const refused = await place.get('reception.refuse', { ...about(world, uuid(world)), reason: 'wrong-agency', text: 'Thuộc xã Đồng Đăng', intake });
    expect(await place.get('dossier.get', { dossier: refused.dossier })).toMatchObject({ portalStatus: 3, forms: ['refusal'], possible: [], history: [{ kind: 'dossier.submitted' }, { kind: 'dossier.not-accepted', words: 'Thuộc xã Đồng Đăng', details: ['không thuộc thẩm quyền'] }] });
    const stopped = await received(work);
    await place.get('stop.request', { ...about(world, stopped), text: 'Rút' });
    await place.get('stop.record', { ...about(world, stopped), reason: 'applicant-request', refund: 8000, text: 'Rút' });
    expect((await place.get('dossier.get', { dossier: stopped })).history.at(-1)?.details).toEqual(['theo đề nghị của người nộp', 'hoàn lại 8.000 đồng']);

    const atOnce = reception(world, { procedure: sameDayProcedure, immediate: { outcome: 'granted', resultCount: 1 } });
    const answer = await place.get('reception.save', atOnce);
    const history = place.store.read.history(atOnce.dossier).map(({ entry }) => entry);
    expect(history.map(({ header }) => header.after)).toEqual([[], [history[0]?.hash], [history[1]?.hash]]);
    expect([answer.hash, answer.repeated]).toEqual([history[0]?.hash, false]);
    expect((await place.get('dossier.get', { dossier: atOnce.dossier })).state.stage).toBe('returned');
    expect(await place.get('reception.save', atOnce)).toEqual({ ...answer, repeated: true });
    expect((await place.get('dossier.list', { filter: 'ended', limit: 9 })).lines.map(({ id }) => id)).toEqual([stopped, refused.dossier]);
    expect((await place.get('dossier.list', { filter: 'ended', text: 'anh', limit: 9 })).lines).toHaveLength(2);
    // A card leads to what is still open.
    const card = '020190001234|012345678|HOÀNG THỊ NGỌC ÁNH|01011990|Nữ|Thôn Rọ Phải, xã Mai Pha, Lạng Sơn|15042021';
    expect(await place.get('scan.resolve', { text: card })).toMatchObject({ kind: 'card', dossiers: [] });
    const open = await received(work);
    expect(await place.get('scan.resolve', { text: card })).toMatchObject({ kind: 'card', dossiers: [{ id: open }] });
  }, 60_000);

  it('has a channel for every order, and each answers', async () => {
    const { world, place } = await opened();
    const dossier = uuid(world);
    for (const name of Object.keys(orderOf)) {
      const outcome = await place.desk.answer(name, about(world, dossier));
      expect([name, outcome.ok ? 'ok' : outcome.fault.code]).toEqual([name, expect.stringMatching(/^(form\.invalid|message\.malformed|dossier\.unknown)$/)]);
    }
    expect(place.reports).toEqual([]);
  });
});

describe('an act', () => {
  it('sent twice is recorded once; a second like it is refused', async () => {
    const work = await opened();
    const { world, place } = work;
    const dossier = await received(work);
    const command = { ...about(world, dossier), text: 'Rút' };
    const first = await place.get('stop.request', command);
    const { seq } = place.store.head();
    expect(await place.get('stop.request', command)).toEqual({ ...first, repeated: true });
    expect(place.store.head().seq).toBe(seq);
    expect(await place.call('stop.request', { ...command, act: uuid(world) })).toMatchObject({ ok: false, fault: { code: 'dossier.awaits-stop' } });
    // The act's id again, for another dossier: a mistake of the sender.
    expect(await place.call('stop.request', { ...command, dossier: await received(work) })).toEqual(fail('message.malformed', { where: 'act' }));
  });

  it('that is refused uses no code up', async () => {
    const world = new World();
    const sample = sampleCatalogue();
    const place = openTestDesk({ folder: enrolledFolder(world, sample), world });
    await place.signIn('mp-04');
    const { log } = place.store.head();
    place.store.catalogue.store({ ...sample, version: sample.version + 1, leases: [{ id: 'one', log, agencyIdentifier: 'H37.01', validFrom: '2026-01-01', validTo: '2026-12-31', first: 1, last: 90 }] });
    const codes: string[] = [];
    for (const paper of ['to-khai', 'khong-co', 'to-khai']) {
      const outcome = await place.call('reception.save', reception(world, { procedure: threeDays, papers: [{ code: paper, kind: 'original', quantity: 1, present: true }] }));
      codes.push(outcome.ok ? outcome.value.code : outcome.fault.code);
    }
    expect(codes).toEqual(['H37.01-261124-0001', 'form.invalid', 'H37.01-261124-0002']);
  });

  it('names the fields a clerk can correct, of any order', async () => {
    const work = await opened();
    const { world, place } = work;
    const dossier = await received(work);
    expect(await place.desk.answer('term.apologise', { ...about(world, dossier), date: 'mai', cause: 'agency', text: '' })).toEqual(fail('form.invalid', { fields: 'date, text' }));
    expect(await place.desk.answer('transfer.give', { ...about(world, dossier), hop: 'x', to: { agency: commune }, paper: true })).toMatchObject({ ok: false, fault: { code: 'message.malformed' } });
  });

  it('outlives a restart with work under way', async () => {
    const work = await opened();
    const dossier = await received(work);
    await work.place.get('supplement.request', { ...about(work.world, dossier), papers: [], text: 'Thiếu' });
    const before = await work.place.get('dossier.get', { dossier });
    await work.place.close();
    const again = openTestDesk({ folder: work.folder, world: work.world });
    await again.signIn('mp-04');
    expect((await again.get('dossier.get', { dossier })).state).toEqual(before.state);
    await again.get('supplement.complete', { ...about(work.world, dossier), papers: [] });
    expect(await again.get('dossier.get', { dossier })).toMatchObject({ portalStatus: 2, late: false });
  });
});

describe('what the desk shows', () => {
  it('offers each person what their role may', async () => {
    const work = await opened(withUnits);
    const dossier = await received(work);
    const possible = async (staff: string): Promise<readonly string[]> => {
      await work.place.signIn(staff);
      return (await work.place.get('dossier.get', { dossier })).possible;
    };
    expect(await possible('mp-01')).toEqual(['requestSupplement', 'forward', 'takeOver', 'requestPayment', 'requestStop', 'markReady', 'handOver', 'correct', 'attach']);
    expect(await possible('mp-03')).toEqual(['requestSupplement', 'forward', 'takeOver', 'requestPayment', 'markReady', 'attach']);
    expect(await possible('mp-05')).toEqual([]);
  });

  it('lists places in force, its own first, with their units', async () => {
    const { place } = await opened(withUnits);
    const { places } = await place.get('place.list', {});
    const others = agenciesInForce(sampleCatalogue(), '2026-11-24').map(({ id }) => id).filter((id) => id !== commune);
    expect(others.length).toBeGreaterThan(1);
    expect(places.map(({ id, own }) => [id, own])).toEqual([[commune, true], ...others.map((id) => [id, false])]);
    expect(places[0]?.units).toEqual([{ id: 'tu-phap', name: 'Bộ phận Tư pháp' }]);
  });

  it('lists what is to be done, the most urgent first, and counts it for the day', async () => {
    const work = await opened();
    const { place } = work;
    const elsewhere = await received(work, { competentAgency: 'ls-dong-dang' });
    const here = await received(work);
    expect(await place.get('duty.list', { limit: 9 })).toMatchObject({
      more: false,
      duties: [
        { duty: 'transfer', past: false, line: { id: here } },
        { duty: 'send-paper', by: instantOf('2026-11-25', '17:30'), line: { id: elsewhere, competentAgencyName: 'Ủy ban nhân dân xã Đồng Đăng' } },
        { duty: 'finish' }, { duty: 'finish' },
      ],
    });
    await later(work, day);
    expect((await place.get('duty.list', { kinds: ['transfer'], limit: 9 })).duties).toMatchObject([{ duty: 'transfer', past: true, line: { id: here } }]);
    expect((await place.get('day.view', {})).duties).toEqual([{ duty: 'finish', count: 2, past: 0 }, { duty: 'send-paper', count: 1, past: 0 }, { duty: 'transfer', count: 1, past: 1 }]);
  });

  it('shows late by the term: not while it stands still', async () => {
    const work = await opened();
    const { world, place } = work;
    const [running, waiting] = [await received(work), await received(work)];
    await place.get('supplement.request', { ...about(world, waiting), papers: [], text: 'Thiếu' });
    await later(work, 6 * day);
    const lines = (await place.get('dossier.list', { filter: 'all', limit: 9 })).lines;
    expect(new Map(lines.map(({ id, late }) => [id, late]))).toEqual(new Map([[running, true], [waiting, false]]));
    for (const request of [{ filter: 'overdue', limit: 9 }, { filter: 'overdue', text: 'anh', limit: 9 }] as const) {
      expect((await place.get('dossier.list', request)).lines.map(({ id }) => id)).toEqual([running]);
    }
    expect((await place.get('dossier.list', { filter: 'waiting', text: 'anh', limit: 9 })).lines.map(({ id }) => id)).toEqual([waiting]);
    expect((await place.get('dossier.get', { dossier: running })).late).toBe(true);
  });

  it('shows what a newer calendar moves: what becomes binding first, what keeps its printed date for information', async () => {
    const work = await opened();
    const { world, place } = work;
    const near = await received(work);
    const far = await received(work, { procedure: '1.001776' });
    const binding = (await place.get('dossier.get', { dossier: far })).state;
    expect(binding.due?.provisional).toBe(false);
    await later(work, 30 * day);
    const late = await received(work, { procedure: '1.001776' });
    const printed = (await place.get('dossier.get', { dossier: late })).state.due;
    expect(printed?.provisional).toBe(true);
    expect(await place.get('calendar.moves', {})).toMatchObject({ moves: [] });

    const held = place.store.catalogue.current();
    const [usual] = held?.calendars ?? [];
    if (!held || !usual) throw new Error('no calendar');
    const holiday = (date: string): WorkingCalendar['daysOff'][number] => ({ date, name: 'Nghỉ bù', kind: 'compensatory', source: ['test'] });
    const newer: WorkingCalendar = { ...usual, version: '2027-v1', coversTo: '2027-12-31', daysOff: [...usual.daysOff, holiday('2026-11-25'), holiday('2027-01-04')] };
    place.store.catalogue.store({ ...held, version: held.version + 1, calendars: [...held.calendars, newer] });
    const { calendar, moves } = await place.get('calendar.moves', {});
    expect(calendar).toBe(`${usual.id} 2027-v1`);
    expect(moves.map(({ line, binding: binds }) => [line.id, binds])).toEqual([[late, true], [near, false], [far, false]]);
    expect(moves[0]).toMatchObject({ printed: printed?.at, line: { dueAt: printed?.at } });
    expect(moves.every(({ printed: was, due }) => due > was)).toBe(true);

    await place.get('term.compute-again', about(world, late));
    const again = (await place.get('dossier.get', { dossier: late })).state.due;
    expect(again).toMatchObject({ provisional: false, at: moves[0]?.due, calendar: { version: '2027-v1' } });
    expect((await place.get('calendar.moves', {})).moves.map(({ line }) => line.id)).toEqual([near, far]);
    expect((await place.get('dossier.get', { dossier: near })).state.due?.at).toBe(instantOf('2026-11-27', '17:30'));
    expect(civil(again?.at ?? 0).date > '2027-01-01').toBe(true);
  });

  it('shows both sides of a contradiction, and lets a supervisor settle it', async () => {
    const [one, two] = [await opened(), await opened()];
    const dossier = await received(one);
    two.place.store.merge(one.place.store.pending(0, { entries: 99, bytes: 1e7 }));
    await one.place.get('result.mark-ready', { ...about(one.world, dossier), outcome: 'granted', resultCount: 1 });
    await two.place.get('stop.request', { ...about(two.world, dossier), text: 'Rút hồ sơ' });
    one.place.store.merge(two.place.store.pending(0, { entries: 99, bytes: 1e7 }));
    const seen = await one.place.get('dossier.get', { dossier });
    const [conflict] = seen.conflicts;
    expect(new Set([conflict?.kept.kind, conflict?.other.kind])).toEqual(new Set(['dossier.result-ready', 'dossier.stop-requested']));
    expect(seen).toMatchObject({ possible: expect.arrayContaining(['settleConflict']), duties: expect.arrayContaining([expect.objectContaining({ duty: 'settle-conflict' })]) });
    await one.place.signIn('mp-01');
    expect((await one.place.get('dossier.get', { dossier })).possible).not.toContain('settleConflict');
    const settle = { ...about(one.world, dossier), keep: conflict?.kept.hash ?? '', drop: conflict?.other.hash ?? '', text: 'Theo bản giấy' };
    expect(await one.place.call('conflict.settle', settle)).toEqual(fail('access.denied'));
    await one.place.signIn('mp-04');
    await one.place.get('conflict.settle', settle);
    const settled = await one.place.get('dossier.get', { dossier });
    expect(settled).toMatchObject({ conflicts: [], possible: expect.not.arrayContaining(['settleConflict']) });
    expect(settled.history.filter(({ dropped }) => dropped).map(({ hash }) => hash)).toEqual([settle.drop]);
    expect(settled.history.at(-1)).toMatchObject({ kind: 'dossier.conflict-settled', words: 'Theo bản giấy' });
  });

  it('keeps the timeline without words after an erasure, and offers no correction any more', async () => {
    const work = await opened();
    const dossier = await received(work);
    work.place.store.eraseDossiers([{ dossier, authority: 'QĐ 12/2026' }]);
    const view = await work.place.get('dossier.get', { dossier });
    expect(view.personal).toBeUndefined();
    expect([view.history.length, view.possible.includes('correct')]).toEqual([1, false]);
    expect(await work.place.call('dossier.correct', { ...about(work.world, dossier), personal: reception(work.world).personal, text: 'x' })).toMatchObject({ ok: false, fault: { code: 'dossier.erased' } });
  });

  it('prints the forms it has, and only where there is something to print', async () => {
    const { world, place } = await opened();
    const { dossier } = await place.get('submission.save', { ...about(world, uuid(world)), procedure: threeDays, personal: reception(world).personal, channel: 'online' });
    expect(await place.call('receipt.html', { dossier })).toMatchObject({ ok: false, fault: { code: 'dossier.not-accepted-yet' } });
    expect(await place.call('receipt.html', { dossier, form: 'return' })).toMatchObject({ ok: false, fault: { code: 'dossier.not-returned' } });
  });
});
