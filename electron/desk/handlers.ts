import type { z } from 'zod';
import type { Staff } from '#shared/catalogue/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { channels, type ChannelName } from '#shared/ipc/index.ts';
import { confirmClock, markReady, saveReception, saveReturn } from './commands.ts';
import { fetchDossier } from './fetch.ts';
import { findProcedures, listDossiers, previewReception, viewDay, viewDossier, viewDossierByCode } from './queries.ts';
import { receiptHtml } from './receipt.ts';
import { returnSlipHtml } from './return-slip.ts';
import { resolveScan } from './scan.ts';
import type { Session } from './session.ts';
import type { SyncClient } from './sync/client.ts';
import type { Workplace } from './workplace.ts';

/** Everything a handler may reach. `staff` is the person signed in, where the channel asks for one. */
export interface HandlerContext {
  readonly workplace: Workplace;
  readonly session: Session;
  readonly sync: SyncClient;
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

/** How long `sync.now` waits for its round before it answers with what is known, milliseconds. */
const roundPatience = 3_000;

/** How long `enrol.start` waits for the centre's word before it answers with what is known, milliseconds. */
const enrolPatience = 8_000;

/** What the work gives; undefined if it takes longer than `patience` milliseconds. The work goes on. */
async function within<T>({ ports }: Workplace, patience: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = ports.timers.after(patience, () => resolve(undefined));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}

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
    const started = await within(workplace, enrolPatience, sync.enrol(typed));
    return started && !started.ok ? started : ok(sync.enrolView());
  }),

  'scan.resolve': forStaff(channels['scan.resolve'], ({ workplace }, { text }) => resolveScan(workplace, text)),
  'procedure.search': forStaff(channels['procedure.search'], ({ workplace }, { text }) => findProcedures(workplace, text)),
  'reception.preview': forStaff(channels['reception.preview'], ({ workplace }, { procedure }) => previewReception(workplace, procedure)),
  'reception.save': forStaff(channels['reception.save'], ({ workplace }, command, staff) => saveReception(workplace, staff.id, command)),
  'result.mark-ready': forStaff(channels['result.mark-ready'], ({ workplace }, command, staff) => markReady(workplace, staff.id, command)),
  'return.save': forStaff(channels['return.save'], ({ workplace }, command, staff) => saveReturn(workplace, staff.id, command)),

  'dossier.get': forStaff(channels['dossier.get'], ({ workplace }, { dossier }) => viewDossier(workplace, dossier)),
  'dossier.by-code': forStaff(channels['dossier.by-code'], ({ workplace }, { code }) => viewDossierByCode(workplace, code)),
  'dossier.fetch': forStaff(channels['dossier.fetch'], ({ workplace, sync }, { code }) => fetchDossier(workplace, sync, code)),
  'dossier.list': forStaff(channels['dossier.list'], ({ workplace }, request) => ok(listDossiers(workplace, request))),
  'day.view': forStaff(channels['day.view'], ({ workplace }, { date }) => viewDay(workplace, date)),

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

  'sync.view': forStaff(channels['sync.view'], ({ sync }) => ok(sync.view())),
  'sync.now': forStaff(channels['sync.now'], async ({ sync, workplace }) => {
    await within(workplace, roundPatience, sync.now());
    return ok(sync.view());
  }),
  'clock.confirm': forStaff(channels['clock.confirm'], ({ workplace }, { at }, staff) => confirmClock(workplace, staff.id, at)),

  'receipt.html': forStaff(channels['receipt.html'], ({ workplace }, { dossier, form }) => (form === 'return' ? returnSlipHtml : receiptHtml)(workplace, dossier)),
};
