import { z } from 'zod';
import { civil, civilDateSchema, timeOfDaySchema } from './civil.ts';
import { termSchema } from './term.ts';

/**
 * The two sets of rules: Decree 61/2018 with 107/2021 (until 30/06/2025), and Decree 118/2025 with 367/2025.
 * A dossier keeps the one it was received under for ever.
 */
export const ruleSetSchema = z.enum(['nd61', 'nd118']);
export type RuleSet = z.infer<typeof ruleSetSchema>;

/** Terms that run beside the dossier's own; the defaults are those of Decree 118/2025/NĐ-CP. */
export const timersSchema = z.object({
  /** To answer an online submission. */
  onlineAnswer: termSchema.default({ unit: 'workingHour', amount: 8 }),
  /** To tell the applicant, during examination, what has to be supplemented. */
  supplementNotice: termSchema.default({ unit: 'workingDay', amount: 3 }),
  /** For the applicant to complete the dossier; it is closed after. */
  supplementCompletion: termSchema.default({ unit: 'calendarDay', amount: 15 }),
  /** To correct a result that has a mistake. */
  resultCorrection: termSchema.default({ unit: 'workingDay', amount: 3 }),
  /** To send the papers of a dossier received for another agency. */
  paperTransfer: termSchema.default({ unit: 'workingDay', amount: 1 }),
});
export type TimerName = keyof z.infer<typeof timersSchema>;

/** How the decrees leave room, and how the province fills it. Every one has the default of the product. */
export const settingsSchema = z.object({
  /** First day of Decree 118/2025. */
  nd118From: civilDateSchema.default('2025-07-01'),
  /** Whether the day of receipt is day 1 of the term; else it is day 0, as Art. 147.2 of the Civil Code 2015 has it. */
  dayOfReceiptCounts: z.boolean().default(false),
  /** After this time (not at it) a dossier goes to the specialist unit only with the next working day. */
  transferCutOff: timeOfDaySchema.default('15:00'),
  /** Whether the cut-off also moves terms in days, as if accepted when the next working day opens. `sameDay` always obeys it. */
  cutOffMovesTerm: z.boolean().default(false),
  /** Whether what is accepted outside office hours counts as accepted when the next session opens. */
  outsideHoursWaitForOpening: z.boolean().default(true),
  /** When a whole number of working days ends on its last day: at the close of office hours, or at the time of day of acceptance. */
  dayTermEnds: z.enum(['closeOfOffice', 'timeOfAcceptance']).default('closeOfOffice'),
  /** Whether a day of which one session is worked counts half; else it counts whole. */
  halfDayCountsHalf: z.boolean().default(true),
  /** Whether a term in hours that fills a session ends with it (11:30); else when the next one opens (13:30). */
  filledSessionEndsTerm: z.boolean().default(true),
  /** Whether a calendar term that ends on a day off rolls to the next working day (Civil Code 2015, Art. 148.5). */
  calendarTermRolls: z.boolean().default(true),
  /** Whether the term stands still while the applicant meets a financial obligation (nghĩa vụ tài chính). */
  paymentPauses: z.boolean().default(true),
  timers: timersSchema.prefault({}),
  /** How many civil days before the due date an apology (xin lỗi) has to be given at the latest. */
  apologyDaysBefore: z.int().min(0).max(30).default(1),
  /**
   * Whether a new appointment (hẹn lại) counts as the due date when lateness is judged. By default it does not: the citizen is told when to
   * come, and the dossier stays as late as it is.
   */
  appointmentMovesDue: z.boolean().default(false),
  /** How long after the start of the next working day the hand-over of a dossier received after the cut-off is still on time, minutes. */
  transferGraceMinutes: z.int().min(0).max(240).default(0),
}).refine(
  (settings) => settings.outsideHoursWaitForOpening || (settings.dayTermEnds === 'closeOfOffice' && !settings.cutOffMovesTerm),
  'rules by the hour of acceptance need it to lie in office hours',
);
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of the product as it is delivered. */
export const defaultSettings: Settings = settingsSchema.parse({});

/**
 * What a supplement (bổ sung) during examination does to the term, unless the procedure says otherwise: it runs from zero once the
 * dossier is complete (`nd118`: Art. 19.5 of Decree 118/2025/NĐ-CP), or stood still until then (`nd61`).
 */
export function supplementEffect(ruleSet: RuleSet, override: 'restart' | 'pause' | undefined): 'restart' | 'pause' {
  return override ?? (ruleSet === 'nd118' ? 'restart' : 'pause');
}

/** The rule set of a dossier accepted at an instant (milliseconds). */
export function ruleSetFor(acceptedAt: number, settings: Pick<Settings, 'nd118From'> = defaultSettings): RuleSet {
  return civil(acceptedAt).date >= settings.nd118From ? 'nd118' : 'nd61';
}
