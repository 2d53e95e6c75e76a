import { z } from 'zod';
import type { Action } from '#shared/access/index.ts';
import { procedureSchema } from '#shared/catalogue/index.ts';
import { mediaTypeSchema } from '#shared/attachment/index.ts';
import { attachCommandSchema, orders, type DutyName, type OrderName } from '#shared/dossier/index.ts';
import { hashSchema, uuidSchema } from '#shared/log/index.ts';
import { readReceiptSchema, writtenBundleSchema } from './keeping-views.ts';
import {
  calendarMoveSchema, dayCloseViewSchema, dayViewSchema, dossierFormSchema, dossierLineSchema, dossierViewSchema, duePreviewSchema, dutyLineSchema, enrolViewSchema, placeViewSchema,
  scanResultSchema, sessionViewSchema, syncViewSchema,
} from './views.ts';

/** One call a window can make: what it takes, what it answers, who may make it, and who answers it. */
interface Channel<Request extends z.ZodType, Response extends z.ZodType> {
  readonly request: Request;
  readonly response: Response;
  /** The action `can()` is asked for; `anyone` needs no sign-in. */
  readonly may: Action | 'anyone';
  /** `desk` = the desk process; `shell` = the main process (windows, printing). */
  readonly answeredBy: 'desk' | 'shell';
  /** `shell`: no page may make this call, because it names a place on the disk that only the shell's own dialogs give. */
  readonly askedBy: 'page' | 'shell';
}

function channel<Request extends z.ZodType, Response extends z.ZodType>(
  may: Action | 'anyone', request: Request, response: Response, answeredBy: 'desk' | 'shell' = 'desk', askedBy: 'page' | 'shell' = 'page',
): Channel<Request, Response> {
  return { request, response, may, answeredBy, askedBy };
}

const nothing = z.strictObject({});
/** A file that a person chose in a dialog of the shell. */
const chosenFile = z.strictObject({ file: z.string().min(1).max(4096) });
/** Whoever closes a dialog without choosing changed nothing. */
const notChosen = z.object({ chosen: z.literal(false) });
const done = z.object({ done: z.literal(true) });
/** What a recorded act answers: where it stands in the log. */
const recorded = z.object({ dossier: uuidSchema, code: z.string(), seq: z.int(), hash: z.string(), at: z.int(), repeated: z.boolean() });

export type RecordedAct = z.output<typeof recorded>;

/** What is attached to which dossier, and as what. */
const attaching = z.strictObject(attachCommandSchema.pick({ act: true, dossier: true, of: true, paper: true, note: true }).shape);
/** One content of a dossier. */
const aboutContent = z.strictObject({ dossier: uuidSchema, sha256: hashSchema });

/** Which form of a dossier is meant; form 01 (giấy tiếp nhận) by default. */
const aboutForm = z.strictObject({ dossier: uuidSchema, form: dossierFormSchema.default('reception') });

/** A date as a person may mistype it: whether there is such a day is answered with a sentence, not with a malformed message. */
const dateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The channel of an order about a dossier: who may and what it takes stand in `shared/dossier/orders.ts`. */
function ordered<Name extends OrderName>(name: Name): Channel<(typeof orders)[Name]['command'], typeof recorded> {
  return channel(orders[name].may, orders[name].command, recorded);
}

/** The one map of all calls between a window and the rest of the desk. Largest request: {@link messageLimit}. */
export const channels = {
  'session.view': channel('anyone', nothing, sessionViewSchema),
  'session.sign-in': channel('anyone', z.strictObject({ staff: z.string().max(64), pin: z.string().min(1).max(64) }), sessionViewSchema),
  'session.sign-out': channel('anyone', nothing, sessionViewSchema),

  'enrol.view': channel('anyone', nothing, enrolViewSchema),
  /**
   * Enrols a desk that is not: the centre's address (https, or http on this very machine), the one-time code and, if the
   * administrator gave it, the centre's key. Answers when the centre has spoken, or after some seconds with what is known
   * then; each further step comes with a `session` or a `sync` event, after which `enrol.view` tells. Errors: `enrol.done`,
   * `enrol.bad-address`, `enrol.bad-key`, `enrol.bad-code`.
   */
  'enrol.start': channel('anyone', z.strictObject({ url: z.string().max(300), code: z.string().max(64), centreKey: z.string().max(100).optional() }), enrolViewSchema),

  'scan.resolve': channel('dossier.read', z.strictObject({ text: z.string().max(4096) }), scanResultSchema),
  'procedure.search': channel('catalogue.read', z.strictObject({ text: z.string().max(200) }), z.object({ procedures: z.array(procedureSchema) })),
  'reception.preview': channel('dossier.receive', z.strictObject({ procedure: z.string().max(64) }), duePreviewSchema),
  /** Where a dossier can be received for, or sent to. */
  'place.list': channel('catalogue.read', nothing, z.object({ places: z.array(placeViewSchema) })),

  'submission.save': ordered('submit'),
  'reception.save': ordered('receive'),
  'reception.refuse': ordered('refuseReception'),
  'supplement.request': ordered('requestSupplement'),
  'supplement.complete': ordered('completeSupplement'),
  'transfer.give': ordered('forward'),
  'transfer.take': ordered('takeOver'),
  'payment.request': ordered('requestPayment'),
  'payment.record': ordered('recordPayment'),
  'term.extend': ordered('extend'),
  'term.apologise': ordered('apologise'),
  'term.compute-again': ordered('computeDueAgain'),
  'stop.request': ordered('requestStop'),
  'stop.record': ordered('stop'),
  'result.mark-ready': ordered('markReady'),
  'result.notify': ordered('notify'),
  'return.save': ordered('handOver'),
  'dossier.correct': ordered('correct'),
  'result.request-correction': ordered('requestResultCorrection'),
  'result.record-correction': ordered('recordResultCorrection'),
  'conflict.settle': ordered('settleConflict'),

  /** Attaches a file as a digitised paper; the shell asks which. Errors: `attachment.*`, those of recording an act. */
  'attachment.add': channel('dossier.attach', attaching, z.union([notChosen, recorded.extend({ chosen: z.literal(true) })]), 'shell'),
  'attachment.add-from': channel('dossier.attach', attaching.extend(chosenFile.shape), recorded, 'desk', 'shell'),
  /** Shows a digitised paper in a window of its own; fetched from the centre where it is not here. Errors: `attachment.*`, `centre.unreachable`. */
  'attachment.show': channel('dossier.read', aboutContent, done, 'shell'),
  'attachment.content': channel('dossier.read', aboutContent, z.object({ media: mediaTypeSchema, title: z.string(), base64: z.string() }), 'desk', 'shell'),

  'dossier.get': channel('dossier.read', z.strictObject({ dossier: uuidSchema }), dossierViewSchema),
  'dossier.by-code': channel('dossier.read', z.strictObject({ code: z.string().max(200) }), dossierViewSchema),
  /**
   * Fetches a dossier that is not here from the centre, which shows an agency only those in which it has a part. Errors:
   * `dossier.unknown`, `centre.unreachable`, the centre's.
   */
  'dossier.fetch': channel('dossier.read', z.strictObject({ code: z.string().max(200) }), dossierViewSchema),
  'dossier.list': channel('dossier.read', z.strictObject({
    text: z.string().max(200).optional(),
    filter: z.enum(['open', 'submitted', 'waiting', 'ready', 'due-tomorrow', 'overdue', 'returned', 'ended', 'all']),
    /** Show what comes after this line (its dossier id), newest first. */
    after: uuidSchema.optional(),
    limit: z.int().min(1).max(200),
  }), z.object({ lines: z.array(dossierLineSchema), more: z.boolean() })),
  /** The day's close by a supervisor, who gives the PIN once more. Errors: `session.wrong-pin`, `session.throttled`, `clock.confirm-needed`. */
  'day.close': channel('day.close', z.strictObject({ act: uuidSchema, pin: z.string().min(1).max(64) }), dayCloseViewSchema),
  'day.view': channel('day.read', z.strictObject({ date: dateText.optional() }), dayViewSchema),
  /** What is to be done now, the most urgent first; of some kinds if given. */
  'duty.list': channel('dossier.read', z.strictObject({
    kinds: z.array(z.custom<DutyName>((value) => typeof value === 'string')).max(20).optional(), limit: z.int().min(1).max(200),
  }), z.object({ duties: z.array(dutyLineSchema), more: z.boolean() })),
  /** Dossiers whose due date the newest calendar moves, those that become binding first. */
  'calendar.moves': channel('dossier.read', nothing, z.object({ calendar: z.string(), moves: z.array(calendarMoveSchema) })),

  'draft.save': channel('draft.keep', z.strictObject({ key: z.string().max(64), text: z.string().max(64 * 1024) }), done),
  'draft.load': channel('draft.keep', z.strictObject({ key: z.string().max(64) }), z.object({ text: z.string().optional() })),
  'draft.remove': channel('draft.keep', z.strictObject({ key: z.string().max(64) }), done),

  /** Which dossiers look late, or soon will, to whoever counts by the arrival of news, although they were finished in time. */
  'forecast.view': channel('sync.read', nothing, z.object({
    lines: z.array(z.object({ forecast: z.enum(['looks-late', 'will-look-late']), haltedAt: z.int(), line: dossierLineSchema })), more: z.boolean(),
  })),
  'sync.view': channel('sync.read', nothing, syncViewSchema),
  'sync.now': channel('sync.start', nothing, syncViewSchema),
  /**
   * Writes all that waits into a file for the way to the centre by USB; the shell asks where. Errors: `enrol.required`, `bundle.no-key`,
   * `bundle.nothing-waits`, `bundle.cannot-write`.
   */
  'bundle.export': channel('sync.carry', nothing, z.union([notChosen, writtenBundleSchema]), 'shell'),
  'bundle.export-to': channel('sync.carry', chosenFile, writtenBundleSchema, 'desk', 'shell'),
  /** Reads the centre's receipt of such a file. Errors: `enrol.required`, `bundle.cannot-read`, `receipt.*`, `log.fork`. */
  'bundle.read-receipt': channel('sync.carry', nothing, z.union([notChosen, readReceiptSchema]), 'shell'),
  'bundle.read-receipt-from': channel('sync.carry', chosenFile, readReceiptSchema, 'desk', 'shell'),
  /** Makes a backup of the store now. Errors: `backup.failed`, `store.damaged`, `enrol.required`. */
  'backup.make': channel('backup.make', nothing, syncViewSchema),
  /** Keeps backups in another folder from now on; the shell asks which. Errors: the same. */
  'backup.choose-folder': channel('backup.choose-folder', nothing, z.union([notChosen, z.object({ chosen: z.literal(true) })]), 'shell'),
  'backup.move-to': channel('backup.choose-folder', z.strictObject({ folder: z.string().min(1).max(4096) }), z.object({ chosen: z.literal(true) }), 'desk', 'shell'),
  'clock.confirm': channel('clock.confirm', z.strictObject({ at: z.int() }), done),

  /** Html of a form of a dossier, both copies; asked by the shell, which makes the PDF. Errors: `dossier.unknown`, `dossier.not-returned`. */
  'receipt.html': channel('dossier.read', aboutForm, z.object({ html: z.string(), title: z.string() })),
  /** Makes the PDF of the form, keeps it in the desk's print folder and sends it to the printer where there is one. */
  'receipt.print': channel('dossier.read', aboutForm, z.object({ file: z.string(), printed: z.boolean() }), 'shell'),
  'receipt.show': channel('dossier.read', aboutForm, done, 'shell'),
  /** The register (form 07, sổ theo dõi hồ sơ) of a day or a span of days, as a page; printed and shown like a receipt. */
  'register.html': channel('day.read', z.strictObject({ from: dateText, to: dateText }), z.object({ html: z.string(), title: z.string() })),
  'register.print': channel('day.read', z.strictObject({ from: dateText, to: dateText }), z.object({ file: z.string(), printed: z.boolean() }), 'shell'),
  'register.show': channel('day.read', z.strictObject({ from: dateText, to: dateText }), done, 'shell'),
  /** The sheet of a day's close (biên bản chốt ngày), printed and shown like a receipt. Error: `day.not-closed`. */
  'close-sheet.html': channel('day.read', z.strictObject({ date: dateText }), z.object({ html: z.string(), title: z.string() })),
  'close-sheet.print': channel('day.read', z.strictObject({ date: dateText }), z.object({ file: z.string(), printed: z.boolean() }), 'shell'),
  'close-sheet.show': channel('day.read', z.strictObject({ date: dateText }), done, 'shell'),
} as const;

/** Which order a channel carries. */
export const orderOf = {
  'submission.save': 'submit', 'reception.save': 'receive', 'reception.refuse': 'refuseReception', 'supplement.request': 'requestSupplement',
  'supplement.complete': 'completeSupplement', 'transfer.give': 'forward', 'transfer.take': 'takeOver', 'payment.request': 'requestPayment',
  'payment.record': 'recordPayment', 'term.extend': 'extend', 'term.apologise': 'apologise', 'term.compute-again': 'computeDueAgain',
  'stop.request': 'requestStop', 'stop.record': 'stop', 'result.mark-ready': 'markReady', 'result.notify': 'notify', 'return.save': 'handOver',
  'dossier.correct': 'correct', 'result.request-correction': 'requestResultCorrection', 'result.record-correction': 'recordResultCorrection',
  'conflict.settle': 'settleConflict',
} as const satisfies Partial<Record<keyof typeof channels, OrderName>>;

export type ChannelName = keyof typeof channels;
export type RequestOf<Name extends ChannelName> = z.input<(typeof channels)[Name]['request']>;
export type ParsedRequestOf<Name extends ChannelName> = z.output<(typeof channels)[Name]['request']>;
export type ResponseOf<Name extends ChannelName> = z.output<(typeof channels)[Name]['response']>;

/** Largest request of a window, bytes of its JSON. */
export const messageLimit = 256 * 1024;

export function isChannel(name: unknown): name is ChannelName {
  return typeof name === 'string' && Object.hasOwn(channels, name);
}
