import { z } from 'zod';
import { roleSchema } from '#shared/access/index.ts';
import { mediaTypeSchema } from '#shared/attachment/index.ts';
import { paperSchema, procedureSchema } from '#shared/catalogue/index.ts';
import { dueDateSchema } from '#shared/deadline/index.ts';
import { applicantSchema, attachedSchema, dossierStateSchema, receivedPersonalSchema, stageSchema, type DutyName, type OrderName } from '#shared/dossier/index.ts';
import { faultSchema } from '#shared/errors/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import { backupViewSchema, recoveredViewSchema } from './keeping-views.ts';

/** A person as the window shows them. */
export const personSchema = z.object({ id: z.string(), name: z.string(), roles: z.array(roleSchema) });
export type Person = z.infer<typeof personSchema>;

/** What the window needs to know before and after sign-in. */
export const sessionViewSchema = z.object({
  agencyName: z.string(),
  desk: z.string(),
  /** Who may sign in here. */
  staff: z.array(personSchema),
  signedIn: personSchema.optional(),
  /** After this long without a call the desk locks itself, milliseconds. */
  lockAfter: z.int(),
  /** Banners that must stay visible: a development key, an injected clock. */
  banners: z.array(z.enum(['development-key', 'injected-clock', 'not-enrolled'])),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** How far the enrolment of this desk (ghi danh thiết bị) has come. */
export const enrolViewSchema = z.object({
  /**
   * `not-enrolled`: nothing typed yet, or the centre has not answered (then `fault` says why, and it is tried again by itself);
   * `pending`: an administrator must compare the fingerprint; `refused`: the centre said no, `fault` says what helps.
   */
  state: z.enum(['enrolled', 'not-enrolled', 'pending', 'refused']),
  centreUrl: z.string().optional(),
  /** Fingerprint of this installation's key, four groups of four hexadecimal digits, for the administrator to compare. */
  fingerprint: z.string().optional(),
  /** The centre's key as its administrator prints it, and its fingerprint: to be compared where nobody typed the key. */
  centreKey: z.string().optional(),
  centreFingerprint: z.string().optional(),
  fault: faultSchema.optional(),
});
export type EnrolView = z.infer<typeof enrolViewSchema>;

/** One line of a list of dossiers. */
export const dossierLineSchema = z.object({
  id: uuidSchema,
  code: z.string(),
  provisional: z.boolean(),
  procedure: z.string(),
  procedureName: z.string(),
  applicantName: z.string(),
  stage: stageSchema,
  /** Name of the agency that decides, where it is another than this desk's. */
  competentAgencyName: z.string().optional(),
  /** When it was handed in or, if it was accepted at once, accepted. */
  beganAt: z.int(),
  acceptedAt: z.int().optional(),
  /** The due instant that counts for lateness; missing before acceptance. */
  dueAt: z.int().optional(),
  /** A new appointment the applicant was told, where it differs. */
  appointmentAt: z.int().optional(),
  readyAt: z.int().optional(),
  handedOverAt: z.int().optional(),
  /** Late by the desk's own working time (result ready after the due instant, or not ready and now past it). */
  late: z.boolean(),
  /** Whether its latest entry is acknowledged by the centre. */
  sent: z.boolean(),
  conflict: z.boolean(),
});
export type DossierLine = z.infer<typeof dossierLineSchema>;

/** Names of duties and orders: written by this program on both sides, so a name is only checked to be text. */
const dutyName = z.custom<DutyName>((value) => typeof value === 'string');
const orderName = z.custom<OrderName>((value) => typeof value === 'string');

/** One duty (việc cần làm) and the dossier it is about. */
export const dutyLineSchema = z.object({ duty: dutyName, by: z.int(), past: z.boolean(), line: dossierLineSchema });
export type DutyLine = z.infer<typeof dutyLineSchema>;

/** Forms of a dossier that can be printed now, by their numbers under Decree 118/2025/NĐ-CP; `return` is the slip of a return. */
export const dossierFormSchema = z.enum(['reception', 'supplement', 'refusal', 'apology', 'stop', 'control', 'return']);
export type DossierForm = z.infer<typeof dossierFormSchema>;

/** One entry of a dossier's timeline. */
export const historyLineSchema = z.object({
  kind: z.string(),
  at: z.int(),
  actorName: z.string(),
  agencyName: z.string(),
  seq: z.int(),
  hash: z.string(),
  sent: z.boolean(),
  /** What the clerk wrote (reason, note); missing where there is nothing or where it is erased. */
  words: z.string().optional(),
  /** Facts that the timeline shows beside the kind, already in words: "hạn mới 27/11/2026 17:00", "1.200.000 đồng". */
  details: z.array(z.string()),
  /** It counts for nothing: people settled a contradiction against it. */
  dropped: z.boolean(),
});
export type HistoryLine = z.infer<typeof historyLineSchema>;

/** One dossier whole. */
export const dossierViewSchema = z.object({
  id: uuidSchema,
  state: dossierStateSchema,
  /** The national portal's status number, 1 to 10. */
  portalStatus: z.int().min(1).max(10),
  /** Missing after an erasure. */
  personal: receivedPersonalSchema.optional(),
  procedureName: z.string(),
  field: z.string(),
  receivingAgencyName: z.string(),
  competentAgencyName: z.string(),
  /** Names of all agencies and units that the hops name, by id; a unit's key is `agency/unit`. */
  placeNames: z.record(z.string(), z.string()),
  papers: z.array(z.object({ paper: paperSchema, quantity: z.int(), present: z.boolean() })),
  results: z.array(z.string()),
  late: z.boolean(),
  /** Why the due date is what it is, in sentences; empty before acceptance. */
  explanation: z.array(z.string()),
  readOnly: z.boolean(),
  /** Orders that its stage allows and the person signed in may give. */
  possible: z.array(orderName),
  duties: z.array(z.object({ duty: dutyName, by: z.int(), past: z.boolean() })),
  forms: z.array(dossierFormSchema),
  /** Contradicting acts, each with both sides of the timeline. */
  conflicts: z.array(z.object({ kept: historyLineSchema, other: historyLineSchema })),
  /** Digitised papers: `waiting` is attached here and not known to be at the centre, `elsewhere` was attached at another desk. */
  attachments: z.array(z.object({
    sha256: hashSchema, of: attachedSchema.shape.of, paperName: z.string().optional(), name: z.string().optional(), bytes: z.int(), media: mediaTypeSchema, at: z.int(),
    standing: z.enum(['waiting', 'held', 'elsewhere']), heldAt: z.int().optional(),
  })),
  history: z.array(historyLineSchema),
});
export type DossierView = z.infer<typeof dossierViewSchema>;

/** Where a dossier can be sent: agencies in force and their units. */
export const placeViewSchema = z.object({
  id: z.string(), name: z.string(), level: z.enum(['province', 'district', 'commune']), own: z.boolean(), units: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type PlaceView = z.infer<typeof placeViewSchema>;

/** A dossier whose due date a newer calendar moves. `binding`: the printed date was provisional, so the new one replaces it. */
export const calendarMoveSchema = z.object({ line: dossierLineSchema, printed: z.int(), due: z.int(), binding: z.boolean() });

/** The official codes (mã hồ sơ) a desk can give out without the centre. */
export const codesViewSchema = z.object({
  /** Numbers left of today's, and how many were leased for today. */
  left: z.int().nonnegative(),
  all: z.int().nonnegative(),
  /** Civil date through which leases hold without a gap; missing where none holds today. */
  until: z.iso.date().optional(),
  /** What the clerk should know: a code of `codes.*`. */
  notice: faultSchema.optional(),
});
export type CodesView = z.infer<typeof codesViewSchema>;

/** How many dossiers were finished in time, are unsent, and so look late or soon will to whoever counts by the arrival of news. */
export const forecastCountSchema = z.object({ looksLate: z.int(), willLookLate: z.int() });
export type ForecastCount = z.infer<typeof forecastCountSchema>;

/** The honest state of the network. */
export const syncViewSchema = z.object({
  state: z.enum(['connected', 'offline', 'not-enrolled']),
  /** Working time of the last answer of the centre, milliseconds. */
  lastAnswerAt: z.int().optional(),
  /** Since when there is no answer. */
  offlineSince: z.int().optional(),
  /** When everything up to the head was acknowledged. */
  lastAcknowledgedAt: z.int().optional(),
  waiting: z.object({ dossiers: z.int(), entries: z.int(), bytes: z.int(), oldestAt: z.int().optional() }),
  /** Whether a batch is on its way now. */
  sending: z.boolean(),
  nextAttemptAt: z.int().optional(),
  /** Own logs that the centre holds with other entries, because the disk was cloned or put back: it keeps these as branches. */
  branches: z.array(z.object({
    log: z.string(),
    /** First place at which the two differ. */
    leavesAt: z.int(),
    /** How far the centre keeps it, and how many of its entries still wait. */
    kept: z.object({ seq: z.int(), hash: z.string() }),
    waiting: z.int(),
  })).optional(),
  /** Another machine writes the log of this one: entries of it came that this one never wrote. */
  elsewhere: z.literal(true).optional(),
  /** What the centre would not take, and why; it blocks nothing else. `entries`: how many wait in that log because of it. */
  refusals: z.array(z.object({ at: z.int(), fault: faultSchema, entries: z.int().optional() })),
  head: z.object({ seq: z.int(), hash: z.string() }),
  acknowledged: z.object({ seq: z.int(), hash: z.string() }),
  log: z.string(),
  catalogueVersion: z.int(),
  codes: codesViewSchema.optional(),
  /** The last time the centre gave, milliseconds, how exact it is, and how far the machine's wall clock stands from working time now. */
  anchor: z.object({ at: z.int(), rho: z.int(), wallOff: z.int() }).optional(),
  /** Left out where there is nothing to forecast. */
  forecast: forecastCountSchema.optional(),
  /** The line is down, people are about to leave, and acts of today stand behind no close. */
  closeNeeded: z.literal(true).optional(),
  /** This installation is to serve another agency (điều chuyển thiết bị), and goes once all is sent and nobody is signed in. */
  transfer: z.object({ agencyName: z.string(), desk: z.string() }).optional(),
  backup: backupViewSchema.optional(),
  /** Digitised papers whose content waits, what of it is on its way now, and the disk's room in bytes; left out where there is nothing to say. */
  attachments: z.object({
    waiting: z.int(), bytes: z.int(),
    onItsWay: z.object({ sha256: hashSchema, sent: z.int(), bytes: z.int() }).optional(),
    room: z.object({ free: z.number(), low: z.boolean() }).optional(),
  }).optional(),
  recovered: recoveredViewSchema.optional(),
  /** What other desks and agencies recorded, as it comes from the centre; bytes of texts and bodies. */
  pull: z.object({
    running: z.boolean(),
    /** Since the present pull began. */
    received: z.object({ entries: z.int(), bytes: z.int() }),
    left: z.object({ entries: z.int(), bytes: z.int() }),
    /** When there was nothing left the last time, working time. */
    drainedAt: z.int().optional(),
    /** Dossiers of which something came that this program cannot use yet. */
    setAside: z.int(),
  }).optional(),
});
export type SyncView = z.infer<typeof syncViewSchema>;

/** The due date as it would stand now, with sentences to read out. */
export const duePreviewSchema = z.object({
  procedure: procedureSchema,
  due: dueDateSchema,
  explanation: z.array(z.string()),
  acceptedAt: z.int(),
});

/** What a scan or a typed word led to. */
export const scanResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card'), applicant: applicantSchema, contradictions: z.array(z.string()), dossiers: z.array(dossierLineSchema) }),
  z.object({ kind: z.literal('dossier'), dossier: uuidSchema }),
  z.object({ kind: z.literal('procedure'), procedure: procedureSchema }),
  z.object({ kind: z.literal('search'), text: z.string(), dossiers: z.array(dossierLineSchema), procedures: z.array(procedureSchema) }),
]);
export type ScanResult = z.infer<typeof scanResultSchema>;

/** The last close of a day (chốt ngày) at this desk. */
export const dayCloseViewSchema = z.object({
  date: z.string(),
  at: z.int(),
  /** Name of the supervisor. */
  by: z.string(),
  /** Place and hash of the entry that closes the day, and the log's end that it confirms. */
  seq: z.int(),
  hash: z.string(),
  head: z.object({ seq: z.int(), hash: z.string() }),
  received: z.int(),
  ready: z.int(),
  returned: z.int(),
  /** Entries the centre had not acknowledged then. */
  unsent: z.int(),
  /** Whether something was recorded for the day since. */
  actsSince: z.boolean(),
});
export type DayCloseView = z.infer<typeof dayCloseViewSchema>;

export const dayViewSchema = z.object({
  date: z.string(),
  closed: dayCloseViewSchema.optional(),
  /** It is today, office hours are over, and something recorded is not closed yet. */
  closeDue: z.boolean().optional(),
  /** The desk's working time when it was asked, milliseconds: what relative times are reckoned from. */
  now: z.int().optional(),
  received: z.int(),
  returned: z.int(),
  dueTomorrow: z.int(),
  waitingToSend: z.int(),
  /** What is to be done, by kind of duty. */
  duties: z.array(z.object({ duty: dutyName, count: z.int(), past: z.int() })),
  lines: z.array(dossierLineSchema),
});

/** Pushed from the desk process to the window. */
export const deskEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sync'), sync: syncViewSchema }),
  z.object({ type: z.literal('dossiers-changed') }),
  z.object({ type: z.literal('session'), session: sessionViewSchema }),
  z.object({ type: z.literal('desk-process'), state: z.enum(['up', 'down']) }),
  /** A backup, which reads every page, found one of them broken. */
  z.object({ type: z.literal('store-damaged') }),
]);
export type DeskEvent = z.infer<typeof deskEventSchema>;
