import { z } from 'zod';
import { channelSchema, levelSchema } from '#shared/catalogue/index.ts';
import { dueDateSchema, ruleSetSchema, termSchema } from '#shared/deadline/index.ts';
import { apologyLimitSchema, instant, noteSchema, recordedAt, timeSourceSchema } from './time.ts';

/** A paper (giấy tờ) as taken in: which of the procedure's papers, in what form and how many. */
export const receivedPaperSchema = z.object({
  code: z.string().max(64),
  kind: z.enum(['original', 'certifiedCopy', 'copy']),
  quantity: z.int().min(0).max(999),
  present: z.boolean(),
});
export type ReceivedPaper = z.infer<typeof receivedPaperSchema>;


/**
 * Facts of `dossier.submitted`: handed in (nộp hồ sơ) and not yet accepted; no term runs. Online submissions must be answered
 * within 8 working hours (Decree 118/2025/NĐ-CP, Art. 17). A dossier that lacks papers at the counter begins with it too.
 */
export const submittedSchema = z.object({
  ...recordedAt,
  code: z.string().max(64),
  provisional: z.boolean(),
  procedure: z.string().max(64),
  procedureVersion: z.int(),
  catalogueVersion: z.int(),
  submittedAt: instant,
  channel: channelSchema,
  /** Until when it must be answered: accepted, supplement asked for, or refused. Online submissions only. */
  answerBy: instant.optional(),
  /** Code under which a portal knows it. */
  portalCode: z.string().max(64).optional(),
  receivingAgency: z.string().max(64),
  competentAgency: z.string().max(64),
  level: levelSchema,
});
export type Submitted = z.infer<typeof submittedSchema>;

/** Facts of `dossier.received`: reception (tiếp nhận) of a complete, valid dossier, as form 01 shows it. */
export const receivedSchema = z.object({
  code: z.string().max(64),
  /** Whether the code is the desk's own until the centre maps it. */
  provisional: z.boolean(),
  procedure: z.string().max(64),
  procedureVersion: z.int(),
  catalogueVersion: z.int(),
  term: termSchema,
  submittedAt: instant,
  acceptedAt: instant,
  timeSource: timeSourceSchema,
  due: dueDateSchema,
  apology: apologyLimitSchema.optional(),
  /** Until when it must be on its way to the specialist unit: the same day, after the cut-off the start of the next working day (Art. 18). */
  transferBy: instant.optional(),
  /** Until when a supplement found necessary in the examination must be asked for (3 working days, Art. 19). */
  noticeBy: instant.optional(),
  /** Where it is received for another agency: until when the paper must be there (1 working day, Art. 17). */
  paperBy: instant.optional(),
  papers: z.array(receivedPaperSchema).max(100),
  sets: z.int().min(1).max(99),
  channel: channelSchema,
  /** Any desk of the province may receive (Decree 118/2025): who received, who decides and who handles are three fields. */
  receivingAgency: z.string().max(64),
  competentAgency: z.string().max(64),
  handlingUnit: z.string().max(64).optional(),
  /** Level of the competent agency, for the results by level. */
  level: levelSchema,
  /** Fee, đồng. */
  fee: z.int().min(0),
  /** Received and returned in one act: form 01 only if asked for (Art. 17). */
  immediate: z.boolean().optional(),
});
export type Received = z.infer<typeof receivedSchema>;

/** Facts of `dossier.not-accepted`: reception is refused (từ chối tiếp nhận, form 03). */
export const notAcceptedSchema = z.object({
  ...recordedAt,
  reason: z.enum(['wrong-agency', 'not-eligible', 'not-completed', 'other']),
  ruleSet: ruleSetSchema,
});
export type NotAccepted = z.infer<typeof notAcceptedSchema>;
/** Sealed body of `dossier.not-accepted`: the reason in words, as form 03 prints it. */
export const reasonPersonalSchema = z.object({ reason: noteSchema.min(1) });
export type ReasonPersonal = z.infer<typeof reasonPersonalSchema>;

const name = z.string().trim().min(1).max(200);

/** The applicant (chủ hồ sơ); personal, so only ever in a sealed body. */
export const applicantSchema = z.object({
  kind: z.enum(['citizen', 'organisation']),
  fullName: name,
  /** Citizen number of 12 digits, old number of 9, or a business code. */
  idNumber: z.string().trim().max(20),
  birth: z.string().trim().max(10).optional(),
  sex: z.enum(['male', 'female']).optional(),
  address: z.string().trim().max(500),
  phone: z.string().trim().max(20).optional(),
  email: z.string().trim().max(200).optional(),
});
export type Applicant = z.infer<typeof applicantSchema>;

/** Sealed body of `dossier.received`, `dossier.submitted` and `dossier.corrected`. */
export const receivedPersonalSchema = z.object({
  applicant: applicantSchema,
  /** Who came in the applicant's place (người nộp thay). */
  submitter: z.object({ fullName: name, idNumber: z.string().trim().max(20), authorisation: z.string().trim().max(300).optional() }).optional(),
  note: noteSchema.optional(),
});
export type ReceivedPersonal = z.infer<typeof receivedPersonalSchema>;
