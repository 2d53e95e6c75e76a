import type { Catalogue } from '#shared/catalogue/index.ts';
import { actOf, dossierKinds, type Act, type DossierKind } from '#shared/dossier/index.ts';
import { toldTime, type CredibleInterval } from '#shared/evidence/index.ts';
import type { ActRef, EvidenceLine } from '#shared/province/index.ts';
import type { JudgedProvince, UnacceptedDossier } from '../judge/index.ts';
import { agencyName } from './names.ts';

export type ActLine = Extract<EvidenceLine, { type: 'act' }>;

const completing: ReadonlySet<DossierKind> = new Set([dossierKinds.resultReady, dossierKinds.handedOver, dossierKinds.stopped, dossierKinds.stopRequested]);

/** Every act of a dossier with its credible interval, whatever its kind, those that count for nothing included. */
export function actLines({ state, entries }: UnacceptedDossier, judged: JudgedProvince, catalogue: Catalogue | undefined): ActLine[] {
  const nameOf = (id: string): string => agencyName(catalogue, id);
  const read = new Map(entries.map((entry) => [entry.hash, { entry, act: actOf(entry) }]));
  const refTo = (hash: string): ActRef[] => {
    const found = read.get(hash);
    return found?.act ? [{ act: found.act.kind, agencyName: nameOf(found.entry.header.agency), seq: found.entry.header.seq }] : [];
  };
  const halting = new Set(state.stretches.flatMap(({ begunBy, haltedBy }) => [begunBy, haltedBy]));

  return entries.flatMap((entry): ActLine[] => {
    const { log, seq, agency, clock } = entry.header;
    const evidence = judged.evidenceFor(entry);
    const interval = evidence?.interval(seq);
    const act = read.get(entry.hash)?.act;
    if (!evidence || !interval || !act) return [];
    const told = toldTime(act) ?? { at: clock.wall, source: 'wall' as const, claimedAt: undefined };
    const arrivedAt = evidence.arrival(seq)?.at;
    return [{
      type: 'act',
      act: act.kind,
      at: middle(interval, told.at),
      recordedAt: told.at,
      recordedBy: told.source,
      ...(told.claimedAt === undefined ? {} : { claimedAt: told.claimedAt }),
      wall: clock.wall,
      interval,
      ...(arrivedAt === undefined ? {} : { arrivedAt }),
      entry: entry.hash,
      log,
      seq,
      agency,
      agencyName: nameOf(agency),
      ...termOf(act),
      ...(act.kind === dossierKinds.forwarded || act.kind === dossierKinds.takenOver ? { from: nameOf(act.facts.fromAgency), to: nameOf(act.facts.toAgency) } : {}),
      ...(act.kind === dossierKinds.conflictSettled ? settlementOf(act.facts, refTo) : {}),
      against: state.conflicts.flatMap(({ kept, other }) => (kept === entry.hash ? refTo(other) : other === entry.hash ? refTo(kept) : [])),
      dropped: state.dropped.includes(entry.hash),
      decides: completing.has(act.kind) || (halting.has(entry.hash) && act.kind !== dossierKinds.received),
    }];
  });
}

/** The dates an act gives: the due date, a new appointment beside it, or until when somebody has to do something. */
function termOf({ kind, facts }: Act): Pick<ActLine, 'due' | 'appointment' | 'until'> {
  switch (kind) {
    case dossierKinds.received: case dossierKinds.supplementCompleted: case dossierKinds.extended: case dossierKinds.dueComputedAgain: return { due: facts.due.at };
    case dossierKinds.paid: return facts.due ? { due: facts.due.at } : {};
    case dossierKinds.apologised: return facts.movesDue ? { due: facts.appointment.at } : { appointment: facts.appointment.appointment ?? facts.appointment.at };
    case dossierKinds.submitted: return facts.answerBy === undefined ? {} : { until: facts.answerBy };
    case dossierKinds.supplementRequested: return { until: facts.completeBy };
    case dossierKinds.paymentRequested: return facts.payBy === undefined ? {} : { until: facts.payBy };
    case dossierKinds.forwarded: return facts.by === undefined ? {} : { until: facts.by };
    case dossierKinds.resultCorrectionRequested: return { until: facts.by };
    default: return {};
  }
}

function settlementOf({ kept, dropped }: { readonly kept: string; readonly dropped: readonly string[] }, refTo: (hash: string) => ActRef[]): Pick<ActLine, 'kept' | 'drops'> {
  const [standing] = refTo(kept);
  return { ...(standing ? { kept: standing } : {}), drops: dropped.flatMap(refTo) };
}

/** Where an act is drawn: the middle of its interval, the end that is known, or where the desk put it. */
function middle({ min, max }: CredibleInterval, recordedAt: number): number {
  if (min !== null && max !== null) return Math.round((min + max) / 2);
  return min ?? max ?? recordedAt;
}
