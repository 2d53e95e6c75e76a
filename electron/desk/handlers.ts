import type { z } from 'zod';
import type { Staff } from '#shared/catalogue/index.ts';
import { orders, type DecisionContext, type DossierKind, type DossierState, type Draft } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { channels, orderOf, type ChannelName } from '#shared/ipc/index.ts';
import { recordApology } from './apology.ts';
import { attachFile, contentOf } from './attachments/index.ts';
import type { BackupKeeper } from './backups/index.ts';
import { listCalendarMoves } from './calendar-moves.ts';
import { confirmClock } from './confirm-clock.ts';
import { closeSheetHtml } from './close-sheet.ts';
import { closeDay } from './day-close.ts';
import { viewDossier, viewDossierByCode } from './dossier-view.ts';
import { fetchDossier } from './fetch.ts';
import { listDossiers, listDuties, viewDay } from './lists.ts';
import { within } from './patience.ts';
import { listPlaces } from './places.ts';
import { viewForecast } from './forecast.ts';
import { formHtml } from './printed-forms.ts';
import { findProcedures, previewReception } from './procedures.ts';
import { recordOrder } from './record.ts';
import { resolveScan } from './scan.ts';
import { registerHtml } from './register.ts';
import type { Session } from './session.ts';
import type { SyncClient } from './sync/client.ts';
import type { Workplace } from './workplace.ts';

/** Everything a handler may reach. `staff` is the person signed in, where the channel asks for one. */
export interface HandlerContext {
  readonly workplace: Workplace;
  readonly session: Session;
  readonly sync: SyncClient;
  readonly backups: BackupKeeper;
}

type Answer<T> = Outcome<T> | Promise<Outcome<T>>;

/** A channel with what answers it: reads the request by the channel's schema, then runs. */
export interface Bound {
  read(raw: unknown): { readonly ok: true; run(context: HandlerContext, staff: Staff | undefined): Answer<unknown> } | { readonly ok: false; readonly issues: z.core.$ZodIssue[] };
}

interface Typed<Request extends z.ZodType, Response extends z.ZodType> {
  readonly request: Request;
  readonly response: Response;
}

/** Binds a channel that needs no sign-in. */
function forAnyone<Request extends z.ZodType, Response extends z.ZodType>(
  channel: Typed<Request, Response>, run: (context: HandlerContext, request: z.output<Request>) => Answer<z.output<Response>>,
): Bound {
  return {
    read(raw) {
      const parsed = channel.request.safeParse(raw);
      return parsed.success ? { ok: true, run: (context) => run(context, parsed.data) } : { ok: false, issues: parsed.error.issues };
    },
  };
}

/** Binds a channel of the person signed in. */
function forStaff<Request extends z.ZodType, Response extends z.ZodType>(
  channel: Typed<Request, Response>, run: (context: HandlerContext, request: z.output<Request>, staff: Staff) => Answer<z.output<Response>>,
): Bound {
  return {
    read(raw) {
      const parsed = channel.request.safeParse(raw);
      if (!parsed.success) return { ok: false, issues: parsed.error.issues };
      return { ok: true, run: (context, staff) => (staff ? run(context, parsed.data, staff) : fail('session.required')) };
    },
  };
}

/** Binds the channel of an order about a dossier; what it takes and who may stand in `shared/dossier/orders.ts`. */
function ordering<Command extends z.ZodType<{ readonly act: string; readonly dossier: string }>>(
  order: { readonly command: Command; readonly kind: DossierKind; decide(state: DossierState | undefined, command: z.output<Command>, context: DecisionContext): Outcome<Draft[]> },
): Bound {
  return forStaff({ request: order.command, response: channels['reception.save'].response }, ({ workplace }, command, staff) => recordOrder(workplace, staff.id, order, command));
}

const orderHandlers: Readonly<Record<string, Bound>> = Object.fromEntries(Object.entries(orderOf).map(([channel, name]) => [channel, ordering(orders[name])]));

/** How long `sync.now` waits for its round before it answers with what is known, milliseconds. */
const roundPatience = 3_000;

/** How long `enrol.start` waits for the centre's word before it answers with what is known, milliseconds. */
const enrolPatience = 8_000;

/** Drafts belong to the person who typed them. */
function draftKey(staff: Staff, key: string): string {
  return `${staff.id}/${key}`;
}

/** One handler for each channel the desk process answers; the others are the shell's. */
export const handlers: Readonly<Partial<Record<ChannelName, Bound>>> = {
  'session.view': forAnyone(channels['session.view'], ({ session }) => ok(session.view())),
  'session.sign-in': forAnyone(channels['session.sign-in'], ({ session }, { staff, pin }) => session.signIn(staff, pin)),
  'session.sign-out': forAnyone(channels['session.sign-out'], ({ session }) => ok(session.signOut())),

  'enrol.view': forAnyone(channels['enrol.view'], ({ sync }) => ok(sync.enrolView())),
  'enrol.start': forAnyone(channels['enrol.start'], async ({ sync, workplace }, typed) => {
    const started = await within(workplace.ports.timers, enrolPatience, sync.enrol(typed));
    return started && !started.ok ? started : ok(sync.enrolView());
  }),

  'scan.resolve': forStaff(channels['scan.resolve'], ({ workplace }, { text }) => resolveScan(workplace, text)),
  'procedure.search': forStaff(channels['procedure.search'], ({ workplace }, { text }) => findProcedures(workplace, text)),
  'reception.preview': forStaff(channels['reception.preview'], ({ workplace }, { procedure }) => previewReception(workplace, procedure)),
  'place.list': forStaff(channels['place.list'], ({ workplace }) => listPlaces(workplace)),

  ...orderHandlers,
  'term.apologise': forStaff(channels['term.apologise'], ({ workplace, sync }, command, staff) => recordApology(workplace, sync, staff.id, command)),

  'attachment.add-from': forStaff(channels['attachment.add-from'], ({ workplace }, order, staff) => attachFile(workplace, staff, order)),
  'attachment.content': forStaff(channels['attachment.content'], ({ workplace, sync }, { dossier, sha256 }) => contentOf(workplace, sync, dossier, sha256)),

  'dossier.get': forStaff(channels['dossier.get'], ({ workplace }, { dossier }, staff) => viewDossier(workplace, dossier, staff)),
  'dossier.by-code': forStaff(channels['dossier.by-code'], ({ workplace }, { code }, staff) => viewDossierByCode(workplace, code, staff)),
  'dossier.fetch': forStaff(channels['dossier.fetch'], ({ workplace, sync }, { code }, staff) => fetchDossier(workplace, sync, code, staff)),
  'dossier.list': forStaff(channels['dossier.list'], ({ workplace }, request) => ok(listDossiers(workplace, request))),
  'day.view': forStaff(channels['day.view'], ({ workplace }, { date }) => viewDay(workplace, date)),
  'day.close': forStaff(channels['day.close'], async ({ workplace, session, backups }, order, staff) => {
    const closed = await closeDay(workplace, session, staff, order);
    if (closed.ok) backups.dayClosed();
    return closed;
  }),
  'duty.list': forStaff(channels['duty.list'], ({ workplace }, request) => ok(listDuties(workplace, request))),
  'calendar.moves': forStaff(channels['calendar.moves'], ({ workplace }) => listCalendarMoves(workplace)),

  'draft.save': forStaff(channels['draft.save'], ({ workplace }, { key, text }, staff) => {
    const saved = workplace.store.drafts.save(draftKey(staff, key), text);
    return saved.ok ? ok({ done: true }) : saved;
  }),
  'draft.load': forStaff(channels['draft.load'], ({ workplace }, { key }, staff) => {
    const text = workplace.store.drafts.load(draftKey(staff, key));
    return ok(text === undefined ? {} : { text });
  }),
  'draft.remove': forStaff(channels['draft.remove'], ({ workplace }, { key }, staff) => {
    workplace.store.drafts.remove(draftKey(staff, key));
    return ok({ done: true });
  }),

  'forecast.view': forStaff(channels['forecast.view'], ({ workplace }) => ok(viewForecast(workplace))),
  'sync.view': forStaff(channels['sync.view'], ({ sync }) => ok(sync.view())),
  'sync.now': forStaff(channels['sync.now'], async ({ sync, workplace }) => {
    await within(workplace.ports.timers, roundPatience, sync.now());
    return ok(sync.view());
  }),
  'bundle.export-to': forStaff(channels['bundle.export-to'], ({ sync }, { file }) => sync.carrying.write(file)),
  'bundle.read-receipt-from': forStaff(channels['bundle.read-receipt-from'], ({ sync }, { file }) => sync.carrying.read(file)),
  'backup.make': forStaff(channels['backup.make'], ({ sync, backups }) => {
    const made = backups.now();
    return made.ok ? ok(sync.view()) : made;
  }),
  'backup.move-to': forStaff(channels['backup.move-to'], ({ backups }, { folder }) => {
    const made = backups.moveTo(folder);
    return made.ok ? ok({ chosen: true }) : made;
  }),
  'clock.confirm': forStaff(channels['clock.confirm'], ({ workplace }, { at }, staff) => confirmClock(workplace, staff.id, at)),

  'receipt.html': forStaff(channels['receipt.html'], ({ workplace }, request) => formHtml(workplace, request)),
  'close-sheet.html': forStaff(channels['close-sheet.html'], ({ workplace }, { date }) => closeSheetHtml(workplace, date)),
  'register.html': forStaff(channels['register.html'], ({ workplace }, span) => registerHtml(workplace, span)),
};
