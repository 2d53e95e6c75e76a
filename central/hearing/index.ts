import { z } from 'zod';
import { silenceAfter } from '../judge/index.ts';
import { centreKinds, type CentreHeard, type OwnLog } from '../ledger/index.ts';
import type { CentreReader, CentreWriter } from '../store/index.ts';
import type { CentreReading } from '../time/index.ts';

/** How often it is written down whom the centre heard, milliseconds. */
export const writtenEvery = 30 * 60_000;
/** Clocks of several processes over one store may differ, so that what was noted just before the last writing may bear a later time than it, or an earlier one; milliseconds. */
const overlap = 5_000;
/** Logs in one entry. */
const logsAtOnce = 200;

const writtenNote = 'centre.heard-written-at';
const gapNote = 'centre.last-gap';
const gapSchema = z.object({ from: z.int(), to: z.int() });

/**
 * Notes that a log's desk was heard. After a silence of more than ten minutes that is an entry of the centre's own log, unless the centre
 * itself did not run all that time.
 */
export async function noteHeard(writer: CentreWriter, own: OwnLog, reading: CentreReading, log: string): Promise<void> {
  const { now, rho } = reading;
  const before = await writer.findHeard(log);
  if (before && now - before.lastAt > silenceAfter && !(await withinGap(writer, before.lastAt, now))) {
    await own.append(writer, reading, [{ kind: centreKinds.silence, facts: { log, from: before.lastAt, to: now, at: now, rho: rho ?? null } }]);
  }
  await writer.setHeard({ log, firstAt: before?.firstAt ?? now, lastAt: Math.max(before?.lastAt ?? now, now) });
}

/** Remembers when the centre last did not run, so that no desk is called silent for it. */
export async function noteOwnGap(writer: CentreWriter, gap: { readonly from: number; readonly to: number }): Promise<void> {
  await writer.setNote(gapNote, JSON.stringify({ from: gap.from, to: gap.to }));
}

async function withinGap(reader: CentreReader, from: number, to: number): Promise<boolean> {
  const text = await reader.note(gapNote);
  if (text === undefined) return false;
  const gap = gapSchema.parse(JSON.parse(text));
  return from >= gap.from - silenceAfter && to <= gap.to + silenceAfter;
}

/**
 * Writes down, each half hour or with `now`, which desks were heard since the last time and which heads they named as the end of their logs: `centre.heard`. What verdicts need of the
 * centre's hearing so stands in its signed log. Inside a transaction, so that of several processes one does it.
 */
export async function writeHeard(writer: CentreWriter, own: OwnLog, reading: CentreReading, when: 'due' | 'now'): Promise<void> {
  const { now, rho } = reading;
  const text = await writer.note(writtenNote);
  const since = text === undefined ? undefined : Number(text);
  if (when === 'due' && since !== undefined && now - since < writtenEvery) return;
  const isNew = (at: number): boolean => since === undefined || at > since - overlap;
  const claims = new Map((await writer.claims()).filter(({ at }) => isNew(at)).map((claim) => [claim.log, claim]));
  const logs = (await writer.heard()).filter(({ lastAt }) => isNew(lastAt)).map(({ log, lastAt }): CentreHeard['logs'][number] => {
    const claim = claims.get(log);
    return { log, lastAt, ...(claim ? { claim: { seq: claim.seq, hash: claim.hash, at: claim.at, rho: claim.rho } } : {}) };
  });
  // Nothing heard is written down as well: it says up to when nobody was.
  const parts = Math.max(1, Math.ceil(logs.length / logsAtOnce));
  for (let part = 0; part < parts; part += 1) {
    const facts: CentreHeard = { from: since ?? now, to: now, at: now, rho: rho ?? null, logs: logs.slice(part * logsAtOnce, (part + 1) * logsAtOnce) };
    await own.append(writer, reading, [{ kind: centreKinds.heard, facts }]);
  }
  await writer.setNote(writtenNote, String(now));
}
