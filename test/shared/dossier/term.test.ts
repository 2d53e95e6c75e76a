/** What moves a due date. The dates are reckoned by hand: Mondays are 23/11, 30/11 and 07/12/2026; Saturdays and Sundays are off. */
import { describe, expect, it } from '@jest/globals';
import { defaultSettings, formatDateTime } from '#shared/deadline/index.ts';
import { dossierKinds, haltedAt, isLate, toldAt } from '#shared/dossier/index.ts';
import { fail } from '#shared/errors/index.ts';
import { at, calendar, catalogue, desk, handOver, morning, papers, pausing, ready, receive, supplement, type Desk } from './desks.ts';

/** A dossier received on Monday 23/11/2026 at 09:00, due on Monday 30/11 at 17:30. */
function received(change: Partial<typeof receive> = {}, when = morning): { place: Desk; dossier: string } {
  const place = desk();
  const dossier = place.uuid();
  place.does('receive', dossier, when, { ...receive, ...change });
  return { place, dossier };
}

const dueOf = (place: Desk, dossier: string): string => formatDateTime(place.at(dossier).due!.at);
const late = (place: Desk, dossier: string, now: number): boolean => isLate({ dueAt: place.at(dossier).due?.at, haltedAt: haltedAt(place.at(dossier)) }, now);

describe('a supplement at the examination', () => {
  it('restarts the term under Decree 118/2025', () => {
    const { place, dossier } = received();
    place.does('requestSupplement', dossier, at('2026-11-26', '17:00'), supplement);
    expect(place.at(dossier)).toMatchObject({
      stage: 'supplement', supplements: [{ requested: { stage: 'examination', effect: 'restart', ruleSet: 'nd118', noticeBy: at('2026-11-26', '17:30'), completeBy: at('2026-12-11', '17:30') } }],
    });
    // The term stands still: past the old due date and not late.
    expect(late(place, dossier, at('2026-12-02', '09:00'))).toBe(false);
    place.does('completeSupplement', dossier, at('2026-12-02', '09:00'), { papers: [{ ...papers[0]!, code: 'cccd', kind: 'copy' }] });
    // Five working days from Wednesday 02/12.
    expect(dueOf(place, dossier)).toBe('09/12/2026 17:30');
    const state = place.at(dossier);
    expect(state.papers.map(({ code }) => code)).toEqual(['to-khai', 'cccd']);
    expect(state.stretches).toMatchObject([{ due: { at: at('2026-11-30', '17:30') } }, { due: { at: at('2026-12-09', '17:30') } }]);
    expect(late(place, dossier, at('2026-12-09', '17:30'))).toBe(false);
    expect(late(place, dossier, at('2026-12-09', '17:31'))).toBe(true);
  });

  it('pauses it under Decree 61/2018, and under 118 where the procedure says so', () => {
    // Monday 02/06/2025, due 09/06; two working days from Tuesday to Thursday.
    const before = received({}, at('2025-06-02', '09:00'));
    before.place.does('requestSupplement', before.dossier, at('2025-06-03', '09:00'), supplement);
    expect(before.place.at(before.dossier).supplements[0]?.requested).toMatchObject({ effect: 'pause', ruleSet: 'nd61' });
    before.place.does('completeSupplement', before.dossier, at('2025-06-05', '09:00'), { papers: [] });
    expect(dueOf(before.place, before.dossier)).toBe('11/06/2025 17:30');

    const own = received({ procedure: pausing });
    own.place.does('requestSupplement', own.dossier, at('2026-11-24', '09:00'), supplement);
    own.place.does('completeSupplement', own.dossier, at('2026-11-26', '09:00'), { papers: [] });
    expect(dueOf(own.place, own.dossier)).toBe('02/12/2026 17:30');
  });

  it('has to be asked for within three working days, and names the article of the dossier’s own decree', () => {
    const { place, dossier } = received();
    expect(place.order('requestSupplement', dossier, at('2026-11-26', '17:31'), supplement)).toEqual(fail('dossier.supplement-notice-late', {
      code: place.at(dossier).code, until: '26/11/2026 17:30', article: 'Điều 19 NĐ 118/2025/NĐ-CP',
    }));
    const old = received({}, at('2025-06-02', '09:00'));
    expect(old.place.order('requestSupplement', old.dossier, at('2025-07-02', '09:00'), supplement))
      .toMatchObject({ ok: false, fault: { params: { article: 'Điều 19 NĐ 61/2018/NĐ-CP' } } });
  });

  it('ends after fifteen days: then it is not completed any more but stopped', () => {
    const { place, dossier } = received();
    place.does('requestSupplement', dossier, at('2026-11-26', '09:00'), supplement);
    const stop = { reason: 'supplement-not-completed' as const, refund: 8000, text: 'Quá hạn bổ sung' };
    expect(place.order('stop', dossier, at('2026-12-11', '17:30'), stop)).toMatchObject({ ok: false, fault: { code: 'dossier.stop-too-early', params: { until: '11/12/2026 17:30' } } });
    expect(place.order('stop', dossier, at('2026-12-11', '17:31'), { ...stop, reason: 'applicant-request' })).toEqual(fail('form.invalid', { fields: 'reason' }));
    expect(place.order('completeSupplement', dossier, at('2026-12-11', '17:31'), { papers: [] })).toMatchObject({ ok: false, fault: { code: 'dossier.supplement-expired' } });
    place.does('stop', dossier, at('2026-12-14', '09:00'), stop);
    expect(place.at(dossier)).toMatchObject({ stage: 'stopped', stopped: { reason: 'supplement-not-completed', refund: 8000 } });
    // It was stopped after the due date, but its term stood still since the request.
    expect(late(place, dossier, at('2027-01-01', '09:00'))).toBe(false);
  });

  it('may be asked for a second time after the first was completed', () => {
    const { place, dossier } = received();
    place.does('requestSupplement', dossier, at('2026-11-24', '09:00'), supplement);
    expect(place.order('requestSupplement', dossier, at('2026-11-24', '10:00'), supplement)).toMatchObject({ ok: false, fault: { code: 'dossier.awaits-supplement' } });
    place.does('completeSupplement', dossier, at('2026-11-25', '09:00'), { papers: [] });
    expect(place.order('completeSupplement', dossier, at('2026-11-25', '09:00'), { papers: [] })).toMatchObject({ ok: false, fault: { code: 'dossier.still-processing' } });
  });
});

describe('a financial obligation', () => {
  it('stands the term still until it is met', () => {
    const { place, dossier } = received();
    place.does('requestPayment', dossier, at('2026-11-24', '09:00'), { amount: 1_200_000, payBy: at('2026-12-04', '17:30') });
    expect(place.at(dossier)).toMatchObject({ stage: 'payment', payments: [{ requested: { pauses: true } }] });
    expect(late(place, dossier, at('2026-12-02', '09:00'))).toBe(false);
    const stop = { reason: 'payment-not-made' as const, refund: 0, text: 'Không nộp' };
    expect(place.order('stop', dossier, at('2026-12-04', '17:00'), stop)).toMatchObject({ ok: false, fault: { code: 'dossier.stop-too-early' } });
    place.does('recordPayment', dossier, at('2026-11-27', '09:00'), {});
    // Three working days, Tuesday to Friday.
    expect(dueOf(place, dossier)).toBe('03/12/2026 17:30');
    expect(place.order('recordPayment', dossier, at('2026-11-27', '09:00'), {})).toMatchObject({ ok: false, fault: { code: 'dossier.still-processing' } });
  });

  it('does not where the province says so: the term runs on and can be missed', () => {
    const { place, dossier } = received();
    place.catalogue = { ...catalogue, settings: { ...defaultSettings, paymentPauses: false } };
    place.does('requestPayment', dossier, at('2026-11-24', '09:00'), { amount: 1 });
    expect(late(place, dossier, at('2026-12-02', '09:00'))).toBe(true);
    place.does('recordPayment', dossier, at('2026-12-02', '09:00'), {});
    expect(dueOf(place, dossier)).toBe('30/11/2026 17:30');
  });

  it('asked for after the due date leaves the dossier late', () => {
    const { place, dossier } = received();
    place.does('requestPayment', dossier, at('2026-12-01', '09:00'), { amount: 1 });
    expect(late(place, dossier, at('2026-12-01', '09:00'))).toBe(true);
  });
});

describe('an extension', () => {
  const extend = (amount: number, unit: 'workingDay' | 'calendarDay' = 'workingDay'): { by: { unit: typeof unit; amount: number }; text: string } => ({ by: { unit, amount }, text: 'Phức tạp' });

  it('goes as far as the procedure allows, once, and before the term is over', () => {
    const { place, dossier } = received();
    const refused = fail('dossier.extension-not-allowed', { code: place.at(dossier).code, procedure: '1.000001' });
    expect(place.order('extend', dossier, morning, extend(4))).toEqual(refused);
    expect(place.order('extend', dossier, morning, extend(1, 'calendarDay'))).toEqual(refused);
    expect(place.order('extend', dossier, at('2026-11-30', '17:31'), extend(1))).toMatchObject({ ok: false, fault: { code: 'dossier.term-over' } });
    place.does('extend', dossier, at('2026-11-30', '17:30'), extend(3));
    expect(dueOf(place, dossier)).toBe('03/12/2026 17:30');
    expect(place.order('extend', dossier, at('2026-12-01', '09:00'), extend(1))).toEqual(refused);
    const none = received({ procedure: pausing });
    expect(none.place.order('extend', none.dossier, morning, extend(1))).toMatchObject({ ok: false, fault: { code: 'dossier.extension-not-allowed' } });
  });
});

describe('an apology', () => {
  const apology = { date: '2026-12-04', cause: 'agency' as const, text: 'Chờ ý kiến Sở' };

  it('goes out at least one day before, once, with one later appointment; lateness is still judged by the term', () => {
    const { place, dossier } = received();
    expect(place.at(dossier).apology).toEqual({ latest: at('2026-11-30', '00:00') - 1, alertOn: '2026-11-27' });
    expect(place.order('apologise', dossier, at('2026-11-30', '08:00'), apology)).toMatchObject({
      ok: false, fault: { code: 'dossier.apology-too-late', params: { until: '29/11/2026 23:59', article: 'Điều 19 NĐ 118/2025/NĐ-CP' } },
    });
    expect(place.order('apologise', dossier, at('2026-11-27', '09:00'), { ...apology, date: '2026-11-30' })).toMatchObject({ ok: false, fault: { code: 'dossier.appointment-too-early' } });
    place.does('apologise', dossier, at('2026-11-27', '09:00'), { ...apology, time: '09:30' });
    const state = place.at(dossier);
    expect([formatDateTime(state.due!.at), formatDateTime(toldAt(state.appointment!))]).toEqual(['30/11/2026 17:30', '04/12/2026 09:30']);
    expect(late(place, dossier, at('2026-12-01', '09:00'))).toBe(true);
    expect(place.order('apologise', dossier, at('2026-11-27', '10:00'), { ...apology, date: '2026-12-11' })).toMatchObject({ ok: false, fault: { code: 'dossier.apology-once', params: { at: '27/11/2026 09:00' } } });
  });

  it('is not forgotten when the due date moves after it', () => {
    const { place, dossier } = received({ procedure: pausing });
    place.does('apologise', dossier, at('2026-11-24', '08:00'), { ...apology, date: '2026-12-11' });
    place.does('requestPayment', dossier, at('2026-11-25', '09:00'), { amount: 1 });
    place.does('recordPayment', dossier, at('2026-11-26', '09:00'), {});
    const state = place.at(dossier);
    // Both move by the one working day in which the term stood still.
    expect([formatDateTime(state.due!.at), formatDateTime(toldAt(state.appointment!))]).toEqual(['01/12/2026 17:30', '14/12/2026 17:30']);
  });

  it('moves the due date where the province says so, at the time and for ever', () => {
    const { place, dossier } = received();
    place.catalogue = { ...catalogue, settings: { ...defaultSettings, appointmentMovesDue: true } };
    place.does('apologise', dossier, at('2026-11-27', '09:00'), apology);
    expect(dueOf(place, dossier)).toBe('04/12/2026 17:30');
    place.catalogue = catalogue;
    place.does('requestPayment', dossier, at('2026-12-01', '09:00'), { amount: 1 });
    place.does('recordPayment', dossier, at('2026-12-02', '09:00'), {});
    expect(dueOf(place, dossier)).toBe('07/12/2026 17:30');
  });
});

describe('a provisional due date', () => {
  it('is computed again when the calendar is published, once', () => {
    const { place, dossier } = received({}, at('2026-12-28', '09:00'));
    expect(place.at(dossier).due).toMatchObject({ provisional: true, at: at('2027-01-04', '17:30') });
    expect(place.order('computeDueAgain', dossier, at('2026-12-29', '09:00'), {})).toMatchObject({ ok: false, fault: { code: 'calendar.missing' } });
    const newYear = { ...calendar('2027-v1', '2027-12-31'), daysOff: [{ date: '2027-01-01', name: 'Tết Dương lịch', kind: 'holiday' as const, source: ['test'] }] };
    place.catalogue = { ...catalogue, calendars: [...catalogue.calendars, newYear] };
    place.does('computeDueAgain', dossier, at('2026-12-29', '10:00'), {});
    expect(place.at(dossier).due).toMatchObject({ provisional: false, at: at('2027-01-05', '17:30'), calendar: { version: '2027-v1' } });
    expect(place.order('computeDueAgain', dossier, at('2026-12-29', '11:00'), {})).toEqual(fail('dossier.due-final', { code: place.at(dossier).code }));
  });

  it('is the only one that a later calendar moves', () => {
    const { place, dossier } = received();
    const closed = { ...calendar('2026-v2', '2026-12-31'), daysOff: [{ date: '2026-11-30', name: 'Nghỉ', kind: 'holiday' as const, source: ['test'] }] };
    place.catalogue = { ...catalogue, calendars: [...catalogue.calendars, closed] };
    place.does('extend', dossier, at('2026-11-24', '09:00'), { by: { unit: 'workingDay', amount: 1 }, text: 'Phức tạp' });
    // Under its own version of the calendar, in which 30/11 is worked.
    expect(dueOf(place, dossier)).toBe('01/12/2026 17:30');
  });
});

describe('a stop', () => {
  it('follows the applicant’s wish, unless the decision was made before', () => {
    const { place, dossier } = received();
    place.does('requestStop', dossier, at('2026-11-24', '09:00'), { text: 'Không còn nhu cầu' });
    expect(place.order('requestStop', dossier, at('2026-11-24', '09:00'), { text: 'Không' })).toMatchObject({ ok: false, fault: { code: 'dossier.awaits-stop', params: { article: 'Điều 19 NĐ 118/2025/NĐ-CP' } } });
    expect(place.order('stop', dossier, at('2026-11-24', '10:00'), { reason: 'payment-not-made', refund: 0, text: 'x' })).toEqual(fail('form.invalid', { fields: 'reason' }));
    place.does('markReady', dossier, at('2026-11-24', '10:00'), ready);
    expect(place.at(dossier).stage).toBe('ready');
    expect(place.order('requestStop', dossier, at('2026-11-24', '11:00'), { text: 'Không' })).toMatchObject({ ok: false, fault: { code: 'dossier.already-ready' } });
  });

  it('is late only where the term had run out before it', () => {
    const stopped = (when: number): boolean => {
      const { place, dossier } = received();
      place.does('requestStop', dossier, at('2026-11-24', '09:00'), { text: 'Không còn nhu cầu' });
      place.does('stop', dossier, when, { reason: 'applicant-request', refund: 0, text: 'Theo đề nghị' });
      return late(place, dossier, at('2027-01-01', '09:00'));
    };
    expect([stopped(at('2026-11-30', '17:30')), stopped(at('2026-11-30', '17:31'))]).toEqual([false, true]);
  });
});

describe('late', () => {
  it('is a result after the due instant, however long it waits to be fetched', () => {
    const of = (readyAt: number): boolean => {
      const { place, dossier } = received();
      place.does('markReady', dossier, readyAt, ready);
      place.does('handOver', dossier, at('2026-12-20', '09:00'), handOver);
      return late(place, dossier, at('2027-01-01', '09:00'));
    };
    expect([of(at('2026-11-30', '17:30')), of(at('2026-11-30', '17:31'))]).toEqual([false, true]);
  });

  it('is a hand-over after it where nobody recorded that the result was ready', () => {
    const { place, dossier } = received();
    place.does('handOver', dossier, at('2026-12-01', '09:00'), handOver);
    expect(late(place, dossier, at('2026-12-01', '10:00'))).toBe(true);
  });

  it('is never what was not accepted', () => {
    const place = desk();
    const dossier = place.uuid();
    place.does('submit', dossier, morning, receive);
    place.does('refuseReception', dossier, morning, { reason: 'other', text: 'Trùng hồ sơ' });
    expect(place.known.at(-1)?.header.kind).toBe(dossierKinds.notAccepted);
    expect(late(place, dossier, at('2027-01-01', '09:00'))).toBe(false);
  });
});
