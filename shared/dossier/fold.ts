import type { ReadEntry } from '#shared/log/index.ts';
import { apply, emptyWorking, type Working } from './apply.ts';
import { matchHops } from './hops.ts';
import { erasureOf } from './erasure.ts';
import { dossierKinds } from './kinds.ts';
import { readSettlements } from './settlement.ts';
import { actSchema, type Act } from './shapes.ts';
import type { Conflict, DossierState, Origin } from './state.ts';

/** The fold's order: tick, then log, then seq. Credible time judges and displays; it never orders, because it moves. */
export function inFoldOrder(a: ReadEntry, b: ReadEntry): number {
  return a.header.tick - b.header.tick || compare(a.header.log, b.header.log) || a.header.seq - b.header.seq || compare(a.hash, b.hash);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function originOf(entry: ReadEntry): Origin {
  const { log, seq, tick, agency, actor } = entry.header;
  return { entry: entry.hash, log, seq, tick, agency, actor };
}

/** The act an entry records; undefined for a kind or a shape this program does not know. */
export function actOf(entry: ReadEntry): Act | undefined {
  const { kind, facts } = entry.header;
  return actSchema.safeParse({ kind, facts }).data;
}

/**
 * The state of the dossier whose entries are given, in any order and with repetitions; undefined while neither its submission
 * nor its reception is among them (a later entry may arrive first).
 */
export function foldDossier(entries: Iterable<ReadEntry>): DossierState | undefined {
  const unique = new Map<string, ReadEntry>();
  for (const entry of entries) unique.set(entry.hash, entry);
  const ordered = [...unique.values()].sort(inFoldOrder);
  const { dropped, conflicts: unsettled } = readSettlements(ordered);

  const work = emptyWorking();
  const conflicts: Conflict[] = [...unsettled];
  const unknown: string[] = [];
  const named = new Set<string>();
  const early: { readonly kind: string; readonly hash: string }[] = [];
  let id: string | undefined;
  let first = '';
  for (const entry of ordered) {
    for (const known of entry.header.after ?? []) named.add(known);
    const act = actOf(entry);
    if (!act) {
      unknown.push(entry.hash);
      continue;
    }
    if (dropped.has(entry.hash) || act.kind === dossierKinds.erased) continue;
    if (work.stage === 'none' && !begins(act)) {
      // A settlement counts already, wherever it stands.
      if (act.kind !== dossierKinds.conflictSettled) early.push({ kind: act.kind, hash: entry.hash });
      continue;
    }
    if (work.stage === 'none') first = entry.hash;
    id ??= entry.header.dossier;
    const clash = apply(work, act, { origin: originOf(entry), sealed: entry.header.sealed !== undefined, knew: (other) => knew(unique, entry, other) });
    if (clash) conflicts.push({ kind: act.kind, kept: clash.kept, other: entry.hash });
  }
  if (work.stage === 'none' || id === undefined) return undefined;
  // An act that stands before the beginning that counts: its author knew another beginning.
  for (const { kind, hash } of early) conflicts.push({ kind, kept: first, other: hash });
  return finish(work, {
    id, conflicts, unknown,
    dropped: [...dropped].filter((hash) => unique.has(hash)).sort(compare),
    frontier: ordered.filter((entry) => !named.has(entry.hash)).map((entry) => entry.hash).sort(compare),
    entryCount: ordered.length,
    ...erasedBy(ordered),
  });
}

/** The first erasure of the dossier, if there is one. */
function erasedBy(ordered: readonly ReadEntry[]): Pick<DossierState, 'erased'> {
  for (const entry of ordered) {
    const erasure = erasureOf(entry.header);
    if (erasure) return { erased: { at: erasure.at, authority: erasure.authority } };
  }
  return {};
}

/** Whether the author of an entry knew another: it names it in `after`, or names one whose author knew it. */
function knew(entries: ReadonlyMap<string, ReadEntry>, { header }: ReadEntry, other: string): boolean {
  const waiting = [...(header.after ?? [])];
  const seen = new Set<string>();
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    if (hash === other) return true;
    if (seen.has(hash)) continue;
    seen.add(hash);
    waiting.push(...(entries.get(hash)?.header.after ?? []));
  }
  return false;
}

function begins({ kind }: Act): boolean {
  return kind === 'dossier.submitted' || kind === 'dossier.received';
}

function finish(work: Working, rest: Pick<DossierState, 'id' | 'conflicts' | 'unknown' | 'dropped' | 'frontier' | 'entryCount' | 'erased'>): DossierState {
  const { received, submitted, mapped } = work;
  const first = received ?? submitted;
  if (!first || work.stage === 'none' || work.personalEntry === undefined) throw new RangeError('a dossier begins with a submission or a reception');
  const known = mapped !== undefined && mapped.provisional === first.code ? mapped : undefined;
  return {
    ...rest,
    stage: work.stage,
    code: known?.code ?? first.code,
    provisional: known === undefined && first.provisional,
    ...(known ? { formerCode: first.code } : {}),
    procedure: first.procedure, procedureVersion: first.procedureVersion,
    receivingAgency: first.receivingAgency, competentAgency: first.competentAgency,
    ...(submitted ? { submitted } : {}),
    ...(received ? { received } : {}),
    ...(work.due ? { due: work.due } : {}),
    ...(work.apology ? { apology: work.apology } : {}),
    ...(work.appointment ? { appointment: work.appointment } : {}),
    ...(work.apologised ? { apologised: work.apologised } : {}),
    ...(work.notAccepted ? { notAccepted: work.notAccepted } : {}),
    ...(work.stopRequested ? { stopRequested: work.stopRequested } : {}),
    ...(work.stopped ? { stopped: work.stopped } : {}),
    ...(work.ready ? { ready: work.ready } : {}),
    ...(work.handedOver ? { handedOver: work.handedOver } : {}),
    stretches: work.stretches, papers: work.papers, sets: work.sets, supplements: work.supplements, payments: work.payments, extensions: work.extensions,
    hops: matchHops(work.halves), notified: work.notified, corrections: work.corrections, resultCorrections: work.resultCorrections, attachments: work.attachments,
    personalEntry: work.personalEntry,
  };
}
