import { setImmediate } from 'node:timers/promises';
import type { Catalogue } from '#shared/catalogue/index.ts';
import type { EvidencePorts } from '#shared/evidence/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { inTurns } from '#shared/steps.ts';
import type { Desks, DossierEvidence, Results, ResultsRequest } from '#shared/province/index.ts';
import { saidByOfficers } from '../ledger/index.ts';
import { provinceJudge, readingCentreWord, type CentreWord, type JudgedProvince, type ProvinceData, type ProvinceSource, type Room } from '../judge/index.ts';
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

/**
 * The officer's reports. Times are milliseconds; `now` is the centre's time unless asked for another: as it was known then. Every one rejects with `DomainError` `province.too-large` where
 * there is no memory for all entries.
 */
export interface Reports {
  /** Results by level, the old way beside the credible way, with every dossier that moved between the two and why. */
  results(request: ResultsRequest): Promise<Results>;
  /** The desks: connected or not, last heard, how far behind. */
  desks(request: { readonly now?: number | undefined }): Promise<Desks>;
  /** One dossier's evidence; undefined if the centre holds neither its submission nor its reception. */
  dossier(dossier: string, request: { readonly now?: number | undefined }): Promise<DossierEvidence | undefined>;
  /** How it stands now, with all that arrived, for whoever decides on it. */
  standing(): Promise<Standing>;
  /** How it stood a moment ago, with all that officers said since, for whoever looks for what there is to decide. */
  recent(): Promise<Standing>;
  /** What the centre's own log says now; no desk's log is judged for it. */
  word(): Promise<{ readonly word: CentreWord } & Pick<Standing, 'own' | 'catalogue'>>;
  /** Entries in memory, and how many there is room for. */
  room(): Room;
}

export interface ReportPorts extends EvidencePorts {
  readonly source: ProvinceSource;
  /** The centre's time. */
  now(): number;
  /** Milliseconds of a clock that does not jump; the process's own unless given. */
  readonly uptime?: () => number;
}

/** How old verdicts may be that answer a question about the present, if nothing new arrived since; milliseconds. Every answer names its `now`. */
export const freshFor = 5_000;
/** A judging that takes no longer than this is made anew whenever something arrived, milliseconds. */
export const soonDone = 2_000;
/** Where it takes longer, verdicts may be so many times as old as that when they are told, so that judging takes a tenth of the time; but never older than this, milliseconds. */
const patience = { times: 10, most: 120_000 } as const;
/** The past is judged beside the present, which needs half as much memory again: it is told only while no more than this share of the room is taken. */
const roomForPast = 0.8;
/** How long judging goes on before desks have their turn, milliseconds: an anchor's interval is as wide as its answer takes. */
const turn = 8;

/**
 * Reports over a source. Every question reads what is new, judges from the data alone, and answers; nothing is stored. Judging goes on in turns with all else the process does,
 * and one question after the other.
 */
export function reports(ports: ReportPorts): Reports {
  let bench = provinceJudge(ports);
  const uptime = ports.uptime ?? (() => performance.now());
  const turns = { uptime, longest: turn, pause: () => setImmediate() };
  let last: { readonly standing: Standing; readonly basis: string; readonly began: number; readonly took: number } | undefined;
  let before: Promise<unknown> = Promise.resolve();

  const read = (): Promise<ProvinceData> => ports.source.read().catch((error: unknown) => {
    // Where the source gave up its entries for want of memory, they must not stay in what was judged of them.
    if (error instanceof DomainError && error.fault.code === 'province.too-large') {
      bench = provinceJudge(ports);
      last = undefined;
    }
    throw error;
  });

  /** `must`: whether what arrived in the centre's log since the last judging has to be among what is judged, whatever that takes. */
  const judgeNext = async (asked: number | undefined, must: (arrived: ProvinceData['own']) => boolean): Promise<Standing> => {
    const data = await read();
    const now = asked ?? ports.now();
    const basis = basisOf(data);
    const began = uptime();
    if (asked === undefined && last) {
      // A page asks several questions at once; judging a whole province for each would keep the desks waiting.
      const age = now - last.standing.judged.now;
      if (last.basis === basis && age >= 0 && age <= freshFor) return last.standing;
      const mayWait = last.took > soonDone && began - last.began <= Math.min(patience.most, patience.times * last.took);
      if (mayWait && (last.basis === basis || !must(data.own.slice(last.standing.own.length)))) return last.standing;
    }
    const { held, most } = ports.source.room();
    if (asked !== undefined && held > roomForPast * most) throw new DomainError('province.too-large', { most: Math.floor(roomForPast * most) });
    const judged = await inTurns(bench.inSteps(data, now), turns);
    const standing: Standing = { judged, own: data.own, catalogue: data.catalogues.at(-1) };
    if (asked === undefined) last = { standing, basis, began, took: uptime() - began };
    return standing;
  };
  const judge = (asked: number | undefined, must: (arrived: ProvinceData['own']) => boolean = () => false): Promise<Standing> => {
    const next = before.then(() => judgeNext(asked, must));
    before = next.catch(() => undefined);
    return next;
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
      // Who just decided on it has to see that.
      const { judged, catalogue } = await judge(now, (arrived) => arrived.some(({ header }) => header.facts['dossier'] === id));
      const dossier = judged.dossiers.get(id) ?? judged.unaccepted.get(id);
      return dossier && evidenceOf(dossier, judged, catalogue);
    },
    standing: () => judge(undefined, () => true),
    recent: () => judge(undefined, (arrived) => arrived.some(({ header }) => saidByOfficers.has(header.kind))),
    word: async () => {
      const { own, catalogues } = await read();
      return { word: await inTurns(readingCentreWord(own, ports.now()), turns), own, catalogue: catalogues.at(-1) };
    },
    room: () => ports.source.room(),
  };
}

/** Equal as long as nothing arrived that a verdict may follow from. */
function basisOf({ own, catalogues }: ProvinceData): string {
  return [own.length, catalogues.length].join(' ');
}
