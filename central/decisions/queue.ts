import { awaitingLimit, type Verdict } from '#shared/evidence/index.ts';
import type { QueueLine, QueueReason } from '#shared/province/index.ts';
import type { Proposal } from '../judge/index.ts';
import { agencyName, type Standing } from '../reports/index.ts';
import { waitingAudit } from './case.ts';

/** One line of the queue, and what is proposed about it by whom. */
export interface WaitingDossier {
  readonly line: Omit<QueueLine, 'proposal'>;
  readonly proposal: Proposal | undefined;
}

/** Every dossier that waits for people, the longest waiting first; a dossier that waits to be decided and to be audited stands once. */
export function waitingDossiers({ judged, catalogue }: Standing): WaitingDossier[] {
  const found: WaitingDossier[] = [];
  for (const [dossier, { state, verdict }] of judged.dossiers) {
    const decisions = judged.word.decisions.get(dossier);
    const [proposal] = decisions?.open ?? [];
    const reason = reasonOf(verdict);
    // What is proposed waits for another officer, though the dossier itself may not: a decision in force is to be changed, or evidence came meanwhile.
    if (!reason && !proposal) continue;
    const { code, procedure, competentAgency, received: { level } } = state;
    const line = {
      dossier, code, procedure, level, agency: competentAgency, agencyName: agencyName(catalogue, competentAgency),
      reason: reason ?? 'proposed', since: reason ? sinceWhen(verdict, reason, judged.word) : proposal?.proposedAt ?? judged.now, verdict,
    };
    found.push({ line, proposal });
  }
  return found.sort((a, b) => a.line.since - b.line.since || (a.line.code < b.line.code ? -1 : a.line.code > b.line.code ? 1 : 0));
}

/** Whether one officer's look at the papers is all that is waited for. */
export function isAudit(reason: QueueReason): boolean {
  return reason === 'audit-unexplained' || reason === 'audit-drawn';
}

function reasonOf(verdict: Verdict): QueueReason | undefined {
  if (!verdict.forPeople) {
    const audit = waitingAudit(verdict);
    return audit && (audit.why === 'unexplained' ? 'audit-unexplained' : 'audit-drawn');
  }
  const codes = new Set(verdict.reasons.map(({ code }) => code));
  const { interval } = verdict;
  if (verdict.reasons.some((reason) => reason.code === 'decided' && reason.outdated)) return 'outdated';
  if (verdict.reasons.some((reason) => reason.code === 'audit' && reason.finding === 'doubtful')) return 'doubtful-audit';
  if (verdict.kind === 'entered_late') return 'entered-late';
  const torn = interval && interval.min !== null && interval.max !== null && interval.min > interval.max;
  if (torn || codes.has('unknown-entries')) return 'contradiction';
  if (codes.has('due-disputed') || codes.has('moved-due-disputed') || codes.has('due-provisional')) return 'due-disputed';
  return verdict.kind === 'awaiting_desk' ? 'awaiting-desk' : 'straddles';
}

/** Since when it waits: for the news of it, the end of the time a desk is waited for, the finding or the decision that brought it before people. */
function sinceWhen(verdict: Verdict, reason: QueueReason, { audited }: Standing['judged']['word']): number {
  const news = verdict.newsAt ?? verdict.due;
  if (reason === 'awaiting-desk') return verdict.due + awaitingLimit;
  if (reason === 'doubtful-audit') return (verdict.act === undefined ? undefined : audited.get(verdict.act)?.at) ?? news;
  if (reason === 'outdated') return Math.max(news, ...verdict.reasons.map((one) => (one.code === 'decided' ? one.at : -Infinity)));
  return news;
}
