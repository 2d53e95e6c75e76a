import type { ReadEntry } from '#shared/log/index.ts';
import type { z } from 'zod';
import { centreAuditedSchema, centreDecisionClosedSchema, centreDecisionProposedSchema, centreKinds, type decisionBasisSchema, type CentreDecisionProposed } from '../ledger/index.ts';

/** What one officer proposed for a dossier, and what became of it. */
export interface Proposal {
  readonly proposal: string;
  readonly dossier: string;
  readonly outcome: CentreDecisionProposed['outcome'];
  /** The program's verdict it was proposed on. */
  readonly basis: z.infer<typeof decisionBasisSchema>;
  /** The proposal of the decision it replaces. */
  readonly reverses: string | undefined;
  /** Officer's id. */
  readonly proposedBy: string;
  /** The centre's time, milliseconds. */
  readonly proposedAt: number;
  /** Hash of the centre's entry; why and which papers are sealed beside it. */
  readonly entry: string;
  readonly closed: { readonly how: 'confirmed' | 'withdrawn'; readonly by: string; readonly at: number } | undefined;
}

/** All that people said about one dossier, in the order in which they said it. */
export interface DossierDecisions {
  /** The confirmed proposal that counts: the last one. */
  readonly standing: Proposal | undefined;
  readonly open: readonly Proposal[];
  readonly history: readonly Proposal[];
}

/** What was found when an act was audited. */
export interface Audited {
  readonly finding: 'as-judged' | 'doubtful';
  readonly by: string;
  readonly at: number;
  readonly entry: string;
}

/** What people said, read off the centre's own log. */
export interface PeoplesWord {
  take(entry: ReadEntry): void;
  /** By dossier. */
  readonly decisions: ReadonlyMap<string, DossierDecisions>;
  /** By the hash of the act that was audited; the last finding counts. */
  readonly audited: ReadonlyMap<string, Audited>;
}

interface Growing {
  standing: Proposal | undefined;
  open: Proposal[];
  history: Proposal[];
}

/**
 * Folds proposals, confirmations and audits. A confirmation counts only if it comes from another officer than the proposal, whatever
 * the program that wrote it allowed, and only while the proposal is open. A confirmed decision stands until another confirmed one
 * follows; one that reverses something else than what stands counts for nothing.
 */
export function peoplesWord(): PeoplesWord {
  const decisions = new Map<string, Growing>();
  const audited = new Map<string, Audited>();
  const proposals = new Map<string, Proposal>();

  function propose({ header, hash }: ReadEntry): void {
    const { proposal, dossier, outcome, basis, reverses, at } = centreDecisionProposedSchema.parse(header.facts);
    if (proposals.has(proposal)) return;
    const made: Proposal = { proposal, dossier, outcome, basis, reverses, proposedBy: header.actor, proposedAt: at, entry: hash, closed: undefined };
    proposals.set(proposal, made);
    const known = decisions.get(dossier);
    if (known) known.open.push(made);
    else decisions.set(dossier, { standing: undefined, open: [made], history: [made] });
    if (known) known.history.push(made);
  }

  function close({ header }: ReadEntry, how: 'confirmed' | 'withdrawn'): void {
    const { proposal, at } = centreDecisionClosedSchema.parse(header.facts);
    const open = proposals.get(proposal);
    const of = open && decisions.get(open.dossier);
    if (!open || !of || open.closed || (how === 'confirmed' && header.actor === open.proposedBy)) return;
    if (how === 'confirmed' && open.reverses !== of.standing?.proposal) return;
    const done: Proposal = { ...open, closed: { how, by: header.actor, at } };
    proposals.set(proposal, done);
    of.open = of.open.filter((one) => one.proposal !== proposal);
    of.history = of.history.map((one) => (one.proposal === proposal ? done : one));
    if (how === 'confirmed') of.standing = done;
  }

  return {
    decisions,
    audited,
    take(entry) {
      const { kind, facts, actor } = entry.header;
      if (kind === centreKinds.decisionProposed) propose(entry);
      else if (kind === centreKinds.decisionConfirmed) close(entry, 'confirmed');
      else if (kind === centreKinds.decisionWithdrawn) close(entry, 'withdrawn');
      else if (kind === centreKinds.audited) {
        const { act, finding, at } = centreAuditedSchema.parse(facts);
        audited.set(act, { finding, by: actor, at, entry: entry.hash });
      }
    },
  };
}
