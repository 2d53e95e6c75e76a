import { basisOfVerdict, sameBasis, type DossierDecisions, type VerdictBasis } from '#shared/province/index.ts';
import type { Verdict } from '#shared/evidence/index.ts';
import type { DossierDecisions as PeoplesDecisions, Proposal } from '../judge/index.ts';
import type { Standing } from '../reports/index.ts';

/** One dossier as it lies before the people who decide. */
export interface DossierCase {
  readonly dossier: string;
  readonly verdict: Verdict;
  /** What the program itself says. */
  readonly basis: VerdictBasis;
  readonly standing: Proposal | undefined;
  readonly open: readonly Proposal[];
  readonly history: readonly Proposal[];
}

const nothingSaid: PeoplesDecisions = { standing: undefined, open: [], history: [] };

/** The case of a dossier; undefined for one that is not judged. */
export function caseOf({ judged }: Standing, dossier: string): DossierCase | undefined {
  const verdict = judged.dossiers.get(dossier)?.verdict;
  if (!verdict) return undefined;
  const { standing, open, history } = judged.word.decisions.get(dossier) ?? nothingSaid;
  return { dossier, verdict, basis: basisOfVerdict(verdict), standing, open, history };
}

/** Whether a proposal is still about what it was made on: the same verdict of the program, the same decision in force. */
export function isCurrent({ basis, standing }: DossierCase, proposal: { readonly basis: VerdictBasis; readonly reverses?: string | undefined }): boolean {
  return sameBasis(basis, proposal.basis) && standing?.proposal === proposal.reverses;
}

/** Whether people have anything to say: the program leaves the dossier to them, or a decision is in force that could be changed. */
export function isForPeople({ verdict, standing }: DossierCase): boolean {
  return verdict.forPeople || decisionInForce(standing);
}

export function decisionInForce(standing: Proposal | undefined): boolean {
  return standing !== undefined && standing.outcome !== 'open';
}

/** The act that waits to be audited. */
export function waitingAudit({ audit, act, reasons }: Verdict): DossierDecisions['audit'] {
  const why = reasons.find((reason) => reason.code === 'audit')?.why;
  return audit && act && why ? { act, why } : undefined;
}
