import { civil, formatDate, formatDateTime, formatDueDate, weekdayName, weekdayOf } from './civil.ts';
import type { DueDate, DueStep, Length } from './due.ts';
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

/** What started the term that is being told: its steps are the same, but a citizen hears of another day. */
type Start = 'acceptance' | 'supplement';

const startWords = {
  acceptance: { vi: { act: 'Nhận', day: 'Ngày tiếp nhận' }, en: { act: 'Accepted', day: 'The day of receipt' } },
  supplement: { vi: { act: 'Bổ sung', day: 'Ngày bổ sung đầy đủ' }, en: { act: 'Supplemented', day: 'The day of the supplement' } },
} as const;

/** `2 giờ 15 phút làm việc`, `1,5 ngày làm việc`, `9 ngày`: termText of what terms cannot say. */
function lengthText(by: Length, language: Language): string {
  const vi = language === 'vi';
  switch (by.unit) {
    case 'calendarDay': return termText({ unit: 'calendarDay', amount: by.amount }, language);
    case 'halfWorkingDay': return termText(by.amount % 2 === 0 ? { unit: 'workingDay', amount: by.amount / 2 } : by, language);
    case 'workingMinute': {
      const [hours, minutes] = [Math.floor(by.amount / 60), by.amount % 60];
      if (minutes === 0) return termText({ unit: 'workingHour', amount: hours }, language);
      const whole = hours === 0 ? '' : vi ? `${hours} giờ ` : `${hours} h `;
      return vi ? `${whole}${minutes} phút làm việc` : `${whole}${minutes} min of office hours`;
    }
  }
}

type NewAppointment = Extract<DueStep, { code: 'newAppointment' }>;

function newAppointmentVi({ asked, at, due }: NewAppointment): string {
  const moved = asked === at ? `Hẹn lại: ${formatDueDate(at)}` : `Hẹn lại lúc ${formatDateTime(asked)} là ngoài giờ làm việc nên chuyển sang ${formatDueDate(at)}`;
  return due === at ? moved : `${moved}; thời hạn giải quyết vẫn là ${formatDueDate(due)}`;
}

function newAppointmentEn({ asked, at, due }: NewAppointment): string {
  const moved = asked === at ? `New appointment: ${formatDueDate(at, 'en')}` : `A new appointment at ${formatDateTime(asked)} lies outside office hours, so it moves to ${formatDueDate(at, 'en')}`;
  return due === at ? moved : `${moved}; the term still ends on ${formatDueDate(due, 'en')}`;
}

function vietnamese(step: DueStep, start: Start): string {
  const { act, day } = startWords[start].vi;
  switch (step.code) {
    case 'term': return `Thời hạn giải quyết: ${termText(step.term, 'vi')}`;
    case 'outsideHours': return `${act} ngoài giờ làm việc nên tính từ ${civil(step.opensAt).time} ${weekdayName(civil(step.opensAt).weekday)} ${formatDate(step.opensAt)}`;
    case 'receiptDayNotCounted': return `${day} ${formatDate(step.date)} không tính vào thời hạn`;
    case 'receiptDayCounted': return `${day} ${formatDate(step.date)} được tính vào thời hạn`;
    case 'afterCutOff': return `${act} sau ${step.cutOff} nên tính từ sáng ${formatDate(step.nextDay)}`;
    case 'weeklyRestSkipped': return `Không tính ${step.days} ngày nghỉ hằng tuần (${span(step.from, step.to, 'vi')})`;
    case 'dayOffSkipped': return dayOffVi(step);
    case 'workedInstead': return `${upperFirst(weekdayName(weekdayOf(step.date)))} ${formatDate(step.date)} làm bù cho ngày ${formatDate(step.insteadOf)} nên được tính`;
    case 'halfDay': return `Ngày ${formatDate(step.date)} chỉ làm việc buổi ${step.session === 'morning' ? 'sáng' : 'chiều'}`;
    case 'rolled': return `Ngày cuối ${formatDate(step.from)} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo ${formatDate(step.to)}`;
    case 'endsWithSession': return 'Thời hạn kết thúc cùng buổi làm việc';
    case 'endsAtClose': return 'Thời hạn kết thúc khi hết giờ làm việc';
    case 'beyondCalendar': return `Tạm tính: chưa có lịch làm việc từ ngày ${formatDate(step.from)}, ngày hẹn được tính lại khi công bố lịch`;
    case 'restarted': return `Hồ sơ được bổ sung đầy đủ lúc ${civil(step.at).time} ngày ${formatDate(step.at)} nên thời hạn được tính lại từ đầu`;
    case 'paused': return `Thời gian chờ người nộp từ ${formatDateTime(step.from)} đến ${formatDateTime(step.to)} ${step.by.amount === 0
      ? 'không làm thay đổi ngày hẹn'
      : `không tính vào thời hạn: lùi ${lengthText(step.by, 'vi')}, từ ${formatDueDate(step.was)} sang ${formatDueDate(step.now)}`}`;
    case 'extended': return `Gia hạn thêm ${termText(step.by, 'vi')}: từ ${formatDueDate(step.was)} sang ${formatDueDate(step.now)}`;
    case 'newAppointment': return newAppointmentVi(step);
    case 'computedAgain': return `Được tính lại khi có lịch mới: trước đây hẹn ${formatDueDate(step.was)} theo lịch ${step.calendar.version}`;
  }
}

function english(step: DueStep, start: Start): string {
  const { act, day } = startWords[start].en;
  switch (step.code) {
    case 'term': return `Term: ${termText(step.term, 'en')}`;
    case 'outsideHours': return `${act} outside office hours, so it counts from ${civil(step.opensAt).time} on ${weekdayName(civil(step.opensAt).weekday, 'en')} ${formatDate(step.opensAt)}`;
    case 'receiptDayNotCounted': return `${day}, ${formatDate(step.date)}, does not count`;
    case 'receiptDayCounted': return `${day}, ${formatDate(step.date)}, counts`;
    case 'afterCutOff': return `${act} after ${step.cutOff}, so it counts from the morning of ${formatDate(step.nextDay)}`;
    case 'weeklyRestSkipped': return `${step.days} weekly rest day${step.days === 1 ? '' : 's'} not counted (${span(step.from, step.to, 'en')})`;
    case 'dayOffSkipped': return `Day off not counted: ${step.name} (${span(step.from, step.to, 'en')})`;
    case 'workedInstead': return `${weekdayName(weekdayOf(step.date), 'en')} ${formatDate(step.date)} is worked in place of ${formatDate(step.insteadOf)} and counts`;
    case 'halfDay': return `Only the ${step.session} of ${formatDate(step.date)} is worked`;
    case 'rolled': return `The last day, ${formatDate(step.from)}, is a day off, so it moves to the next working day, ${formatDate(step.to)}`;
    case 'endsWithSession': return 'The term ends with the session';
    case 'endsAtClose': return 'The term ends when the office closes';
    case 'beyondCalendar': return `Provisional: no working calendar from ${formatDate(step.from)} on; computed again when it is published`;
    case 'restarted': return `The supplement was complete at ${civil(step.at).time} on ${formatDate(step.at)}, so the term starts from zero`;
    case 'paused': return `The time that waited for the applicant, ${formatDateTime(step.from)} to ${formatDateTime(step.to)}, ${step.by.amount === 0
      ? 'does not change the due date'
      : `does not count: ${lengthText(step.by, 'en')} later, from ${formatDueDate(step.was, 'en')} to ${formatDueDate(step.now, 'en')}`}`;
    case 'extended': return `Extended by ${termText(step.by, 'en')}: from ${formatDueDate(step.was, 'en')} to ${formatDueDate(step.now, 'en')}`;
    case 'newAppointment': return newAppointmentEn(step);
    case 'computedAgain': return `Computed again under a new calendar: it was ${formatDueDate(step.was, 'en')} under calendar ${step.calendar.version}`;
  }
}

/**
 * The sentences with which a clerk can tell a citizen why the date is what it is, in order, without a full stop; the last two are
 * the appointment itself, and the calendar and decree it rests on.
 */
export function explain(due: DueDate, language: Language): string[] {
  const vi = language === 'vi';
  const start: Start = due.steps.some((step) => step.code === 'restarted') ? 'supplement' : 'acceptance';
  const told = due.appointment ?? due.at;
  return [
    ...due.steps.map((step) => (vi ? vietnamese(step, start) : english(step, start))),
    vi ? `Hẹn trả kết quả: ${formatDueDate(told, 'vi')}` : `Due: ${formatDueDate(told, 'en')}`,
    vi ? `Lịch ${due.calendar.version} · NĐ ${decrees[due.ruleSet]}` : `Calendar ${due.calendar.version} · Decree ${decrees[due.ruleSet]}`,
  ];
}
