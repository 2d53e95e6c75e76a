import type { EntryDraft, Sighting } from '#db/index.ts';
import type { LinkLost, LinkRestored } from '#shared/evidence/index.ts';
import { logKinds } from '#shared/log/index.ts';
import type { EvidenceNotes } from '../evidence-notes.ts';
import type { Probes } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import type { SyncStatus } from './status.ts';

/** The desk's side of the outage ledger: when the line was lost and when it came back, as entries. */
export interface LineLedger {
  /** Notes the loss, with the last anchor before it and what still answers near the desk. Once for each loss. */
  lost(host: string): Promise<void>;
  /** Notes the return, with the anchor that shows it, if a loss was noted. */
  restored(sighting: Sighting | undefined): void;
}

export function lineLedger({ status, notes, time, probes }: {
  readonly status: SyncStatus; readonly notes: EvidenceNotes; readonly time: TimeKeeper; readonly probes: Probes;
}): LineLedger {
  return {
    async lost(host) {
      if (status.lost()) return;
      const { boot } = time.sample();
      const last = status.lastAnswerUptime;
      const around = await probes.around(host);
      const facts: LinkLost = { lastAnswerUptime: last?.boot === boot ? Math.round(last.uptime) : null, probes: { ...around, centre: 'silent' } };
      const drafts: EntryDraft[] = [...notes.note(time.latestAnchor(), 'link-lost'), { kind: logKinds.linkLost, facts: { ...facts } }];
      status.noteLost(notes.write(drafts).at(-1));
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
