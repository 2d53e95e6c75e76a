import { expect } from '@jest/globals';
import { foldDossier, isAccepted } from '#shared/dossier/index.ts';
import { explainVerdict, judgeDossier, verdictSchema, type CentreSide, type DossierCase, type LogRecord, type Verdict } from '#shared/evidence/index.ts';
import { Desk, hour, morning, newId, second } from './world.ts';

/** 17:00 in Vietnam. */
export const due = morning + 10 * hour;
export const quiet: CentreSide = { silences: [], gaps: [] };

export function judge(desks: readonly Desk[], dossier: string, more: Partial<DossierCase> & { side?: CentreSide; record?: Partial<LogRecord> } = {}): Verdict {
  const entries = desks.flatMap((desk) => desk.entries.slice(0, Math.max(0, ...desk.receipts.map(({ seq }) => seq)))).filter((entry) => entry.header.dossier === dossier);
  const logs = new Map(desks.map((desk) => [desk.log, desk.evidence({ entries: desk.entries.slice(0, Math.max(0, ...desk.receipts.map(({ seq }) => seq))), ...more.record })]));
  const state = foldDossier(entries);
  if (!state || !isAccepted(state)) throw new Error('no reception');
  const { side = quiet, record: _, ...rest } = more;
  const verdict = judgeDossier({
    state, entries, logs, devices: [...logs.values()].map((log) => ({ installation: log.log, coveredTo: log.coveredTo })), centreSide: () => side,
    now: Math.round(Math.max(...desks.map((desk) => desk.now))), ...rest,
  });
  // Whatever comes out fits the schema and can be said in both languages.
  expect(verdictSchema.parse(verdict)).toEqual(verdict);
  for (const language of ['vi', 'en'] as const) {
    const words = explainVerdict(verdict, language);
    expect(words.length).toBe(verdict.reasons.length + 1);
    for (const line of words) expect(line.normalize('NFC')).toBe(line);
    expect(words.join(' ')).not.toMatch(/undefined|NaN|!/);
  }
  return verdict;
}

/** Received in the morning, anchored and synced. */
export function received(more: Parameters<Desk['receive']>[2] = {}): { desk: Desk; dossier: string } {
  const desk = new Desk();
  const dossier = newId();
  desk.anchor();
  desk.receive(dossier, due, more);
  desk.wait(second).sync();
  return { desk, dossier };
}

export function until(desk: Desk, at: number): Desk {
  return desk.wait(at - desk.now);
}
