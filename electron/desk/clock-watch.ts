import type { EntryDraft } from '#db/index.ts';
import { clockChange, samplerGap, type ClockStepped, type ClockSuspended } from '#shared/evidence/index.ts';
import { logKinds, type ClockReading } from '#shared/log/index.ts';

/** Notices what happened to the machine's clocks between two looks and says it as entries. */
export interface ClockWatch {
  /** Entries for what happened since the last reading that was {@link seen}; none if nothing did. `woke`: the system itself said that the machine slept. */
  look(now: ClockReading, woke?: boolean): EntryDraft[];
  /** What was found up to this reading is recorded; go on from here. */
  seen(now: ClockReading): void;
}

/** How often the watch should look, milliseconds; a gap over `samplerGap` then means that it was not running. */
export const lookEvery = 10_000;

/**
 * `suspendsShow`: whether monotonic time stands still in a suspend here (Linux). Elsewhere a silent sampler counts as one.
 * `last` is the reading of the log's latest entry, so that a step made while the program was closed is found too.
 */
export function clockWatch(last: ClockReading | undefined, suspendsShow: boolean): ClockWatch {
  let before = last;
  let sampled = false;

  function look(now: ClockReading, system: boolean): EntryDraft[] {
    const from = before;
    if (!from) return [];
    const change = clockChange(from, now);
    if (change.kind !== 'same-boot') return [];
    const drafts: EntryDraft[] = [];
    const noticedBy = change.suspended > 0 ? 'clocks' : system ? 'system' : sampled && !suspendsShow && change.elapsed > samplerGap ? 'sampler' : undefined;
    if (noticedBy !== undefined) {
      const facts: ClockSuspended = { suspended: change.suspended, before: from, noticedBy };
      drafts.push({ kind: logKinds.clockSuspended, facts: { ...facts } });
    }
    if (change.step !== 0) {
      const facts: ClockStepped = { by: change.step, before: from };
      drafts.push({ kind: logKinds.clockStepped, facts: { ...facts } });
    }
    return drafts;
  }

  return {
    look: (now, woke = false) => look(now, woke),
    seen(now) {
      before = now;
      sampled = true;
    },
  };
}
