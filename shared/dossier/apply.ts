import type { DueDate } from '#shared/deadline/index.ts';
import type { CorrectedField, ReceivedPaper } from './acts/index.ts';
import type { Half } from './hops.ts';
import { dossierKinds } from './kinds.ts';
import type { Act } from './shapes.ts';
import { possibleIn, type Stage } from './stage.ts';
import type { DossierState, Origin, Recorded, Stretch } from './state.ts';

/** A state in the making; only the fold has one. */
export interface Working {
  stage: Stage | 'none';
  /** The entry that brought the stage about. */
  stageBy: string;
  mapped: { code: string; provisional: string; entry: string } | undefined;
  submitted: DossierState['submitted'];
  received: DossierState['received'];
  due: DueDate | undefined;
  apology: DossierState['apology'];
  appointment: DueDate | undefined;
  stretches: Stretch[];
  papers: ReceivedPaper[];
  sets: number;
  supplements: DossierState['supplements'];
  payments: DossierState['payments'];
  extensions: DossierState['extensions'];
  apologised: DossierState['apologised'];
  halves: Half[];
  notAccepted: DossierState['notAccepted'];
  stopRequested: DossierState['stopRequested'];
  stopped: DossierState['stopped'];
  ready: DossierState['ready'];
  notified: DossierState['notified'];
  handedOver: DossierState['handedOver'];
  corrections: DossierState['corrections'];
  resultCorrections: DossierState['resultCorrections'];
  attachments: DossierState['attachments'];
  personalEntry: string | undefined;
}

export function emptyWorking(): Working {
  return {
    stage: 'none', stageBy: '', mapped: undefined, submitted: undefined, received: undefined, due: undefined, apology: undefined, appointment: undefined,
    stretches: [], papers: [], sets: 1, supplements: [], payments: [], extensions: [], apologised: undefined, halves: [], notAccepted: undefined,
    stopRequested: undefined, stopped: undefined, ready: undefined, notified: [], handedOver: undefined, corrections: [], resultCorrections: [], attachments: [],
    personalEntry: undefined,
  };
}

/** What applying an act came to: nothing, or the entry it contradicts. */
export type Clash = { readonly kept: string } | undefined;

/** What is known of an act's entry beside its facts. */
export interface Circumstances {
  readonly origin: Origin;
  /** Whether it has a personal body. */
  readonly sealed: boolean;
  /** Whether its author knew another entry. */
  readonly knew: (entry: string) => boolean;
}

/** Applies one act, or says with which entry it clashes and changes nothing. */
export function apply(work: Working, act: Act, { origin, sealed, knew }: Circumstances): Clash {
  if (!possibleIn[act.kind].includes(work.stage)) return { kept: holderOf(work, act.kind) ?? work.stageBy };
  const { entry } = origin;
  switch (act.kind) {
    case dossierKinds.submitted:
      work.submitted = { ...act.facts, origin };
      work.personalEntry = entry;
      return move(work, 'submitted', entry);
    case dossierKinds.received: {
      const { facts } = act;
      work.received = { ...facts, origin };
      // What was set right while this reception was on its way stays right.
      const unknown = work.corrections.filter((correction) => !knew(correction.origin.entry));
      if (!unknown.some((correction) => correction.papers)) work.papers = facts.papers;
      if (!unknown.some((correction) => correction.sets !== undefined)) work.sets = facts.sets;
      if (work.personalEntry === undefined || (sealed && !unknown.some((correction) => partsOf(correction.fields).has('person')))) work.personalEntry = entry;
      run(work, facts, entry);
      return move(work, 'processing', entry);
    }
    case dossierKinds.notAccepted:
      work.notAccepted = { ...act.facts, origin };
      return move(work, 'not-accepted', entry);
    case dossierKinds.forwarded: {
      const same = work.halves.find((half) => 'given' in half && half.given.hop === act.facts.hop);
      if (same && 'given' in same) return { kept: same.given.origin.entry };
      work.halves.push({ given: { ...act.facts, origin } });
      return undefined;
    }
    case dossierKinds.takenOver: {
      const same = work.halves.find((half) => 'taken' in half && half.taken.hop === act.facts.hop);
      if (same && 'taken' in same) return { kept: same.taken.origin.entry };
      work.halves.push({ taken: { ...act.facts, origin } });
      return undefined;
    }
    case dossierKinds.supplementRequested: {
      if ((act.facts.stage === 'counter') !== (work.stage === 'submitted')) return { kept: work.stageBy };
      work.supplements.push({ requested: { ...act.facts, origin } });
      halt(work, entry);
      return move(work, act.facts.stage === 'counter' ? 'incomplete' : 'supplement', entry);
    }
    case dossierKinds.supplementCompleted: {
      const open = work.supplements.at(-1);
      if (!open || open.completed) return { kept: work.stageBy };
      open.completed = { ...act.facts, origin };
      work.papers = mergePapers(work.papers, act.facts.papers);
      run(work, act.facts, entry);
      return move(work, 'processing', entry);
    }
    case dossierKinds.paymentRequested:
      work.payments.push({ requested: { ...act.facts, origin } });
      if (act.facts.pauses) halt(work, entry);
      return move(work, 'payment', entry);
    case dossierKinds.paid: {
      const open = work.payments.at(-1);
      if (!open || open.paid) return { kept: work.stageBy };
      open.paid = { ...act.facts, origin };
      if (act.facts.due) run(work, { ...act.facts, due: act.facts.due }, entry);
      return move(work, 'processing', entry);
    }
    case dossierKinds.extended: {
      const [first] = work.extensions;
      if (first) return { kept: first.origin.entry };
      work.extensions.push({ ...act.facts, origin });
      run(work, act.facts, entry);
      return undefined;
    }
    case dossierKinds.apologised: {
      if (work.apologised) return { kept: work.apologised.origin.entry };
      work.apologised = { ...act.facts, origin };
      if (act.facts.movesDue) run(work, { due: act.facts.appointment }, entry);
      else work.appointment = act.facts.appointment;
      return undefined;
    }
    case dossierKinds.dueComputedAgain:
      // Two desks may compute the same date; two dates are a contradiction.
      if (!work.due?.provisional) return work.due?.at === act.facts.due.at ? undefined : { kept: work.stretches.at(-1)?.begunBy ?? work.stageBy };
      run(work, act.facts, entry);
      return undefined;
    case dossierKinds.stopRequested:
      work.stopRequested = { ...act.facts, origin };
      return move(work, 'stop-requested', entry);
    case dossierKinds.stopped:
      work.stopped = { ...act.facts, origin };
      return move(work, 'stopped', entry);
    case dossierKinds.resultReady:
      if (work.ready || !work.received) return { kept: work.ready?.origin.entry ?? work.stageBy };
      work.ready = { ...act.facts, origin };
      return work.stage === 'returned' ? undefined : move(work, 'ready', entry);
    case dossierKinds.notified:
      work.notified.push({ ...act.facts, origin });
      return undefined;
    case dossierKinds.handedOver:
      work.handedOver = { ...act.facts, origin };
      return move(work, 'returned', entry);
    case dossierKinds.corrected: {
      // It names the whole of each part it changes: one that did not know another would silently undo it.
      const parts = partsOf(act.facts.fields);
      const undone = work.corrections.find((other) => !knew(other.origin.entry) && [...partsOf(other.fields)].some((part) => parts.has(part)));
      if (undone) return { kept: undone.origin.entry };
      work.corrections.push({ ...act.facts, origin });
      work.papers = act.facts.papers ?? work.papers;
      work.sets = act.facts.sets ?? work.sets;
      if (sealed && parts.has('person')) work.personalEntry = entry;
      return undefined;
    }
    case dossierKinds.resultCorrectionRequested: {
      const open = work.resultCorrections.find(({ corrected }) => !corrected);
      if (open) return { kept: open.requested.origin.entry };
      work.resultCorrections.push({ requested: { ...act.facts, origin } });
      return undefined;
    }
    case dossierKinds.resultCorrected: {
      const open = work.resultCorrections.find(({ corrected }) => !corrected);
      if (!open) return { kept: work.resultCorrections.at(-1)?.corrected?.origin.entry ?? work.stageBy };
      open.corrected = { ...act.facts, origin };
      return undefined;
    }
    case dossierKinds.codeMapped:
      // Every desk with a part may note the same mapping; another code for the same dossier is a contradiction.
      if (work.mapped && work.mapped.code !== act.facts.code) return { kept: work.mapped.entry };
      work.mapped ??= { ...act.facts, entry };
      return undefined;
    case dossierKinds.attached:
      // Two desks may attach the same content; both acts stand, and contradict nothing.
      work.attachments.push({ ...act.facts, origin });
      return undefined;
    case dossierKinds.conflictSettled: case dossierKinds.erased:
      // Read before the fold: the one says which acts are folded at all, the other holds whenever it came.
      return undefined;
  }
}

/** The parts of a dossier's data that are corrected as a whole. */
function partsOf(fields: readonly CorrectedField[]): ReadonlySet<'person' | 'papers' | 'sets'> {
  return new Set(fields.map((field) => (field === 'papers' || field === 'sets' ? field : 'person')));
}

function move(work: Working, stage: Stage, entry: string): undefined {
  work.stage = stage;
  work.stageBy = entry;
}

/** The term stops running towards the due date that stood. */
function halt(work: Working, entry: string): void {
  const last = work.stretches.at(-1);
  if (last && last.haltedBy === undefined) last.haltedBy = entry;
}

/** From here on the term runs towards a new due date. */
function run(work: Working, reckoned: { readonly due: DueDate; readonly apology?: DossierState['apology'] | undefined }, entry: string): void {
  halt(work, entry);
  work.due = reckoned.due;
  work.appointment = reckoned.due;
  work.apology = reckoned.apology;
  work.stretches.push({ due: reckoned.due, begunBy: entry });
}

/** The act of the same kind that already stands, where there can be only one. */
function holderOf(work: Working, kind: Act['kind']): string | undefined {
  const single: Partial<Record<Act['kind'], Recorded<object> | undefined>> = {
    [dossierKinds.submitted]: work.submitted, [dossierKinds.received]: work.received, [dossierKinds.notAccepted]: work.notAccepted,
    [dossierKinds.stopRequested]: work.stopRequested, [dossierKinds.stopped]: work.stopped, [dossierKinds.resultReady]: work.ready,
    [dossierKinds.handedOver]: work.handedOver,
  };
  return single[kind]?.origin.entry;
}

/** Papers by code: those that came later take the place of those asked for. */
function mergePapers(before: readonly ReceivedPaper[], came: readonly ReceivedPaper[]): ReceivedPaper[] {
  const merged = new Map(before.map((paper) => [paper.code, paper]));
  for (const paper of came) merged.set(paper.code, paper);
  return [...merged.values()];
}
