import { agencyById, procedureInForce, type Catalogue } from '#shared/catalogue/index.ts';
import { civil, dueDate, formatDateTime } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { dossierKinds, type HandedOver, type Received, type ResultReady, type TimeSource } from './acts.ts';
import type { HandOverCommand, ReceiveCommand, ResultReadyCommand } from './commands.ts';
import type { DossierState } from './state.ts';

/** What a decision may lean on: all passed in, nothing read. */
export interface DecisionContext {
  /** Working time of the desk, milliseconds, and where it came from. */
  readonly now: { readonly at: number; readonly source: TimeSource };
  /** Internal id of the desk's agency. */
  readonly agency: string;
  readonly catalogue: Catalogue;
}

/** An entry in the making: what the log adds (seq, prev, tick, clock, actor) is not a decision. */
export interface Draft {
  readonly kind: string;
  readonly dossier: string;
  readonly after: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  /** Personal body to be sealed. */
  readonly personal?: Readonly<Record<string, unknown>>;
}

/**
 * Reception (Art. 17, Decree 118/2025/NĐ-CP): the term starts with acceptance and its date chooses the rule set.
 * `code` comes from the desk's lease, or is provisional.
 * Errors: `procedure.unknown`, `procedure.not-in-force`, `calendar.missing`.
 */
export function decideReception(command: ReceiveCommand, code: { text: string; provisional: boolean }, context: DecisionContext): Outcome<Draft[]> {
  const { now, catalogue } = context;
  const procedure = procedureInForce(catalogue, command.procedure, civil(now.at).date);
  if (!procedure.ok) return procedure;
  const calendar = catalogue.calendars.at(-1);
  const agency = agencyById(catalogue, context.agency);
  if (!calendar || !agency) return fail('calendar.missing', { date: civil(now.at).date });
  const due = dueDate({ acceptedAt: now.at, term: procedure.value.term, calendar, settings: catalogue.settings });
  if (!due.ok) return due;
  const facts: Received = {
    code: code.text,
    provisional: code.provisional,
    procedure: procedure.value.code,
    procedureVersion: procedure.value.version,
    catalogueVersion: catalogue.version,
    term: procedure.value.term,
    submittedAt: Math.min(command.submittedAt ?? now.at, now.at),
    acceptedAt: now.at,
    timeSource: now.source,
    due: due.value,
    papers: command.papers,
    sets: command.sets,
    channel: command.channel,
    receivingAgency: agency.id,
    competentAgency: agency.id,
    level: agency.level,
    fee: procedure.value.fee.amount,
  };
  return ok([{ kind: dossierKinds.received, dossier: command.dossier, after: [], facts: { ...facts }, personal: { ...command.personal } }]);
}

/**
 * What holds for every act on a dossier: nothing in it is unknown to this program, and a claimed time lies between the reception
 * and now. A claim is recorded as such and judged by people.
 */
function mayGoOn(state: DossierState, claimedAt: number | undefined, now: number): Outcome<true> {
  if (state.unknown.length > 0) return fail('dossier.read-only', { code: state.received.code });
  if (claimedAt === undefined) return ok(true);
  if (claimedAt > now) return fail('dossier.claimed-time-in-future');
  if (claimedAt < state.received.acceptedAt) return fail('dossier.claimed-time-before-reception');
  return ok(true);
}

/** The result is ready. Errors: `dossier.already-ready`, `dossier.already-returned`, `dossier.read-only`, a bad claim. */
export function decideResultReady(state: DossierState, command: ResultReadyCommand, context: DecisionContext): Outcome<Draft[]> {
  const { code } = state.received;
  if (state.handedOver) return fail('dossier.already-returned', { code, at: formatDateTime(state.handedOver.at) });
  if (state.ready) return fail('dossier.already-ready', { code, at: formatDateTime(state.ready.at) });
  const may = mayGoOn(state, command.claimedAt, context.now.at);
  if (!may.ok) return may;
  const facts: ResultReady = {
    at: context.now.at,
    timeSource: context.now.source,
    outcome: command.outcome,
    resultCount: command.resultCount,
    ...(command.claimedAt === undefined ? {} : { claimedAt: command.claimedAt }),
  };
  return ok([{
    kind: dossierKinds.resultReady, dossier: state.id, after: state.frontier, facts: { ...facts },
    ...(command.note ? { personal: { note: command.note } } : {}),
  }]);
}

/** The result is handed over. A hand-over without "ready" implies ready no later than it. Errors as for {@link decideResultReady}. */
export function decideHandOver(state: DossierState, command: HandOverCommand, context: DecisionContext): Outcome<Draft[]> {
  const { code } = state.received;
  if (state.handedOver) return fail('dossier.already-returned', { code, at: formatDateTime(state.handedOver.at) });
  const may = mayGoOn(state, command.claimedAt, context.now.at);
  if (!may.ok) return may;
  const facts: HandedOver = {
    at: context.now.at,
    timeSource: context.now.source,
    method: command.method,
    receiver: command.receiver,
    receiptShown: command.receiptShown,
    ...(command.claimedAt === undefined ? {} : { claimedAt: command.claimedAt }),
    ...(command.rating === undefined ? {} : { rating: command.rating }),
  };
  const personal = Object.fromEntries(Object.entries(command.personal ?? {}).filter(([, value]) => value !== undefined && value !== ''));
  return ok([{
    kind: dossierKinds.handedOver, dossier: state.id, after: state.frontier, facts: { ...facts },
    ...(Object.keys(personal).length > 0 ? { personal } : {}),
  }]);
}
