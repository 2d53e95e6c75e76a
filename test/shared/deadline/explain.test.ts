import { describe, expect, it } from '@jest/globals';
import { explain } from '#shared/deadline/index.ts';
import { calendarDays, days, due, halves, hours, sameDay, withHalfDays } from './sample-calendar.ts';

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
