import { civil, formatDate, formatDueDate, weekdayName, weekdayOf } from './civil.ts';
import type { DueDate, DueStep } from './due.ts';
import { termText } from './term.ts';

type Language = 'vi' | 'en';

const decrees = { nd61: '61/2018', nd118: '118/2025' } as const;

/** `16/02/2026`, or `16/02/2026 đến 20/02/2026`. */
function span(from: string, to: string, language: Language): string {
  return from === to ? formatDate(from) : `${formatDate(from)} ${language === 'vi' ? 'đến' : 'to'} ${formatDate(to)}`;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Holidays are called by name; other days off by what they are: `ngày nghỉ bù Giỗ Tổ`. */
function dayOffVi(step: Extract<DueStep, { code: 'dayOffSkipped' }>): string {
  const when = span(step.from, step.to, 'vi');
  return step.kind === 'holiday' ? `Không tính ngày nghỉ ${step.name} (${when})` : `Không tính ngày ${lowerFirst(step.name)} (${when})`;
}

function vietnamese(step: DueStep): string {
  switch (step.code) {
    case 'term': return `Thời hạn giải quyết: ${termText(step.term, 'vi')}`;
    case 'outsideHours': return `Nhận ngoài giờ làm việc nên tính từ ${civil(step.opensAt).time} ${weekdayName(civil(step.opensAt).weekday)} ${formatDate(step.opensAt)}`;
    case 'receiptDayNotCounted': return `Ngày tiếp nhận ${formatDate(step.date)} không tính vào thời hạn`;
    case 'receiptDayCounted': return `Ngày tiếp nhận ${formatDate(step.date)} được tính vào thời hạn`;
    case 'afterCutOff': return `Nhận sau ${step.cutOff} nên tính từ sáng ${formatDate(step.nextDay)}`;
    case 'weeklyRestSkipped': return `Không tính ${step.days} ngày nghỉ hằng tuần (${span(step.from, step.to, 'vi')})`;
    case 'dayOffSkipped': return dayOffVi(step);
    case 'workedInstead': return `${upperFirst(weekdayName(weekdayOf(step.date)))} ${formatDate(step.date)} làm bù cho ngày ${formatDate(step.insteadOf)} nên được tính`;
    case 'halfDay': return `Ngày ${formatDate(step.date)} chỉ làm việc buổi ${step.session === 'morning' ? 'sáng' : 'chiều'}`;
    case 'rolled': return `Ngày cuối ${formatDate(step.from)} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo ${formatDate(step.to)}`;
    case 'endsWithSession': return 'Thời hạn kết thúc cùng buổi làm việc';
    case 'endsAtClose': return 'Thời hạn kết thúc khi hết giờ làm việc';
    case 'beyondCalendar': return `Tạm tính: chưa có lịch làm việc từ ngày ${formatDate(step.from)}, ngày hẹn được tính lại khi công bố lịch`;
  }
}

function english(step: DueStep): string {
  switch (step.code) {
    case 'term': return `Term: ${termText(step.term, 'en')}`;
    case 'outsideHours': return `Accepted outside office hours, so it counts from ${civil(step.opensAt).time} on ${weekdayName(civil(step.opensAt).weekday, 'en')} ${formatDate(step.opensAt)}`;
    case 'receiptDayNotCounted': return `The day of receipt, ${formatDate(step.date)}, does not count`;
    case 'receiptDayCounted': return `The day of receipt, ${formatDate(step.date)}, counts`;
    case 'afterCutOff': return `Received after ${step.cutOff}, so it counts from the morning of ${formatDate(step.nextDay)}`;
    case 'weeklyRestSkipped': return `${step.days} weekly rest day${step.days === 1 ? '' : 's'} not counted (${span(step.from, step.to, 'en')})`;
    case 'dayOffSkipped': return `Day off not counted: ${step.name} (${span(step.from, step.to, 'en')})`;
    case 'workedInstead': return `${weekdayName(weekdayOf(step.date), 'en')} ${formatDate(step.date)} is worked in place of ${formatDate(step.insteadOf)} and counts`;
    case 'halfDay': return `Only the ${step.session} of ${formatDate(step.date)} is worked`;
    case 'rolled': return `The last day, ${formatDate(step.from)}, is a day off, so it moves to the next working day, ${formatDate(step.to)}`;
    case 'endsWithSession': return 'The term ends with the session';
    case 'endsAtClose': return 'The term ends when the office closes';
    case 'beyondCalendar': return `Provisional: no working calendar from ${formatDate(step.from)} on; computed again when it is published`;
  }
}

/**
 * The sentences with which a clerk can tell a citizen why the date is what it is, in order, without a full stop; the last two are
 * the appointment itself, and the calendar and decree it rests on.
 */
export function explain(due: DueDate, language: Language): string[] {
  const vi = language === 'vi';
  return [
    ...due.steps.map(vi ? vietnamese : english),
    vi ? `Hẹn trả kết quả: ${formatDueDate(due.at, 'vi')}` : `Due: ${formatDueDate(due.at, 'en')}`,
    vi ? `Lịch ${due.calendar.version} · NĐ ${decrees[due.ruleSet]}` : `Calendar ${due.calendar.version} · Decree ${decrees[due.ruleSet]}`,
  ];
}
