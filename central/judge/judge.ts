import { foldDossier, isAccepted, type AcceptedDossier, type DossierState } from '#shared/dossier/index.ts';
import { judgeDossier, type CentreSide, type EvidencePorts, type Verdict } from '#shared/evidence/index.ts';
import type { Entry } from '#shared/log/index.ts';
import { centreWord, type CentreWord } from './centre-word.ts';
import { devicesOf } from './devices.ts';
import { dueWhen } from './due-when.ts';
import { evidenceOfLogs, type EvidenceShelf, type WeighedLog } from './evidence-of-logs.ts';
import type { ProvinceData } from './source.ts';

/** One dossier with its verdict. */
export interface JudgedDossier {
  readonly state: AcceptedDossier;
  readonly entries: readonly Entry[];
  readonly verdict: Verdict;
}

/** A dossier that was handed in and is not accepted, or never was: no term runs, there is nothing to judge. */
export interface UnacceptedDossier {
  readonly state: DossierState;
  readonly entries: readonly Entry[];
}

/** All dossiers as judged at `now`. */
export interface JudgedProvince {
  readonly now: number;
  readonly dossiers: ReadonlyMap<string, JudgedDossier>;
  readonly unaccepted: ReadonlyMap<string, UnacceptedDossier>;
  readonly logs: ReadonlyMap<string, WeighedLog>;
  readonly word: CentreWord;
  /** What the centre heard of a log's desk. */
  centreSide(log: string): CentreSide;
}

/**
 * Judges every dossier from the desks' logs, the centre's own log, the catalogue and a given `now` alone: the same data
 * gives the identical verdicts, in any order and at any later time. What the centre did not yet have at `now` plays no part. A
 * dossier that is not accepted, or whose reception has not arrived, is not judged. `shelf` keeps weighed evidence between calls; it changes the time
 * it takes, never the result.
 */
export function judgeProvince(data: ProvinceData, now: number, ports: EvidencePorts, shelf?: EvidenceShelf): JudgedProvince {
  const word = centreWord(data.own, now);
  const logs = evidenceOfLogs(data, word, ports, shelf);
  const evidence = new Map([...logs].map(([id, log]) => [id, log.evidence]));
  const centreSide = hearing(word);
  const dossiers = new Map<string, JudgedDossier>();
  const unaccepted = new Map<string, UnacceptedDossier>();
  for (const [id, entries] of entriesByDossier(logs)) {
    const state = foldDossier(entries);
    if (!state) continue;
    if (!isAccepted(state)) {
      unaccepted.set(id, { state, entries });
      continue;
    }
    const dueAt = dueWhen(state, data.catalogues);
    const verdict = judgeDossier({
      state, entries, logs: evidence, devices: devicesOf(state, entries, logs, word), centreSide, now, ...(dueAt ? { dueAt } : {}),
    });
    dossiers.set(id, { state, entries, verdict });
  }
  return { now, dossiers, unaccepted, logs, word, centreSide };
}

function entriesByDossier(logs: ReadonlyMap<string, WeighedLog>): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const { entries } of logs.values()) {
    for (const entry of entries) {
      const { dossier } = entry.header;
      if (dossier === undefined) continue;
      const list = found.get(dossier);
      if (list) list.push(entry);
      else found.set(dossier, [entry]);
    }
  }
  return found;
}

/** What the centre heard of each log's desk, whichever of its logs it wrote at the time. */
function hearing(word: CentreWord): (log: string) => CentreSide {
  const sides = new Map<string, CentreSide>();
  for (const { logs } of word.desks) {
    const side = word.hearing.side(logs, word.gaps);
    for (const log of logs) sides.set(log, side);
  }
  return (log) => sides.get(log) ?? word.hearing.side([log], word.gaps);
}
