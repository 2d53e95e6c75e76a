export {
  addDays, civil, civilDateSchema, daysBetween, formatDate, formatDateTime, formatDueDate, instantOf, parseDate, timeOfDaySchema,
  weekdayName, weekdayOf, type CivilTime, type Weekday,
} from './civil.ts';
export { workingCalendarSchema, type DayOff, type WorkingCalendar } from './calendar.ts';
export { dueDate, type DueDateInput } from './compute.ts';
export { dueDateSchema, dueStepSchema, type DueDate, type DueStep } from './due.ts';
export { explain } from './explain.ts';
export { closeOf as officeClose, planOf, workingDaysBetween, workingMinutesBetween } from './schedule.ts';
export { defaultSettings, ruleSetFor, ruleSetSchema, settingsSchema, supplementEffect, type RuleSet, type Settings, type TimerName } from './settings.ts';
export { dueChangeSchema, dueOf, dueUnder, type DueChange, type DueStory, type DueUnder } from './story.ts';
export { termSchema, termText, type Term } from './term.ts';
export { apologyLimit, timerEnd, transferBy, type ApologyLimit } from './timers.ts';
