import type { Catalogue } from '#shared/catalogue/index.ts';
import type { EvidencePorts } from '#shared/evidence/index.ts';
import type { Desks, DossierEvidence, Results, ResultsRequest } from '#shared/province/index.ts';
import { provinceJudge, type JudgedProvince, type ProvinceData, type ProvinceSource } from '../judge/index.ts';
import { desksOf } from './desks.ts';
import { evidenceOf } from './dossier-evidence.ts';
import { resultsOf } from './results.ts';

export { agencyName } from './names.ts';

/** The province as judged a moment ago, with all that it was judged from. */
export interface Standing {
  readonly judged: JudgedProvince;
  /** The centre's own log to its end: whatever arrives makes it longer. */
  readonly own: ProvinceData['own'];
  readonly catalogue: Catalogue | undefined;
}

/** The officer's reports. Times are milliseconds; `now` is the centre's time unless asked for another: as it was known then. */
export interface Reports {
  /** Results by level, the old way beside the credible way, with every dossier that moved between the two and why. */
  results(request: ResultsRequest): Promise<Results>;
  /** The desks: connected or not, last heard, how far behind. */
  desks(request: { readonly now?: number | undefined }): Promise<Desks>;
  /** One dossier's evidence; undefined if the centre holds neither its submission nor its reception. */
  dossier(dossier: string, request: { readonly now?: number | undefined }): Promise<DossierEvidence | undefined>;
  /** How it stands now, for whoever decides on it. */
  standing(): Promise<Standing>;
}

export interface ReportPorts extends EvidencePorts {
  readonly source: ProvinceSource;
  /** The centre's time. */
  now(): number;
}

/** How old verdicts may be that answer a question about the present, if nothing new arrived since; milliseconds. Every answer names its `now`. */
export const freshFor = 5_000;

/** Reports over a source. Every question reads what is new, judges from the data alone, and answers; nothing is stored. */
export function reports(ports: ReportPorts): Reports {
  const bench = provinceJudge(ports);
  let last: { readonly judged: JudgedProvince; readonly basis: string } | undefined;
  const judge = async (asked: number | undefined): Promise<Standing> => {
    const data = await ports.source.read();
    const { own } = data;
    const catalogue = data.catalogues.at(-1);
    const now = asked ?? ports.now();
    const basis = basisOf(data);
    // A page asks several questions at once; judging a whole province for each would keep the desks waiting.
    const age = last ? now - last.judged.now : Infinity;
    if (asked === undefined && last?.basis === basis && age >= 0 && age <= freshFor) return { judged: last.judged, own, catalogue };
    const judged = bench.judge(data, now);
    if (asked === undefined) last = { judged, basis };
    return { judged, own, catalogue };
  };
  return {
    results: async ({ from, to, now }) => {
      const { judged, catalogue } = await judge(now);
      return resultsOf(judged, { from, to }, catalogue);
    },
    desks: async ({ now }) => {
      const { judged, catalogue } = await judge(now);
      return desksOf(judged, await ports.source.live(), catalogue);
    },
    dossier: async (id, { now }) => {
      const { judged, catalogue } = await judge(now);
      const dossier = judged.dossiers.get(id) ?? judged.unaccepted.get(id);
      return dossier && evidenceOf(dossier, judged, catalogue);
    },
    standing: () => judge(undefined),
  };
}

/** Equal as long as nothing arrived that a verdict may follow from. */
function basisOf({ own, catalogues }: ProvinceData): string {
  return [own.length, catalogues.length].join(' ');
}
