import { erasureOf } from '#shared/dossier/index.ts';
import type { EntryHeader } from '#shared/log/index.ts';
import { centreDecisionProposedSchema, centreKinds } from '../ledger/index.ts';

/** Where an erased body stands. */
interface Place {
  readonly line: number;
  readonly log: string;
  readonly seq: number;
  /** What it is about, as far as its entry says. */
  readonly dossier: string | undefined;
  readonly proposal: string | undefined;
}

/** Holds the bodies that are marked as erased against the decisions of the centre's own log: an erasure that nobody decided is a body taken away. */
export class ErasedBodies {
  private readonly places: Place[] = [];
  private readonly decided = new Set<string>();
  /** The dossier of each proposal. */
  private readonly proposals = new Map<string, string>();

  /** An entry of the centre's own log. */
  said({ kind, facts, agency, dossier }: EntryHeader): void {
    if (dossier !== undefined && erasureOf({ kind, facts, agency })) this.decided.add(dossier);
    const proposed = kind === centreKinds.decisionProposed ? centreDecisionProposedSchema.safeParse(facts).data : undefined;
    if (proposed) this.proposals.set(proposed.proposal, proposed.dossier);
  }

  /** An entry whose body is marked as erased. */
  add({ log, seq, dossier, facts }: EntryHeader, line: number): void {
    this.places.push({ line, log, seq, dossier: dossier ?? textIn(facts, 'dossier'), proposal: textIn(facts, 'proposal') });
  }

  /** Those that no decision covers, once the whole file was read: what officers wrote comes before the decision that erases it. */
  undecided(): readonly Place[] {
    return this.places.filter(({ dossier, proposal }) => {
      const about = dossier ?? (proposal === undefined ? undefined : this.proposals.get(proposal));
      return about === undefined || !this.decided.has(about);
    });
  }
}

function textIn(facts: EntryHeader['facts'], name: string): string | undefined {
  const value = facts[name];
  return typeof value === 'string' ? value : undefined;
}
