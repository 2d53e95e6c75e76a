import { z } from 'zod';
import type { DeskStore, EntryDraft, Sighting } from '#db/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { logKinds, mintUuid } from '#shared/log/index.ts';
import type { Random } from '#shared/ports.ts';
import type { ClockWatch } from './clock-watch.ts';
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
  /**
   * Writes entries in the desk's own name, within the day's limit unless `always`; `apart` ones have a limit of their own and take no room from the
   * others. Returns their seqs; empty if over the limit or not stored.
   */
  write(drafts: readonly EntryDraft[], when?: 'always' | 'apart'): number[];
  /** The note of an anchor, unless the log has it. */
  note(sighting: Sighting | undefined, why: Why): EntryDraft[];
  /** Looks whether the clocks jumped since the last look, and writes it down. `woke`: the system itself said that the machine slept. */
  observe(woke: boolean): void;
}

export function evidenceNotes(store: DeskStore, time: TimeKeeper, random: Random, watch: ClockWatch): EvidenceNotes {
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

  /** What the clocks did goes before what is noted: a clock that NTP put right as the line came back must not look as if it had gone wrong. */
  function commit(drafts: readonly EntryDraft[]): number[] {
    const clock = time.reading();
    const found = watch.look(clock);
    const written = store.commit({ act: mintUuid(clock.wall, random), actor: 'desk', clock, decide: () => ({ ok: true, value: [...found, ...drafts] }) });
    if (!written.ok) return [];
    watch.seen(clock);
    return written.value.entries.slice(found.length).map((entry) => entry.header.seq);
  }

  /** How many more evidence entries the day has room for. */
  function room(): { readonly date: string; readonly count: number } {
    const { date } = civil(time.best());
    return { date, count: day.date === date ? day.count : 0 };
  }

  function counted(date: string, count: number): void {
    day = { date, count };
    store.memo.save('evidence-day', day);
  }

  return {
    beforeAct: () => note(time.newestAnchor(), 'before-act'),
    acted() {
      const latest = time.newestAnchor();
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
    write(drafts, when) {
      const { date, count } = room();
      if (drafts.length === 0 || (when === undefined && count + drafts.length > dailyEvidence)) return [];
      const seqs = commit(drafts);
      if (seqs.length === 0) return [];
      if (when !== 'apart') counted(date, count + drafts.length);
      for (const { kind, facts } of drafts) {
        if (kind === logKinds.anchorNoted && typeof facts['number'] === 'number') remember(facts['number']);
      }
      return seqs;
    },
    observe(woke) {
      const clock = time.reading();
      const found = watch.look(clock, woke);
      const { date, count } = room();
      // Beyond the day's limit it is not forgotten: it goes before the next act or anchor, measured from the same reading.
      if (found.length > 0 && count + found.length > dailyEvidence) return;
      if (found.length > 0) {
        const written = store.commit({ act: mintUuid(clock.wall, random), actor: 'desk', clock, decide: () => ({ ok: true, value: found }) });
        if (!written.ok) return;
        counted(date, count + found.length);
      }
      watch.seen(clock);
    },
  };
}
