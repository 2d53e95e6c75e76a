import { actOf, dossierKinds, type AcceptedDossier } from '#shared/dossier/index.ts';
import type { VerdictKind } from '#shared/evidence/index.ts';
import type { EvidenceLine } from '#shared/province/index.ts';
import type { JudgedDossier } from '../judge/index.ts';
import type { ActLine } from './act-lines.ts';

type DueLine = Extract<EvidenceLine, { type: 'due' }>;
type StandingLine = Extract<EvidenceLine, { type: 'standing-still' }>;

/** Each due date that stood, the act that gave it, and what became of it by the verdict's own reasons. */
export function dueLines({ state, entries, verdict }: JudgedDossier): DueLine[] {
  const earlier = verdict.reasons.filter((reason) => reason.code === 'earlier-due');
  return state.stretches.flatMap(({ due, begunBy }, index): DueLine[] => {
    const entry = entries.find(({ hash }) => hash === begunBy);
    const act = entry && actOf(entry);
    if (!act) return [];
    const current = index === state.stretches.length - 1;
    const outcome = current ? outcomeOf(verdict.kind, earlier) : earlier[index]?.outcome;
    return [{ type: 'due', at: due.at, provisional: due.provisional, by: act.kind, current, ...(outcome ? { outcome } : {}) }];
  });
}

/** What became of the date that counts now. A dossier that is late by an earlier date says nothing about this one. */
function outcomeOf(kind: VerdictKind, earlier: readonly { readonly outcome: DueLine['outcome'] }[]): DueLine['outcome'] {
  const elsewhere = earlier.some(({ outcome }) => outcome !== 'kept');
  if (kind === 'on_time' || kind === 'cleared') return 'kept';
  if (kind === 'in_term' || kind === 'awaiting_desk') return 'open';
  return elsewhere ? undefined : kind === 'late' ? 'late' : 'unsure';
}

/** When the term stood still, from the act that stopped it to the one that let it run again. */
export function standingLines(state: AcceptedDossier, acts: readonly ActLine[]): StandingLine[] {
  const byEntry = new Map(acts.map((act) => [act.entry, act]));
  return state.stretches.flatMap(({ haltedBy }, index): StandingLine[] => {
    const halt = haltedBy === undefined ? undefined : byEntry.get(haltedBy);
    const why = halt?.act === dossierKinds.supplementRequested ? 'supplement' : halt?.act === dossierKinds.paymentRequested ? 'payment' : undefined;
    if (!halt || !why) return [];
    const next = state.stretches[index + 1]?.begunBy ?? state.stopped?.origin.entry;
    return [{ type: 'standing-still', at: halt.at, to: (next === undefined ? undefined : byEntry.get(next)?.at) ?? null, why }];
  });
}
