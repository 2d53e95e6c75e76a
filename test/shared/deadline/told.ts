import { defaultSettings, dueOf, type DueChange, type DueDate, type Settings, type Term, type WorkingCalendar } from '#shared/deadline/index.ts';
import { at, calendar } from './sample-calendar.ts';

/** The due date of a story told in the times of Vietnam. */
export function told(accepted: string | number, term: Term, changes: readonly DueChange[], settings: Partial<Settings> = {}, days: WorkingCalendar = calendar): DueDate {
  const acceptedAt = typeof accepted === 'number' ? accepted : at(accepted);
  const outcome = dueOf({ acceptedAt, term, changes }, days, { ...defaultSettings, ...settings });
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

export const restart = (when: string): DueChange => ({ kind: 'restart', at: at(when) });
export const pause = (from: string, to: string): DueChange => ({ kind: 'pause', from: at(from), to: at(to) });
export const extension = (by: Term): DueChange => ({ kind: 'extension', by });
export const appointment = (when: string): DueChange => ({ kind: 'appointment', at: at(when) });
