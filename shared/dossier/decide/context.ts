import type { Catalogue } from '#shared/catalogue/index.ts';
import { fail, ok, type ErrorCode, type Outcome } from '#shared/errors/index.ts';
import { formatDateTime, ruleSetFor, type RuleSet, type Settings } from '#shared/deadline/index.ts';
import type { TimeSource } from '../acts/index.ts';
import type { DossierKind } from '../kinds.ts';
import { possibleIn, type Stage } from '../stage.ts';
import type { DossierState } from '../state.ts';
import { article, type Rule } from './articles.ts';

/** What a decision may lean on: all passed in, nothing read. */
export interface DecisionContext {
  /** Working time of the desk, milliseconds, and where it came from. */
  readonly now: { readonly at: number; readonly source: TimeSource };
  /** Internal id of the desk's agency. */
  readonly agency: string;
  readonly catalogue: Catalogue;
  /** The next code for a dossier handed in on a civil date; taken only by a decision that stands. */
  code(civilDate: string): { readonly text: string; readonly provisional: boolean };
  /** Whether the centre was asked just now what others recorded on the dossier; of those acts alone that need it. */
  readonly othersAsked?: boolean;
  /** The personal body as it stands, for corrections; undefined after an erasure. */
  personal?(): unknown;
}

/** An entry in the making: what the log adds (seq, prev, tick, clock, actor) is not a decision. */
export interface Draft {
  readonly kind: DossierKind;
  readonly dossier: string;
  readonly after: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  /** Personal body to be sealed. */
  readonly personal?: Readonly<Record<string, unknown>>;
}

/** The entry of an act; personal fields that are empty are left out, and the body with them if nothing is left. */
export function draft(kind: DossierKind, state: { readonly id: string; readonly frontier: readonly string[] }, facts: object, personal: object = {}): Draft {
  const said = Object.fromEntries(Object.entries(personal).filter(([, value]) => value !== undefined && value !== ''));
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return {
    kind, dossier: state.id, after: state.frontier, facts: known,
    ...(Object.keys(said).length > 0 ? { personal: said } : {}),
  };
}

export function at({ now }: DecisionContext): { at: number; timeSource: TimeSource } {
  return { at: now.at, timeSource: now.source };
}

/** Why an act is not possible in a stage, in the stage's own words. */
const refusalIn: Readonly<Record<Stage, ErrorCode>> = {
  submitted: 'dossier.not-accepted-yet',
  incomplete: 'dossier.incomplete',
  'not-accepted': 'dossier.refused-before',
  processing: 'dossier.still-processing',
  supplement: 'dossier.awaits-supplement',
  payment: 'dossier.awaits-payment',
  'stop-requested': 'dossier.awaits-stop',
  ready: 'dossier.already-ready',
  returned: 'dossier.already-returned',
  stopped: 'dossier.already-stopped',
};

/** When what stands in the way happened, for the sentence. */
function since(state: DossierState): number {
  const { stage } = state;
  const payment = state.payments.at(-1)?.requested.at;
  const supplement = state.supplements.at(-1)?.requested.at;
  const began = state.received?.acceptedAt ?? state.submitted?.at ?? 0;
  const times: Readonly<Record<Stage, number | undefined>> = {
    submitted: state.submitted?.at, incomplete: supplement, 'not-accepted': state.notAccepted?.at, processing: began, supplement, payment,
    'stop-requested': state.stopRequested?.at, ready: state.ready?.at, returned: state.handedOver?.at, stopped: state.stopped?.at,
  };
  return times[stage] ?? began;
}

/** The rule set a dossier goes by; before its acceptance that of today. */
export function rulesOf(state: DossierState, otherwise: RuleSet): RuleSet {
  return state.received?.due.ruleSet ?? otherwise;
}

/** Nothing in a dossier is unknown to this program, and its personal data was not erased. Errors: `dossier.read-only`, `dossier.erased`. */
export function mayBeActedOn(state: DossierState): Outcome<true> {
  if (state.unknown.length > 0) return fail('dossier.read-only', { code: state.code });
  return state.erased ? fail('dossier.erased', { code: state.code }) : ok(true);
}

/**
 * What holds for every act on a dossier: nothing in it is unknown to this program, and the act is possible in its stage. The
 * refusal says where the dossier stands and names the article that rules the act.
 */
export function mayHappen(state: DossierState, kind: DossierKind, rule: Rule, ruleSet: RuleSet): Outcome<true> {
  const open = mayBeActedOn(state);
  if (!open.ok) return open;
  return possibleIn[kind].includes(state.stage) ? ok(true) : mayNot(state, rule, ruleSet);
}

/** What was withdrawn before its acceptance stands in the same stages as what was accepted; acts on a term or a result need the acceptance. */
export function wasAccepted(state: DossierState, rule: Rule, settings: Settings): Outcome<true> {
  if (state.received) return ok(true);
  return fail('dossier.not-accepted-yet', { code: state.code, article: article(rule, ruleSetFor(state.submitted?.at ?? 0, settings)) });
}

/** The refusal of an act for where the dossier stands. */
export function mayNot(state: DossierState, rule: Rule, ruleSet: RuleSet): Outcome<never> {
  return fail(refusalIn[state.stage], { code: state.code, at: formatDateTime(since(state)), article: article(rule, ruleSet) });
}
