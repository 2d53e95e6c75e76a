import { z } from 'zod';
import type { DeskStore, EntryDraft, Sighting } from '#db/index.ts';
import { civil } from '#shared/deadline/index.ts';
import type { LinkLost, LinkRestored } from '#shared/evidence/index.ts';
import { logKinds } from '#shared/log/index.ts';
import type { EvidenceNotes } from '../evidence-notes.ts';
import type { Probes } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import type { SyncStatus } from './status.ts';

/**
 * How long the line must have been silent for its n-th loss of a day to be noted, milliseconds. A line that comes and goes
 * must not fill the log, and a long outage in the afternoon must still find room. Nothing is lost by noting late: the
 * entry says when the last answer came. Each loss takes four of the day's evidence entries at most.
 */
export const silenceToNote = [30_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000, 14_400_000] as const;

const daySchema = z.object({ date: z.string(), losses: z.int() });

/** The desk's side of the outage ledger: when the line was lost and when it came back, as entries. */
export interface LineLedger {
  /**
   * The centre does not answer. Notes the loss once, when the silence has lasted long enough, with the last anchor before
   * it, the time of the last answer and what still answers near the desk.
   */
  silent(host: string): Promise<void>;
  /** Notes the return, with the anchor that shows it, if a loss was noted. */
  restored(sighting: Sighting | undefined): void;
}

export function lineLedger({ store, status, notes, time, probes }: {
  readonly store: DeskStore; readonly status: SyncStatus; readonly notes: EvidenceNotes; readonly time: TimeKeeper; readonly probes: Probes;
}): LineLedger {
  const started = time.sample();
  let day = store.memo.load('line-day', daySchema) ?? { date: '', losses: 0 };
  let probing = false;

  /** Uptime since the last answer of this boot; without one, since the program began to ask. */
  function silence(): number {
    const { boot, uptime } = time.sample();
    const last = status.lastAnswer();
    const since = last?.boot === boot ? last.uptime : started.boot === boot ? started.uptime : uptime;
    return uptime - since;
  }

  return {
    async silent(host) {
      if (status.lost() || probing) return;
      const { date } = civil(time.best());
      const losses = day.date === date ? day.losses : 0;
      const needed = silenceToNote[losses];
      if (needed === undefined || silence() < needed) return;
      probing = true;
      const around = await probes.around(host).finally(() => {
        probing = false;
      });
      // The line may have come back while the neighbourhood was asked.
      if (status.isConnected() || status.lost()) return;
      const last = status.lastAnswer();
      const facts: LinkLost = { lastAnswerUptime: last?.boot === time.sample().boot ? Math.round(last.uptime) : null, probes: { ...around, centre: 'silent' } };
      const drafts: EntryDraft[] = [...notes.note(time.newestAnchor(), 'link-lost'), { kind: logKinds.linkLost, facts: { ...facts } }];
      const seq = notes.write(drafts).at(-1);
      if (seq === undefined) return;
      day = { date, losses: losses + 1 };
      store.memo.save('line-day', day);
      status.noteLost(seq);
    },
    restored(sighting) {
      const lost = status.lost();
      if (!lost) return;
      const facts: LinkRestored = lost.seq === undefined ? {} : { lostSeq: lost.seq };
      notes.write([{ kind: logKinds.linkRestored, facts: { ...facts } }, ...notes.note(sighting, 'link-restored')]);
      status.noteRestored();
    },
  };
}
