import { describe, expect, it } from '@jest/globals';
import { dossierKinds, portalStatus, type PortalStatus } from '#shared/dossier/index.ts';
import { fail } from '#shared/errors/index.ts';
import { at, desk, handedIn, handOver, morning, other, own, person, ready, receive, supplement, type Desk } from './desks.ts';

const hour = 3_600_000;

function received(): { place: Desk; dossier: string } {
  const place = desk();
  const dossier = place.uuid();
  place.does('receive', dossier, morning, receive);
  return { place, dossier };
}

describe('result, notice and hand-over', () => {
  it('are three times, each following what its author knew', () => {
    const { place, dossier } = received();
    const [first] = place.known;
    const [made] = place.does('markReady', dossier, morning + hour, { ...ready, note: 'Đã ký' });
    expect(made!.header).toMatchObject({ after: [first!.hash], facts: { at: morning + hour, outcome: 'granted' } });
    expect(made!.text).not.toContain('Đã ký');
    place.does('notify', dossier, morning + 2 * hour, { means: 'phone' });
    place.does('notify', dossier, morning + 3 * hour, { means: 'post' });
    place.does('handOver', dossier, morning + 4 * hour, handOver);
    expect(place.at(dossier)).toMatchObject({ stage: 'returned', ready: { at: morning + hour }, notified: [{ means: 'phone' }, { means: 'post' }], handedOver: { at: morning + 4 * hour } });
  });

  it('may be a hand-over alone, by whichever way', () => {
    for (const method of ['counter', 'post', 'online'] as const) {
      const { place, dossier } = received();
      place.does('handOver', dossier, morning + hour, { ...handOver, method, personal: { postalItem: 'RR123' } });
      expect(place.at(dossier)).toMatchObject({ stage: 'returned', handedOver: { method } });
    }
  });

  it('hand over to a proxy only with name and authorisation, both sealed', () => {
    const { place, dossier } = received();
    const proxy = { ...handOver, receiver: 'proxy' as const };
    expect(place.order('handOver', dossier, morning + hour, proxy)).toEqual(fail('dossier.proxy-unauthorised'));
    expect(place.order('handOver', dossier, morning + hour, { ...proxy, personal: { receiverName: 'Vi Văn Ân' } })).toEqual(fail('dossier.proxy-unauthorised'));
    const [entry] = place.does('handOver', dossier, morning + hour, { ...proxy, personal: { receiverName: 'Vi Văn Ân', authorisation: 'Số 12/2026' } });
    expect(entry!.text).not.toContain('Vi Văn');
    expect(JSON.stringify(place.bodies.get(entry!.hash))).toContain('Vi Văn Ân');
  });

  it('are refused while the dossier holds what this program does not know', () => {
    const { place, dossier } = received();
    place.write([{ kind: 'dossier.merged-into' as never, dossier, after: place.at(dossier).frontier, facts: {} }]);
    expect(place.order('markReady', dossier, morning + hour, ready)).toEqual(fail('dossier.read-only', { code: place.at(dossier).code }));
    expect(place.order('settleConflict', dossier, morning + hour, { keep: '0'.repeat(64), drop: '1'.repeat(64), text: 'x' })).toMatchObject({ ok: false, fault: { code: 'dossier.read-only' } });
  });

  it.each([
    ['in the future', morning + 3 * hour, 'dossier.claimed-time-in-future'],
    ['before the reception', morning - 1, 'dossier.claimed-time-before-reception'],
  ] as const)('are refused with a claimed time %s', (_name, claimedAt, code) => {
    const { place, dossier } = received();
    expect(place.order('markReady', dossier, morning + 2 * hour, { ...ready, claimedAt })).toEqual(fail(code));
    expect(place.order('handOver', dossier, morning + 2 * hour, { ...handOver, claimedAt })).toEqual(fail(code));
  });

  it('keep a claimed time beside the working time', () => {
    const { place, dossier } = received();
    const [entry] = place.does('markReady', dossier, morning + 2 * hour, { ...ready, claimedAt: morning + hour });
    expect(entry!.header.facts).toMatchObject({ at: morning + 2 * hour, claimedAt: morning + hour });
  });
});

describe('the correction of a result', () => {
  it('has three working days of its own, one at a time', () => {
    const { place, dossier } = received();
    place.does('handOver', dossier, morning, handOver);
    const mistake = { fault: 'agency' as const, text: 'Sai năm sinh' };
    place.does('requestResultCorrection', dossier, at('2026-11-26', '09:00'), mistake);
    // Thursday 26/11: Friday, Monday, Tuesday.
    expect(place.at(dossier).resultCorrections).toMatchObject([{ requested: { by: at('2026-12-01', '17:30') } }]);
    expect(place.order('requestResultCorrection', dossier, at('2026-11-27', '09:00'), mistake)).toEqual(fail('dossier.result-correction-open', { code: place.at(dossier).code, until: '01/12/2026 17:30' }));
    place.does('recordResultCorrection', dossier, at('2026-11-27', '10:00'), {});
    expect(place.order('recordResultCorrection', dossier, at('2026-11-27', '11:00'), {})).toMatchObject({ ok: false, fault: { code: 'dossier.no-result-correction' } });
    place.does('requestResultCorrection', dossier, at('2026-12-02', '09:00'), mistake);
    expect(place.at(dossier)).toMatchObject({ stage: 'returned', resultCorrections: [{ corrected: { at: at('2026-11-27', '10:00') } }, {}] });
  });
});

describe('the correction of a dossier’s data', () => {
  const nga = { applicant: { ...person.applicant, fullName: 'Lê Thị Hằng Nga', phone: '0912345678' } };

  it('says which fields changed, found by comparing; what stood before stays in the log', () => {
    const { place, dossier } = received();
    const [first] = place.known;
    const [entry] = place.does('correct', dossier, morning + hour, { personal: nga, sets: 2, text: 'Ghi thiếu tên' });
    expect(entry!.header.facts).toMatchObject({ fields: ['applicant.fullName', 'applicant.phone', 'sets'], sets: 2 });
    expect(place.at(dossier)).toMatchObject({ personalEntry: entry!.hash, sets: 2, corrections: [{ sets: 2 }] });
    expect(place.person(dossier)).toMatchObject({ applicant: nga.applicant, reason: 'Ghi thiếu tên' });
    expect(JSON.stringify(place.bodies.get(first!.hash))).toContain('"Lê Thị Hằng"'.replaceAll('"', '\\"'));
    expect(place.order('correct', dossier, morning + 2 * hour, { personal: nga, text: 'Lần nữa' })).toEqual(fail('dossier.nothing-changed', { code: place.at(dossier).code }));
  });

  it('leaves who the dossier is about alone where only papers change', () => {
    const { place, dossier } = received();
    const [first] = place.known;
    place.does('correct', dossier, morning + hour, { personal: person, papers: [], text: 'Ghi nhầm giấy tờ' });
    expect(place.at(dossier)).toMatchObject({ personalEntry: first!.hash, papers: [] });
  });

  it('is refused after an erasure, and before there is anything', () => {
    const { place, dossier } = received();
    expect(place.order('correct', dossier, morning + hour, { personal: nga, text: 'x' }, { personal: () => undefined })).toEqual(fail('dossier.erased', { code: place.at(dossier).code }));
    expect(place.order('correct', place.uuid(), morning + hour, { personal: nga, text: 'x' })).toMatchObject({ ok: false, fault: { code: 'dossier.unknown' } });
  });
});

describe('the hops of form 06', () => {
  const to = { agency: own, unit: 'tu-phap' };

  it('are two halves, matched by the hop', () => {
    const { place, dossier } = received();
    const hop = place.uuid();
    place.does('forward', dossier, morning + hour, { hop, to, paper: true });
    expect(place.at(dossier).hops).toMatchObject([{ hop, given: { by: at('2026-11-23', '17:30') } }]);
    expect(place.at(dossier).hops[0]).not.toHaveProperty('taken');
    const second = place.uuid();
    place.does('takeOver', dossier, morning + 2 * hour, { hop, toUnit: 'tu-phap', missingPapers: ['cccd'] });
    expect(place.at(dossier).hops).toMatchObject([{ hop, given: { at: morning + hour }, taken: { at: morning + 2 * hour, missingPapers: ['cccd'] } }]);
    expect(place.order('takeOver', dossier, morning + 2 * hour, { hop, missingPapers: [] })).toMatchObject({ ok: false, fault: { code: 'transfer.taken' } });
    // Only the first hop after the reception has its time.
    place.does('forward', dossier, morning + 3 * hour, { hop: second, fromUnit: 'tu-phap', to: { agency: own }, paper: true });
    expect(place.at(dossier).hops[1]?.given).not.toHaveProperty('by');
  });

  it('go the same way if the receiver did not know the giver’s half', () => {
    const { place: giver, dossier } = received();
    const taker = desk(other);
    taker.hear(giver);
    const taken = taker.does('takeOver', dossier, morning + 2 * hour, { hop: taker.uuid(), from: { agency: own }, missingPapers: [] });
    giver.does('forward', dossier, morning + hour, { hop: giver.uuid(), to: { agency: other }, paper: true });
    giver.hear(taker);
    expect(giver.at(dossier).hops).toMatchObject([{ toAgency: other, given: {}, taken: { origin: { entry: taken[0]!.hash } } }]);
    expect(giver.at(dossier).conflicts).toEqual([]);
  });

  it('stay halves where they go different ways', () => {
    const { place: giver, dossier } = received();
    const taker = desk(other);
    taker.hear(giver);
    taker.does('takeOver', dossier, morning + 2 * hour, { hop: taker.uuid(), from: { agency: 'ls-tt-pvhcc' }, missingPapers: [] });
    giver.does('forward', dossier, morning + hour, { hop: giver.uuid(), to: { agency: other }, paper: true });
    giver.hear(taker);
    expect(giver.at(dossier).hops.map((hop) => [hop.given !== undefined, hop.taken !== undefined])).toEqual(expect.arrayContaining([[true, false], [false, true]]));
  });

  it('are refused to nowhere, to nobody and by the wrong one', () => {
    const { place, dossier } = received();
    expect(place.order('forward', dossier, morning, { hop: place.uuid(), to: { agency: own }, paper: true })).toEqual(fail('transfer.nowhere'));
    expect(place.order('forward', dossier, morning, { hop: place.uuid(), to: { agency: 'ls-khong-co' }, paper: true })).toEqual(fail('transfer.unknown-agency', { agency: 'ls-khong-co' }));
    const hop = place.uuid();
    place.does('forward', dossier, morning, { hop, to: { agency: other }, paper: true });
    expect(place.order('takeOver', dossier, morning, { hop, missingPapers: [] })).toMatchObject({ ok: false, fault: { code: 'transfer.elsewhere', params: { agency: 'UBND xã Đồng Đăng' } } });
    expect(place.order('takeOver', dossier, morning, { hop: place.uuid(), missingPapers: [] })).toEqual(fail('form.invalid', { fields: 'from' }));
  });

  it('taken over by two who did not know each other are a contradiction', () => {
    const { place: giver, dossier } = received();
    const hop = giver.uuid();
    giver.does('forward', dossier, morning, { hop, to: { agency: other }, paper: true });
    const [one, two] = [desk(other), desk(other)];
    for (const taker of [one, two]) {
      taker.hear(giver);
      taker.does('takeOver', dossier, morning + hour, { hop, missingPapers: [] });
    }
    one.hear(two);
    expect(one.at(dossier).conflicts).toMatchObject([{ kind: dossierKinds.takenOver }]);
    expect(one.at(dossier).hops).toHaveLength(1);
  });
});

describe('the status of the national portal', () => {
  const online = { ...handedIn, channel: 'online' as const };
  type Step = (place: Desk, dossier: string) => unknown;
  const forward: Step = (place, dossier) => place.does('forward', dossier, morning, { hop: place.uuid(), to: { agency: own, unit: 'tu-phap' }, paper: false });
  const take: Step = (place, dossier) => place.does('receive', dossier, morning, receive);

  it.each<[PortalStatus, string, readonly Step[]]>([
    [1, 'mới đăng ký', [(place, dossier) => place.does('submit', dossier, morning, online)]],
    [2, 'được tiếp nhận', [(place, dossier) => place.does('submit', dossier, morning, online), take]],
    [3, 'không được tiếp nhận', [(place, dossier) => place.does('submit', dossier, morning, online), (place, dossier) => place.does('refuseReception', dossier, morning, { reason: 'other', text: 'Trùng' })]],
    [4, 'đang xử lý', [take, forward]],
    [5, 'yêu cầu bổ sung giấy tờ', [take, forward, (place, dossier) => place.does('requestSupplement', dossier, morning, supplement)]],
    [6, 'yêu cầu thực hiện nghĩa vụ tài chính', [take, forward, (place, dossier) => place.does('requestPayment', dossier, morning, { amount: 1 })]],
    [7, 'công dân yêu cầu rút hồ sơ', [take, (place, dossier) => place.does('requestStop', dossier, morning, { text: 'Rút' })]],
    [8, 'dừng xử lý', [take, (place, dossier) => place.does('requestStop', dossier, morning, { text: 'Rút' }), (place, dossier) => place.does('stop', dossier, morning, { reason: 'applicant-request', refund: 0, text: 'Rút' })]],
    [9, 'đã xử lý xong', [take, forward, (place, dossier) => place.does('markReady', dossier, morning, ready)]],
    [10, 'đã trả kết quả', [take, forward, (place, dossier) => place.does('markReady', dossier, morning, ready), (place, dossier) => place.does('handOver', dossier, morning, handOver)]],
  ])('%i: %s', (status, _words, steps) => {
    const place = desk();
    const dossier = place.uuid();
    for (const step of steps) step(place, dossier);
    expect(portalStatus(place.at(dossier))).toBe(status);
  });
});
