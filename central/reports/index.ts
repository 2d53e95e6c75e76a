import type { Catalogue } from '#shared/catalogue/index.ts';
import type { EvidencePorts } from '#shared/evidence/index.ts';
import type { Desks, DossierEvidence, Results, ResultsRequest } from '#shared/province/index.ts';
import { judgeProvince, type EvidenceShelf, type JudgedProvince, type ProvinceData, type ProvinceSource } from '../judge/index.ts';
import { desksOf } from './desks.ts';
import { evidenceOf } from './dossier-evidence.ts';
import { resultsOf } from './results.ts';

/** The officer's reports. Times are milliseconds; `now` is the centre's time unless asked for another: as it was known then. */
export interface Reports {
  /** Results by level, the old way beside the credible way, with every dossier that moved between the two and why. */
  results(request: ResultsRequest): Promise<Results>;
  /** The desks: connected or not, last heard, how far behind. */
  desks(request: { readonly now?: number | undefined }): Promise<Desks>;
  /** One dossier's evidence; undefined if the centre does not hold its reception. */
  dossier(dossier: string, request: { readonly now?: number | undefined }): Promise<DossierEvidence | undefined>;
}

export interface ReportPorts extends EvidencePorts {
  readonly source: ProvinceSource;
  /** The centre's time. */
  now(): number;
}

/** Reports over a source. Every question reads what is new, judges from the data alone, and answers; nothing is stored. */
export function reports(ports: ReportPorts): Reports {
  const shelf: EvidenceShelf = new Map();
  const judge = async (now: number | undefined): Promise<{ judged: JudgedProvince; data: ProvinceData; catalogue: Catalogue | undefined }> => {
    const data = await ports.source.read();
    const judged = judgeProvince(data, now ?? ports.now(), ports, shelf);
    return { judged, data, catalogue: data.catalogues.at(-1) };
  };
  return {
    results: async ({ from, to, now }) => {
      const { judged, catalogue } = await judge(now);
      return resultsOf(judged, { from, to }, catalogue);
    },
    desks: async ({ now }) => {
      const { judged, data, catalogue } = await judge(now);
      return desksOf(judged, data, catalogue);
    },
    dossier: async (id, { now }) => {
      const { judged, catalogue } = await judge(now);
      const dossier = judged.dossiers.get(id);
      return dossier && evidenceOf(dossier, judged, catalogue);
    },
  };
}
