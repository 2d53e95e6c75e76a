import type { Catalogue } from '#shared/catalogue/index.ts';
import { explainVerdict } from '#shared/evidence/index.ts';
import type { DossierEvidence, EvidenceLine } from '#shared/province/index.ts';
import type { JudgedDossier, JudgedProvince, UnacceptedDossier } from '../judge/index.ts';
import { actLines, type ActLine } from './act-lines.ts';
import { agencyName } from './names.ts';
import { dueLines, standingLines } from './term-lines.ts';

const notJudged = { vi: ['Hồ sơ chưa được tiếp nhận: chưa có hạn trả nên không đánh giá.'], en: ['Not accepted: no due date, so nothing is judged.'] };

/**
 * One dossier's evidence as a timeline: every act with its interval, the anchors around the acts, outages of both sides, each due date
 * that stood and what became of it, when the term stood still, the news.
 */
export function evidenceOf(dossier: JudgedDossier | UnacceptedDossier, judged: JudgedProvince, catalogue: Catalogue | undefined): DossierEvidence {
  const { state } = dossier;
  const first = state.received ?? state.submitted;
  if (!first) throw new RangeError('a dossier begins with a submission or a reception');
  const verdict = 'verdict' in dossier ? dossier.verdict : undefined;
  const acts = actLines(dossier, judged, catalogue);
  const timeline: EvidenceLine[] = [
    ...acts,
    ...anchorLines(acts, judged),
    ...('verdict' in dossier ? [...stretchLines(dossier, acts, judged), ...dueLines(dossier), ...standingLines(dossier.state, acts)] : []),
    ...(verdict?.newsAt === undefined ? [] : [{ type: 'news' as const, at: verdict.newsAt }]),
  ];
  return {
    dossier: state.id,
    code: state.code,
    procedure: state.procedure,
    level: first.level,
    stage: state.stage,
    receivingAgency: state.receivingAgency,
    receivingAgencyName: agencyName(catalogue, state.receivingAgency),
    competentAgency: state.competentAgency,
    competentAgencyName: agencyName(catalogue, state.competentAgency),
    now: judged.now,
    ...(verdict ? { verdict } : {}),
    words: verdict ? { vi: explainVerdict(verdict, 'vi'), en: explainVerdict(verdict, 'en') } : notJudged,
    timeline: timeline.sort((a, b) => a.at - b.at),
  };
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

/** Outages and switched-off stretches that touch the time from the first act that decides to the last news or to now. */
function stretchLines({ state, verdict }: JudgedDossier, acts: readonly ActLine[], judged: JudgedProvince): EvidenceLine[] {
  const deciding = acts.filter(({ decides }) => decides);
  const dues = state.stretches.map(({ due }) => due.at);
  const from = Math.min(...dues, ...deciding.map(({ interval }) => interval.min ?? Infinity));
  const to = Math.max(...dues, verdict.newsAt ?? judged.now);
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
