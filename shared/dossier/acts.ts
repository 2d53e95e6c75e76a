import { z } from 'zod';
import { dueDateSchema, termSchema } from '#shared/deadline/index.ts';

/** Kinds of entries about a dossier (hồ sơ). */
export const dossierKinds = {
  received: 'dossier.received',
  resultReady: 'dossier.result-ready',
  handedOver: 'dossier.handed-over',
} as const;

/** Where a working time came from: the last anchor plus uptime, the wall clock, or the clerk's confirmation. */
export const timeSourceSchema = z.enum(['anchor', 'wall', 'confirmed']);
export type TimeSource = z.infer<typeof timeSourceSchema>;

/** Times in facts are milliseconds since 1970-01-01T00:00:00Z, by the desk's working time. */
const instant = z.int();

/** A paper (giấy tờ) as taken in: which of the procedure's papers, in what form and how many. */
export const receivedPaperSchema = z.object({
  code: z.string().max(64),
  kind: z.enum(['original', 'certifiedCopy', 'copy']),
  quantity: z.int().min(0).max(999),
  present: z.boolean(),
});
export type ReceivedPaper = z.infer<typeof receivedPaperSchema>;

/** How a dossier came in (hình thức nộp). */
export const channelSchema = z.enum(['counter', 'post', 'online']);

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
  papers: z.array(receivedPaperSchema).max(100),
  sets: z.int().min(1).max(99),
  channel: channelSchema,
  /** Any desk of the province may receive (Decree 118/2025): who received, who decides and who handles are three fields. */
  receivingAgency: z.string().max(64),
  competentAgency: z.string().max(64),
  handlingUnit: z.string().max(64).optional(),
  /** Level of the competent agency, for the results by level. */
  level: z.enum(['province', 'district', 'commune']),
  /** Fee, đồng. */
  fee: z.int().min(0),
});
export type Received = z.infer<typeof receivedSchema>;

/** Facts of `dossier.result-ready`: the result (kết quả) is there and can be fetched. */
export const resultReadySchema = z.object({
  at: instant,
  timeSource: timeSourceSchema,
  /** An earlier time the clerk says it truly happened; no machine evidence, people decide. */
  claimedAt: instant.optional(),
  outcome: z.enum(['granted', 'refused']),
  resultCount: z.int().min(0).max(99),
});
export type ResultReady = z.infer<typeof resultReadySchema>;

/** Facts of `dossier.handed-over`: the result was returned (trả kết quả). */
export const handedOverSchema = z.object({
  at: instant,
  timeSource: timeSourceSchema,
  claimedAt: instant.optional(),
  method: z.enum(['counter', 'post', 'online']),
  receiver: z.enum(['applicant', 'proxy']),
  /** Whether the paper receipt was handed back; without it the ID was checked. */
  receiptShown: z.boolean(),
  /** Satisfaction (mức độ hài lòng): very satisfied, satisfied, not satisfied. */
  rating: z.enum(['very', 'yes', 'no']).optional(),
});
export type HandedOver = z.infer<typeof handedOverSchema>;

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

/** Sealed body of `dossier.received`. */
export const receivedPersonalSchema = z.object({
  applicant: applicantSchema,
  /** Who came in the applicant's place (người nộp thay). */
  submitter: z.object({ fullName: name, idNumber: z.string().trim().max(20), authorisation: z.string().trim().max(300).optional() }).optional(),
  note: z.string().trim().max(1000).optional(),
});
export type ReceivedPersonal = z.infer<typeof receivedPersonalSchema>;

/** Sealed body of `dossier.handed-over`; present for a proxy or where there is a note. */
export const handedOverPersonalSchema = z.object({
  receiverName: name.optional(),
  receiverIdNumber: z.string().trim().max(20).optional(),
  authorisation: z.string().trim().max(300).optional(),
  note: z.string().trim().max(1000).optional(),
});
export type HandedOverPersonal = z.infer<typeof handedOverPersonalSchema>;

/** Sealed body of `dossier.result-ready`, where there is a note. */
export const resultReadyPersonalSchema = z.object({ note: z.string().trim().max(1000) });
