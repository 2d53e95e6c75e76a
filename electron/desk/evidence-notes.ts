import { z } from 'zod';
import type { DeskStore, EntryDraft, Sighting } from '#db/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { logKinds, mintUuid } from '#shared/log/index.ts';
import type { Random } from '#shared/ports.ts';
import type { TimeKeeper } from './time.ts';

/** Why an anchor goes into the log. */
type Why = 'before-act' | 'after-act' | 'link-lost' | 'link-restored' | 'day-closed' | 'enrolled';

/** Most evidence entries a day beside those that bound an act; a flapping line must not fill the log. */
export const dailyEvidence = 40;

const daySchema = z.object({ date: z.string(), count: z.int() });
const notedSchema = z.object({ number: z.int() });

/**
 * Decides which anchors go into the log (the last before and the first after an act, those at loss and return of the
 * link) and writes the entries that the program makes by itself. Every anchor goes in once at most.
 */
export interface EvidenceNotes {
  /** The anchor to put before an act's entries, unless the log has it. */
  beforeAct(): EntryDraft[];
  /** An act was committed: its anchor before is noted, the next one bounds it from after. */
  acted(): void;
  /** Notes an anchor that just came, if an act waits for it or `why` asks for it. True if it wrote. */
  cameIn(sighting: Sighting, why?: Why): boolean;
  /** Writes entries in the desk's own name, within the day's limit. Returns their seqs; empty if over the limit or not stored. */
  write(drafts: readonly EntryDraft[]): number[];
  /** The note of an anchor, unless the log has it. */
  note(sighting: Sighting | undefined, why: Why): EntryDraft[];
}

export function evidenceNotes(store: DeskStore, time: TimeKeeper, random: Random): EvidenceNotes {
  let noted = store.memo.load('anchor-noted', notedSchema)?.number ?? 0;
  // After a start it is not known whether the last act still waits for its anchor: one note too many is harmless.
  let owed = store.identity() !== undefined;
  let day = store.memo.load('evidence-day', daySchema) ?? { date: '', count: 0 };

  function note(sighting: Sighting | undefined, why: Why): EntryDraft[] {
    if (!sighting || sighting.number <= noted) return [];
    return [{ kind: logKinds.anchorNoted, facts: { ...sighting, why } }];
  }

  function remember(number: number): void {
    noted = Math.max(noted, number);
    // Losing this memo costs one repeated note, never a missing one.
    store.memo.save('anchor-noted', { number: noted });
  }

  function commit(drafts: readonly EntryDraft[]): number[] {
    const act = mintUuid(time.sample().wall, random);
    const written = store.commit({ act, actor: 'desk', clock: time.reading(), decide: () => ({ ok: true, value: drafts }) });
    return written.ok ? written.value.entries.map((entry) => entry.header.seq) : [];
  }

  return {
    beforeAct: () => note(time.latestAnchor(), 'before-act'),
    acted() {
      const latest = time.latestAnchor();
      if (latest && latest.number > noted) remember(latest.number);
      owed = true;
    },
    note,
    cameIn(sighting, why) {
      if (!owed && why === undefined) return false;
      const drafts = note(sighting, why ?? 'after-act');
      if (drafts.length === 0) owed = false;
      if (drafts.length === 0 || commit(drafts).length === 0) return false;
      owed = false;
      remember(sighting.number);
      return true;
    },
    write(drafts) {
      const { date } = civil(time.best());
      const count = day.date === date ? day.count : 0;
      if (drafts.length === 0 || count + drafts.length > dailyEvidence) return [];
      const seqs = commit(drafts);
      if (seqs.length === 0) return [];
      day = { date, count: count + drafts.length };
      store.memo.save('evidence-day', day);
      for (const { kind, facts } of drafts) {
        if (kind === logKinds.anchorNoted && typeof facts['number'] === 'number') remember(facts['number']);
      }
      return seqs;
    },
  };
}
