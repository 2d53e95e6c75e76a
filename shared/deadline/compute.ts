import { fail, type Outcome } from '#shared/errors/index.ts';
import type { WorkingCalendar } from './calendar.ts';
import { civil } from './civil.ts';
import type { DueDate } from './due.ts';
import type { RuleSet, Settings } from './settings.ts';
import type { Term } from './term.ts';

export interface DueDateInput {
  readonly acceptedAt: number;
  readonly term: Term;
  readonly calendar: WorkingCalendar;
  readonly settings: Settings;
  readonly ruleSet?: RuleSet;
}

export function dueDate(input: DueDateInput): Outcome<DueDate> {
  return fail('calendar.missing', { date: civil(input.acceptedAt).date });
}

export function workingMinutesBetween(_a: number, _b: number, _calendar: WorkingCalendar): number {
  return 0;
}
