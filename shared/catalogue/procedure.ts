import { z } from 'zod';
import { civilDateSchema, termSchema, timeOfDaySchema } from '#shared/deadline/index.ts';

/** Administrative levels (cấp). There is no district level since 01/07/2025; older dossiers keep theirs. */
export const levelSchema = z.enum(['province', 'district', 'commune']);
export type Level = z.infer<typeof levelSchema>;

/** A paper (giấy tờ) of a procedure's list (thành phần hồ sơ). */
export const paperSchema = z.object({
  code: z.string().min(1).max(64),
  name: z.string().min(1).max(500),
  /** Original (bản chính), certified copy (bản sao chứng thực) or plain copy (bản sao). */
  kind: z.enum(['original', 'certifiedCopy', 'copy']),
  quantity: z.int().min(1).max(99),
  required: z.boolean(),
});
export type Paper = z.infer<typeof paperSchema>;

/** The national code of a procedure, `1.001193`; a province may append its own parts. */
export const procedureCodeSchema = z.string().max(64).regex(/^\d\.\d{6}(?:\.[0-9A-Z]+)*$/);

/** How a dossier may come in (hình thức nộp). */
export const channelSchema = z.enum(['counter', 'post', 'online']);
export type Channel = z.infer<typeof channelSchema>;

/**
 * Rules of the province's settings that a procedure has its own way (quy tắc riêng). The first day of a decree is nobody's to
 * override. What each means stands with the settings themselves.
 */
export const settingsOverridesSchema = z.object({
  dayOfReceiptCounts: z.boolean().optional(),
  transferCutOff: timeOfDaySchema.optional(),
  cutOffMovesTerm: z.boolean().optional(),
  outsideHoursWaitForOpening: z.boolean().optional(),
  dayTermEnds: z.enum(['closeOfOffice', 'timeOfAcceptance']).optional(),
  halfDayCountsHalf: z.boolean().optional(),
  filledSessionEndsTerm: z.boolean().optional(),
  calendarTermRolls: z.boolean().optional(),
});
export type SettingsOverrides = z.infer<typeof settingsOverridesSchema>;

/** A procedure (thủ tục hành chính) as published, in one version. */
export const procedureSchema = z.object({
  code: procedureCodeSchema,
  version: z.int().min(1),
  name: z.string().min(1).max(500),
  /** Field (lĩnh vực). */
  field: z.object({ code: z.string().min(1).max(64), name: z.string().min(1).max(200) }),
  levels: z.array(levelSchema).min(1),
  /** First and last day of this version, inclusive. */
  validFrom: civilDateSchema,
  validTo: civilDateSchema.optional(),
  term: termSchema,
  papers: z.array(paperSchema).max(100),
  /** Fee (lệ phí), đồng. */
  fee: z.object({ amount: z.int().min(0), note: z.string().max(500).optional() }),
  /** What a supplement during examination does to the term; without it, as the rule set says. */
  supplement: z.enum(['restart', 'pause']).optional(),
  /** The result is given at once (trả ngay): no form 01 unless the applicant asks for it. */
  immediate: z.boolean().optional(),
  /** How it may be handed in; without it, in every way. */
  channels: z.array(channelSchema).min(1).optional(),
  /** Whether the applicant has a financial obligation (nghĩa vụ tài chính) to meet on the way. */
  financial: z.boolean().optional(),
  /** By how much the term may be extended at most (gia hạn). */
  extension: termSchema.optional(),
  /** Rules this procedure has its own way. */
  settings: settingsOverridesSchema.optional(),
  /** The level whose agencies decide, where several levels have the procedure. */
  competentLevel: levelSchema.optional(),
  /** Internal ids of the agencies that decide, where not all agencies of the level do. */
  handledBy: z.array(z.string()).min(1).max(50).optional(),
  results: z.array(z.object({ code: z.string().max(64).optional(), name: z.string().min(1).max(300) })).max(20),
  note: z.string().max(1000).optional(),
});
export type Procedure = z.infer<typeof procedureSchema>;
