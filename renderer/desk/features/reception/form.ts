import { z } from 'zod';
import { channelSchema, procedureSchema, type Procedure } from '#shared/catalogue/index.ts';
import { formatDate } from '#shared/deadline/index.ts';
import { applicantSchema, receivedPaperSchema, type Applicant, type ReceiveCommand, type SubmitCommand } from '#shared/dossier/index.ts';
import { uuidSchema } from '#shared/log/index.ts';
import { normalizeBusinessCode, normalizeIdNumber, normalizePhone, validIdNumber } from '#shared/vietnamese/index.ts';
import type { TextKey } from '#renderer/i18n/index.ts';
import { birthTyped, given, instantTyped, wordsTyped } from '../../typed.ts';

/** The texts that can stand under a field of a form. */
export type FormKey = Extract<TextKey, `form.${string}` | 'intake.competentError' | 'intake.submittedError'>;

/** A paper of the form; its number is a text while it is being typed. */
const paperSchema = receivedPaperSchema.extend({ name: z.string(), required: z.boolean(), quantity: z.union([z.number(), z.string()]) });

/**
 * What stands in the fields of the reception, as typed. Kept as a draft in this shape, so everything is allowed here that
 * can be typed; {@link formSchema} says what may be saved.
 */
export const valuesSchema = z.object({
  kind: applicantSchema.shape.kind,
  idNumber: z.string(),
  fullName: z.string(),
  birth: z.string(),
  sex: z.enum(['', 'male', 'female']),
  address: z.string(),
  phone: z.string(),
  email: z.string(),
  /** Filled by a card's QR code; false as soon as the number is typed over. */
  scanned: z.boolean(),
  contradictions: z.array(z.string()),
  compared: z.boolean(),
  bySubmitter: z.boolean(),
  submitterName: z.string(),
  submitterNumber: z.string(),
  authorisation: z.string(),
  procedure: procedureSchema.nullable(),
  papers: z.array(paperSchema),
  sets: z.union([z.number(), z.string()]),
  channel: channelSchema,
  note: z.string(),
  /** Received for another agency of the province, and which one decides. */
  elsewhere: z.boolean(),
  competent: z.object({ id: z.string(), name: z.string() }).nullable(),
  handlingUnit: z.string(),
  /** Returned at once. */
  immediate: z.boolean(),
  wantsReceipt: z.boolean(),
  outcome: z.enum(['granted', 'refused']),
  rating: z.enum(['very', 'yes', 'no', 'none']),
  /** When it was handed in, if before now (online, post). */
  submittedDate: z.string(),
  submittedTime: z.string(),
  portalCode: z.string(),
  /** What was submitted before and is received now. */
  submission: z.object({ code: z.string(), at: z.number(), answerBy: z.number().optional(), incomplete: z.boolean() }).nullable(),
});
export type Values = z.infer<typeof valuesSchema>;

export const emptyValues: Values = {
  kind: 'citizen', idNumber: '', fullName: '', birth: '', sex: '', address: '', phone: '', email: '', scanned: false, contradictions: [], compared: false,
  bySubmitter: false, submitterName: '', submitterNumber: '', authorisation: '', procedure: null, papers: [], sets: 1, channel: 'counter', note: '',
  elsewhere: false, competent: null, handlingUnit: '', immediate: false, wantsReceipt: false, outcome: 'granted', rating: 'none', submittedDate: '', submittedTime: '',
  portalCode: '', submission: null,
};

/** Papers that the procedure asks for and that were not handed in. */
export function missingPapers(papers: Values['papers']): Values['papers'] {
  return papers.filter((paper) => paper.required && !paper.present);
}

function isCount(value: number | string, most: number): boolean {
  const count = Number(value);
  return Number.isInteger(count) && count >= 1 && count <= most;
}

/** What may be saved. Messages are keys of the texts, so that they stand in the language chosen. */
export const formSchema = valuesSchema.superRefine((values, context) => {
  const wrong = (path: (string | number)[], message: FormKey): void => context.addIssue({ code: 'custom', path, message });
  const citizen = values.kind === 'citizen';
  if (citizen ? !validIdNumber(values.idNumber.trim()) : values.idNumber.trim() === '') wrong(['idNumber'], citizen ? 'form.idNumber' : 'form.idNumberOrganisation');
  if (values.fullName.trim() === '') wrong(['fullName'], 'form.fullName');
  if (citizen && values.birth.trim() !== '' && birthTyped(values.birth) === undefined) wrong(['birth'], 'form.birth');
  if (values.address.trim() === '') wrong(['address'], 'form.address');
  if (values.phone.trim() !== '' && normalizePhone(values.phone) === undefined) wrong(['phone'], 'form.phone');
  if (values.bySubmitter) {
    if (values.submitterName.trim() === '') wrong(['submitterName'], 'form.submitterName');
    if (!validIdNumber(values.submitterNumber.trim())) wrong(['submitterNumber'], 'form.submitterNumber');
    if (values.authorisation.trim() === '') wrong(['authorisation'], 'form.authorisation');
  }
  if (values.procedure === null) wrong(['procedure'], 'form.procedure');
  if (values.elsewhere && values.competent === null) wrong(['competent'], 'intake.competentError');
  if (Number.isNaN(submittedAtOf(values))) wrong(['submittedDate'], 'intake.submittedError');
  if (values.contradictions.length > 0 && !values.compared) wrong(['compared'], 'form.compared');
  if (missingPapers(values.papers).length > 0 && values.note.trim() === '') wrong(['note'], 'form.reasonMissing');
  values.papers.forEach((paper, index) => {
    if (paper.present && !isCount(paper.quantity, 999)) wrong(['papers', index, 'quantity'], 'form.quantity');
  });
  if (!isCount(values.sets, 99)) wrong(['sets'], 'form.sets');
});

/** Fields that say whose dossier it is and which: all that is needed before anything is accepted. */
export const intakeFields = [
  'idNumber', 'fullName', 'birth', 'address', 'phone', 'submitterName', 'submitterNumber', 'authorisation', 'procedure', 'compared', 'competent', 'submittedDate',
] as const satisfies readonly (keyof Values)[];

/** When it was handed in, milliseconds; undefined for just now, NaN where it is not a date and a time. */
function submittedAtOf({ channel, submission, submittedDate, submittedTime }: Values): number | undefined {
  if (channel === 'counter' || submission !== null || (submittedDate.trim() === '' && submittedTime.trim() === '')) return undefined;
  return instantTyped(submittedDate, submittedTime);
}

/** The papers of a procedure as they are usually handed in: all it requires, in the form and number it asks for. */
export function papersOf(procedure: Procedure): Values['papers'] {
  return procedure.papers.map(({ code, name, kind, quantity, required }) => ({ code, name, kind, quantity, required, present: required }));
}

/** What a scanned card fills in; the rest of the form stays as it is. */
export function fromCard(applicant: Applicant, contradictions: readonly string[]): Pick<Values, 'kind' | 'idNumber' | 'fullName' | 'birth' | 'sex' | 'address' | 'scanned' | 'contradictions' | 'compared'> {
  const birth = applicant.birth ?? '';
  return {
    kind: applicant.kind,
    idNumber: applicant.idNumber,
    fullName: applicant.fullName,
    birth: /^\d{4}-\d{2}-\d{2}$/.test(birth) ? formatDate(birth) : birth,
    sex: applicant.sex ?? '',
    address: applicant.address,
    scanned: true,
    contradictions: [...contradictions],
    compared: false,
  };
}

/** Ids of one form: minted once, so that a second Enter or a retry cannot save it twice. `submit` is for recording it as submitted only. */
export const idsSchema = z.object({ act: uuidSchema, dossier: uuidSchema, submit: uuidSchema });
export type Ids = z.infer<typeof idsSchema>;

type WithProcedure = Values & { procedure: Procedure };

/** Whose dossier it is, which procedure, how it came in: what a submission and a reception have in common. */
export function handedInOf(values: WithProcedure): Omit<SubmitCommand, 'act' | 'dossier'> {
  const citizen = values.kind === 'citizen';
  return {
    procedure: values.procedure.code,
    personal: {
      applicant: {
        kind: values.kind,
        fullName: values.fullName.trim().normalize('NFC'),
        idNumber: (citizen ? normalizeIdNumber(values.idNumber) : normalizeBusinessCode(values.idNumber)) ?? values.idNumber.trim(),
        address: values.address.trim().normalize('NFC'),
        ...given('birth', citizen ? birthTyped(values.birth) : undefined),
        ...given('sex', citizen && values.sex !== '' ? values.sex : undefined),
        ...given('phone', normalizePhone(values.phone)),
        ...given('email', wordsTyped(values.email)),
      },
      ...(values.bySubmitter
        ? { submitter: { fullName: values.submitterName.trim().normalize('NFC'), idNumber: normalizeIdNumber(values.submitterNumber) ?? values.submitterNumber.trim(), authorisation: values.authorisation.trim().normalize('NFC') } }
        : {}),
      ...given('note', wordsTyped(values.note)),
    },
    channel: values.channel,
    ...given('submittedAt', submittedAtOf(values)),
    ...given('competentAgency', values.elsewhere ? values.competent?.id : undefined),
    ...given('portalCode', values.channel === 'online' ? wordsTyped(values.portalCode) : undefined),
  };
}

/** The command of values that {@link formSchema} let through. */
export function commandOf(values: WithProcedure, { act, dossier }: Ids): ReceiveCommand {
  return {
    act, dossier, ...handedInOf(values),
    papers: values.papers.map(({ code, kind, quantity, present }) => ({ code, kind, quantity: present ? Number(quantity) : 0, present })),
    sets: Number(values.sets),
    ...given('handlingUnit', values.handlingUnit === '' ? undefined : values.handlingUnit),
    ...given('immediate', values.immediate && mayReturnAtOnce(values.procedure)
      ? { outcome: values.outcome, resultCount: Math.max(1, values.procedure.results.length), ...given('rating', values.rating === 'none' ? undefined : values.rating) }
      : undefined),
  };
}

/** Whether the box for a result at once is shown; the desk decides. */
export function mayReturnAtOnce({ immediate, term }: Procedure): boolean {
  return immediate ?? term.unit === 'sameDay';
}

/** A draft as it is written and read back. */
export const draftSchema = z.object({
  v: z.literal(1),
  ids: idsSchema,
  // What a draft of an earlier version lacks stands as in an empty form.
  values: z.preprocess((values) => (typeof values === 'object' && values !== null ? { ...emptyValues, ...values } : values), valuesSchema),
});
