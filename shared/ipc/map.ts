import { z } from 'zod';
import type { Action } from '#shared/access/index.ts';
import { procedureSchema } from '#shared/catalogue/index.ts';
import { handOverCommandSchema, receiveCommandSchema, resultReadyCommandSchema } from '#shared/dossier/index.ts';
import { uuidSchema } from '#shared/log/index.ts';
import { dayViewSchema, dossierLineSchema, dossierViewSchema, duePreviewSchema, enrolViewSchema, scanResultSchema, sessionViewSchema, syncViewSchema } from './views.ts';

/** One call a window can make: what it takes, what it answers, who may make it, and who answers it. */
interface Channel<Request extends z.ZodType, Response extends z.ZodType> {
  readonly request: Request;
  readonly response: Response;
  /** The action `can()` is asked for; `anyone` needs no sign-in. */
  readonly may: Action | 'anyone';
  /** `desk` = the desk process; `shell` = the main process (windows, printing). */
  readonly answeredBy: 'desk' | 'shell';
}

function channel<Request extends z.ZodType, Response extends z.ZodType>(
  may: Action | 'anyone', request: Request, response: Response, answeredBy: 'desk' | 'shell' = 'desk',
): Channel<Request, Response> {
  return { request, response, may, answeredBy };
}

const nothing = z.strictObject({});
const done = z.object({ done: z.literal(true) });
/** What a recorded act answers: where it stands in the log. */
const recorded = z.object({ dossier: uuidSchema, code: z.string(), seq: z.int(), hash: z.string(), at: z.int(), repeated: z.boolean() });

/** Which form of a dossier is meant: form 01 (giấy tiếp nhận), or the slip of its return (giấy xác nhận trả kết quả). */
const aboutForm = z.strictObject({ dossier: uuidSchema, form: z.enum(['reception', 'return']).default('reception') });

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
  'reception.save': channel('dossier.receive', receiveCommandSchema, recorded),
  'result.mark-ready': channel('dossier.mark-ready', resultReadyCommandSchema, recorded),
  'return.save': channel('dossier.hand-over', handOverCommandSchema, recorded),

  'dossier.get': channel('dossier.read', z.strictObject({ dossier: uuidSchema }), dossierViewSchema),
  'dossier.by-code': channel('dossier.read', z.strictObject({ code: z.string().max(200) }), dossierViewSchema),
  /**
   * Fetches a dossier that is not here from the centre, which shows an agency only those in which it has a part. Errors:
   * `dossier.unknown`, `centre.unreachable`, the centre's.
   */
  'dossier.fetch': channel('dossier.read', z.strictObject({ code: z.string().max(200) }), dossierViewSchema),
  'dossier.list': channel('dossier.read', z.strictObject({
    text: z.string().max(200).optional(),
    filter: z.enum(['open', 'ready', 'due-tomorrow', 'overdue', 'returned', 'all']),
    /** Show what comes after this line (its dossier id), newest first. */
    after: uuidSchema.optional(),
    limit: z.int().min(1).max(200),
  }), z.object({ lines: z.array(dossierLineSchema), more: z.boolean() })),
  'day.view': channel('day.read', z.strictObject({ date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/).optional() }), dayViewSchema),

  'draft.save': channel('draft.keep', z.strictObject({ key: z.string().max(64), text: z.string().max(64 * 1024) }), done),
  'draft.load': channel('draft.keep', z.strictObject({ key: z.string().max(64) }), z.object({ text: z.string().optional() })),
  'draft.remove': channel('draft.keep', z.strictObject({ key: z.string().max(64) }), done),

  'sync.view': channel('sync.read', nothing, syncViewSchema),
  'sync.now': channel('sync.start', nothing, syncViewSchema),
  'clock.confirm': channel('clock.confirm', z.strictObject({ at: z.int() }), done),

  /** Html of a form of a dossier, both copies; asked by the shell, which makes the PDF. Errors: `dossier.unknown`, `dossier.not-returned`. */
  'receipt.html': channel('dossier.read', aboutForm, z.object({ html: z.string(), title: z.string() })),
  /** Makes the PDF of the form, keeps it in the desk's print folder and sends it to the printer where there is one. */
  'receipt.print': channel('dossier.read', aboutForm, z.object({ file: z.string(), printed: z.boolean() }), 'shell'),
  'receipt.show': channel('dossier.read', aboutForm, done, 'shell'),
} as const;

export type ChannelName = keyof typeof channels;
export type RequestOf<Name extends ChannelName> = z.input<(typeof channels)[Name]['request']>;
export type ParsedRequestOf<Name extends ChannelName> = z.output<(typeof channels)[Name]['request']>;
export type ResponseOf<Name extends ChannelName> = z.output<(typeof channels)[Name]['response']>;

/** Largest request of a window, bytes of its JSON. */
export const messageLimit = 256 * 1024;

export function isChannel(name: unknown): name is ChannelName {
  return typeof name === 'string' && Object.hasOwn(channels, name);
}
