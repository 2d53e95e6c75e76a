export {
  addDays, civil, civilDateSchema, daysBetween, formatDate, formatDateTime, formatDueDate, instantOf, parseDate, timeOfDaySchema,
  weekdayName, weekdayOf, type CivilTime, type Weekday,
} from './civil.ts';
export { workingCalendarSchema, type DayOff, type WorkingCalendar } from './calendar.ts';
export { dueDate, type DueDateInput } from './compute.ts';
export { dueDateSchema, dueStepSchema, type DueDate, type DueStep } from './due.ts';
export { explain } from './explain.ts';
export { workingDaysBetween, workingMinutesBetween } from './schedule.ts';
export { defaultSettings, ruleSetFor, ruleSetSchema, settingsSchema, type RuleSet, type Settings } from './settings.ts';
export { termSchema, termText, type Term } from './term.ts';
