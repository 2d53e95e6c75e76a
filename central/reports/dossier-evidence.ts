import type { Catalogue } from '#shared/catalogue/index.ts';
import { dossierKinds, handedOverSchema, receivedSchema, resultReadySchema, type TimeSource } from '#shared/dossier/index.ts';
import { explainVerdict, type CredibleInterval } from '#shared/evidence/index.ts';
import type { Entry } from '#shared/log/index.ts';
import type { DossierEvidence, EvidenceLine } from '#shared/province/index.ts';
import type { JudgedDossier, JudgedProvince } from '../judge/index.ts';
import { agencyName } from './results.ts';

type ActLine = Extract<EvidenceLine, { type: 'act' }>;

/** One dossier's evidence as a timeline: acts with their intervals, the anchors around them, outages of both sides, due date, news. */
export function evidenceOf(dossier: JudgedDossier, judged: JudgedProvince, catalogue: Catalogue | undefined): DossierEvidence {
  const { state, verdict } = dossier;
  const { received } = state;
  const acts = dossier.entries.flatMap((entry) => actLine(entry, dossier, judged, catalogue) ?? []);
  const timeline: EvidenceLine[] = [
    ...acts,
    ...anchorLines(acts, judged),
    ...stretchLines(dossier, acts, judged),
    { type: 'due', at: state.due.at, provisional: state.due.provisional },
    ...(verdict.newsAt === undefined ? [] : [{ type: 'news' as const, at: verdict.newsAt }]),
  ];
  return {
    dossier: state.id,
    code: state.code,
    procedure: received.procedure,
    level: received.level,
    receivingAgency: received.receivingAgency,
    competentAgency: received.competentAgency,
    competentAgencyName: agencyName(catalogue, received.competentAgency),
    now: judged.now,
    verdict,
    words: { vi: explainVerdict(verdict, 'vi'), en: explainVerdict(verdict, 'en') },
    timeline: timeline.sort((a, b) => a.at - b.at),
  };
}

/** What an act's entry says of itself, whichever of the three it is. */
function factsOf(entry: Entry): { act: ActLine['act']; at: number; timeSource: TimeSource; claimedAt?: number | undefined } | undefined {
  const { kind, facts } = entry.header;
  if (kind === dossierKinds.received) {
    const parsed = receivedSchema.safeParse(facts);
    return parsed.success ? { act: 'received', at: parsed.data.acceptedAt, timeSource: parsed.data.timeSource } : undefined;
  }
  const act = kind === dossierKinds.resultReady ? 'ready' : kind === dossierKinds.handedOver ? 'handed-over' : undefined;
  if (!act) return undefined;
  const parsed = act === 'ready' ? resultReadySchema.safeParse(facts) : handedOverSchema.safeParse(facts);
  return parsed.success ? { act, at: parsed.data.at, timeSource: parsed.data.timeSource, claimedAt: parsed.data.claimedAt } : undefined;
}

function actLine(entry: Entry, { state }: JudgedDossier, judged: JudgedProvince, catalogue: Catalogue | undefined): ActLine | undefined {
  const { log, seq, agency, clock } = entry.header;
  const evidence = judged.logs.get(log)?.evidence;
  const interval = evidence?.interval(seq);
  const facts = factsOf(entry);
  if (!evidence || !interval || !facts) return undefined;
  const arrivedAt = evidence.arrival(seq)?.at;
  return {
    type: 'act',
    act: facts.act,
    at: middle(interval, facts.at),
    recordedAt: facts.at,
    recordedBy: facts.timeSource,
    ...(facts.claimedAt === undefined ? {} : { claimedAt: facts.claimedAt }),
    wall: clock.wall,
    interval,
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    entry: entry.hash,
    log,
    seq,
    agency,
    agencyName: agencyName(catalogue, agency),
    conflict: state.conflicts.some(({ kept, other }) => kept === entry.hash || other === entry.hash),
  };
}

/** Where an act is drawn: the middle of its interval, the end that is known, or where the desk put it. */
function middle({ min, max }: CredibleInterval, recordedAt: number): number {
  if (min !== null && max !== null) return Math.round((min + max) / 2);
  return min ?? max ?? recordedAt;
}

/** The anchors nearest to each act on both sides, each once. */
function anchorLines(acts: readonly ActLine[], judged: JudgedProvince): EvidenceLine[] {
  const lines = new Map<string, EvidenceLine>();
  for (const { log, seq } of acts) {
    const anchors = judged.logs.get(log)?.evidence.anchors ?? [];
    for (const near of [anchors.findLast((anchor) => anchor.seq < seq), anchors.find((anchor) => anchor.seq > seq)]) {
      if (near) lines.set(`${log} ${near.seq}`, { type: 'anchor', at: near.t, rho: near.rho, number: near.number, log, seq: near.seq });
    }
  }
  return [...lines.values()];
}

/** Outages and switched-off stretches that touch the time from the first completing act to its news or to now. */
function stretchLines({ state, verdict }: JudgedDossier, acts: readonly ActLine[], judged: JudgedProvince): EvidenceLine[] {
  const completing = acts.filter(({ act }) => act !== 'received');
  const from = Math.min(state.due.at, ...completing.map(({ interval }) => interval.min ?? Infinity));
  const to = Math.max(state.due.at, verdict.newsAt ?? judged.now);
  const touches = (start: number, end: number): boolean => start <= to && end >= from;
  const lines: EvidenceLine[] = [];
  for (const gap of judged.word.gaps) {
    if (touches(gap.from, gap.to)) lines.push({ type: 'outage', at: gap.from, to: gap.to, by: 'centre-down' });
  }
  for (const log of new Set(acts.map((act) => act.log))) {
    const evidence = judged.logs.get(log)?.evidence;
    if (!evidence) continue;
    for (const silence of judged.centreSide(log).silences) {
      if (touches(silence.from, silence.to)) lines.push({ type: 'outage', at: silence.from, to: silence.to, by: 'centre-heard-nothing', log });
    }
    for (const outage of evidence.outages) {
      const start = outage.from.max ?? outage.from.min;
      const end = outage.to?.max ?? outage.to?.min ?? null;
      if (start !== null && touches(start, end ?? Infinity)) lines.push({ type: 'outage', at: start, to: end, by: 'desk', log });
    }
    const last = Math.max(...acts.filter((act) => act.log === log).map(({ seq }) => seq));
    for (const off of evidence.offBetween(last, evidence.held)) {
      if (off.from !== null && off.to !== null && off.to >= off.from && touches(off.from, off.to)) lines.push({ type: 'desk-off', at: off.from, to: off.to, log });
    }
  }
  return lines;
}
