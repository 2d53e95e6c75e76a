import { describe, expect, it } from '@jest/globals';
import { defaultSettings, dueOf, dueUnder, explain } from '#shared/deadline/index.ts';
import { at, calendar, calendarDays, days, due, halves, hours, sameDay, withHalfDays } from './sample-calendar.ts';
import { appointment, extension, pause, restart, told } from './told.ts';

describe('the reasons of a due date', () => {
  it('name every day passed over once', () => {
    expect(explain(due('2024-02-07 09:00', days(3)), 'vi')).toEqual([
      'Thời hạn giải quyết: 3 ngày làm việc',
      'Ngày tiếp nhận 07/02/2024 không tính vào thời hạn',
      'Không tính 2 ngày nghỉ hằng tuần (17/02/2024 đến 18/02/2024)',
      'Không tính ngày nghỉ Tết Giáp Thìn (08/02/2024 đến 12/02/2024)',
      'Không tính ngày nghỉ bù Tết Giáp Thìn (13/02/2024 đến 14/02/2024)',
      'Thời hạn kết thúc khi hết giờ làm việc',
      'Hẹn trả kết quả: thứ Hai 19/02/2024 17:30',
      'Lịch 2026-v3 · NĐ 61/2018',
    ]);
  });

  it('name exchanged days on both sides', () => {
    const sentences = explain(due('2024-04-26 09:00', days(3)), 'vi');
    expect(sentences).toContain('Không tính ngày nghỉ hoán đổi, làm bù thứ Bảy 04/05 (29/04/2024)');
    expect(sentences).toContain('Thứ Bảy 04/05/2024 làm bù cho ngày 29/04/2024 nên được tính');
  });

  it('tell of the cut-off, closed doors, rolling, sessions and missing calendars', () => {
    expect(explain(due('2026-11-23 16:00', sameDay), 'vi')).toEqual([
      'Thời hạn giải quyết: trong ngày',
      'Nhận sau 15:00 nên tính từ sáng 24/11/2026',
      'Thời hạn kết thúc khi hết giờ làm việc',
      'Hẹn trả kết quả: thứ Ba 24/11/2026 17:30',
      'Lịch 2026-v3 · NĐ 118/2025',
    ]);
    expect(explain(due('2026-11-22 09:00', hours(2)), 'vi')[1]).toBe('Nhận ngoài giờ làm việc nên tính từ 07:30 thứ Hai 23/11/2026');
    expect(explain(due('2026-04-16 09:00', calendarDays(10)), 'vi')).toContain('Ngày cuối 26/04/2026 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo 28/04/2026');
    expect(explain(due('2026-11-24 09:00', halves(1)), 'vi')).toContain('Thời hạn kết thúc cùng buổi làm việc');
    expect(explain(due('2026-12-31 09:00', days(3)), 'vi')).toContain('Tạm tính: chưa có lịch làm việc từ ngày 01/01/2027, ngày hẹn được tính lại khi công bố lịch');
    expect(explain(due('2026-11-24 09:00', days(2), {}, withHalfDays(['2026-11-25', 'afternoon'])), 'vi')).toContain('Ngày 25/11/2026 chỉ làm việc buổi chiều');
    expect(explain(due('2026-11-24 09:00', days(2), { dayOfReceiptCounts: true }), 'vi')).toContain('Ngày tiếp nhận 24/11/2026 được tính vào thời hạn');
  });

  it('exist in English, step for step', () => {
    const result = due('2026-02-12 18:00', days(3));
    expect(explain(result, 'en')).toEqual([
      'Term: 3 working days',
      'Accepted outside office hours, so it counts from 07:30 on Friday 13/02/2026',
      'The day of receipt, 13/02/2026, does not count',
      '4 weekly rest days not counted (14/02/2026 to 22/02/2026)',
      'Day off not counted: Tết Bính Ngọ (16/02/2026 to 20/02/2026)',
      'The term ends when the office closes',
      'Due: Wednesday 25/02/2026 17:30',
      'Calendar 2026-v3 · Decree 118/2025',
    ]);
    expect(explain(result, 'vi')).toHaveLength(8);
  });
});

describe('the reasons of what moved a due date', () => {
  it('tell of a supplement that starts the term from zero, and of its own day', () => {
    const result = told('2026-02-02 09:00', days(3), [restart('2026-02-12 18:05')]);
    expect(explain(result, 'vi')).toEqual([
      'Hồ sơ được bổ sung đầy đủ lúc 18:05 ngày 12/02/2026 nên thời hạn được tính lại từ đầu',
      'Thời hạn giải quyết: 3 ngày làm việc',
      'Bổ sung ngoài giờ làm việc nên tính từ 07:30 thứ Sáu 13/02/2026',
      'Ngày bổ sung đầy đủ 13/02/2026 không tính vào thời hạn',
      'Không tính 4 ngày nghỉ hằng tuần (14/02/2026 đến 22/02/2026)',
      'Không tính ngày nghỉ Tết Bính Ngọ (16/02/2026 đến 20/02/2026)',
      'Thời hạn kết thúc khi hết giờ làm việc',
      'Hẹn trả kết quả: thứ Tư 25/02/2026 17:30',
      'Lịch 2026-v3 · NĐ 118/2025',
    ]);
    expect(explain(result, 'en').slice(0, 4)).toEqual([
      'The supplement was complete at 18:05 on 12/02/2026, so the term starts from zero',
      'Term: 3 working days',
      'Supplemented outside office hours, so it counts from 07:30 on Friday 13/02/2026',
      'The day of the supplement, 13/02/2026, does not count',
    ]);
    expect(explain(told('2026-11-23 09:00', sameDay, [restart('2026-11-24 16:00')]), 'vi')).toContain('Bổ sung sau 15:00 nên tính từ sáng 25/11/2026');
    expect(explain(told('2026-11-23 09:00', sameDay, [restart('2026-11-24 16:00')]), 'en')).toContain('Supplemented after 15:00, so it counts from the morning of 25/11/2026');
    expect(explain(told('2026-11-23 09:00', days(1), [restart('2026-11-24 10:00')], { dayOfReceiptCounts: true }), 'vi')).toContain('Ngày bổ sung đầy đủ 24/11/2026 được tính vào thời hạn');
  });

  it('tell of time that does not count, in what the term counts', () => {
    const inDays = told('2026-11-23 09:00', days(3), [pause('2026-11-24 10:00', '2026-11-26 09:00')]);
    expect(explain(inDays, 'vi')).toContain('Thời gian chờ người nộp từ 24/11/2026 10:00 đến 26/11/2026 09:00 không tính vào thời hạn: lùi 2 ngày làm việc, từ thứ Năm 26/11/2026 17:30 sang thứ Hai 30/11/2026 17:30');
    expect(explain(inDays, 'en')).toContain('The time that waited for the applicant, 24/11/2026 10:00 to 26/11/2026 09:00, does not count: 2 working days later, from Thursday 26/11/2026 17:30 to Monday 30/11/2026 17:30');
    const of = (by: string, language: 'vi' | 'en', ...[accepted, term, change]: [string, Parameters<typeof told>[1], ReturnType<typeof pause>]): void => {
      expect(explain(told(accepted, term, [change]), language).join('\n')).toContain(by);
    };
    of(': lùi 30 phút làm việc,', 'vi', '2026-11-24 09:00', hours(4), pause('2026-11-24 10:00', '2026-11-24 10:30'));
    of(': lùi 8 giờ 15 phút làm việc,', 'vi', '2026-11-24 09:00', hours(4), pause('2026-11-24 10:00', '2026-11-25 10:15'));
    of(': 8 h 15 min of office hours later,', 'en', '2026-11-24 09:00', hours(4), pause('2026-11-24 10:00', '2026-11-25 10:15'));
    of(': lùi 8 giờ làm việc,', 'vi', '2026-11-24 09:00', hours(4), pause('2026-11-24 10:00', '2026-11-25 10:00'));
    of(': lùi 3 ngày,', 'vi', '2026-11-02 09:00', calendarDays(10), pause('2026-11-03 10:00', '2026-11-06 10:00'));
    const none = told('2026-11-23 09:00', days(3), [pause('2026-11-24 10:00', '2026-11-24 15:00')]);
    expect(explain(none, 'vi')).toContain('Thời gian chờ người nộp từ 24/11/2026 10:00 đến 24/11/2026 15:00 không làm thay đổi ngày hẹn');
    expect(explain(none, 'en')).toContain('The time that waited for the applicant, 24/11/2026 10:00 to 24/11/2026 15:00, does not change the due date');
  });

  it('tell of an extension', () => {
    const result = told('2026-08-21 09:00', days(3), [extension(days(4))]);
    expect(explain(result, 'vi')).toEqual([
      'Thời hạn giải quyết: 3 ngày làm việc',
      'Ngày tiếp nhận 21/08/2026 không tính vào thời hạn',
      'Không tính 1 ngày nghỉ hằng tuần (23/08/2026)',
      'Thứ Bảy 22/08/2026 làm bù cho ngày 31/08/2026 nên được tính',
      'Gia hạn thêm 4 ngày làm việc: từ thứ Ba 25/08/2026 17:30 sang thứ Năm 03/09/2026 17:30',
      'Không tính 2 ngày nghỉ hằng tuần (29/08/2026 đến 30/08/2026)',
      'Không tính ngày nghỉ hoán đổi, làm bù thứ Bảy 22/08 (31/08/2026)',
      'Không tính ngày nghỉ Quốc khánh (01/09/2026 đến 02/09/2026)',
      'Thời hạn kết thúc khi hết giờ làm việc',
      'Hẹn trả kết quả: thứ Năm 03/09/2026 17:30',
      'Lịch 2026-v3 · NĐ 118/2025',
    ]);
    expect(explain(result, 'en')).toContain('Extended by 4 working days: from Tuesday 25/08/2026 17:30 to Thursday 03/09/2026 17:30');
  });

  it('tell of a new appointment and of the term it leaves', () => {
    const result = told('2026-11-23 09:00', days(3), [appointment('2026-11-30 10:00')]);
    expect(explain(result, 'vi')).toContain('Hẹn lại: thứ Hai 30/11/2026 10:00; thời hạn giải quyết vẫn là thứ Năm 26/11/2026 17:30');
    expect(explain(result, 'vi').at(-2)).toBe('Hẹn trả kết quả: thứ Hai 30/11/2026 10:00');
    expect(explain(result, 'en').slice(-3)).toEqual([
      'The term ends when the office closes', 'Due: Monday 30/11/2026 10:00', 'Calendar 2026-v3 · Decree 118/2025',
    ]);
    const onSunday = told('2026-11-23 09:00', days(3), [appointment('2026-11-29 10:00')], { appointmentMovesDue: true });
    expect(explain(onSunday, 'vi')).toContain('Hẹn lại lúc 29/11/2026 10:00 là ngoài giờ làm việc nên chuyển sang thứ Hai 30/11/2026 07:30');
    expect(explain(onSunday, 'en')).toContain('A new appointment at 29/11/2026 10:00 lies outside office hours, so it moves to Monday 30/11/2026 07:30');
  });

  it('tell that a date was computed again', () => {
    const story = { acceptedAt: at('2025-12-26 09:00'), term: days(5), changes: [] };
    const printed = dueOf(story, { ...calendar, version: '2025-v1', coversTo: '2025-12-31' }, defaultSettings);
    const again = printed.ok ? dueUnder(story, printed.value, calendar, defaultSettings) : printed;
    expect(again.ok && explain(again.value.due, 'vi')).toContain('Được tính lại khi có lịch mới: trước đây hẹn thứ Sáu 02/01/2026 17:30 theo lịch 2025-v1');
    expect(again.ok && explain(again.value.due, 'en')).toContain('Computed again under a new calendar: it was Friday 02/01/2026 17:30 under calendar 2025-v1');
  });
});
