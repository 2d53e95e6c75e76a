import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { civil } from '#shared/deadline/index.ts';
import type { HeadWitnessed } from '#shared/evidence/index.ts';
import { headIsSigned, logKinds, signHead, type Head } from '#shared/log/index.ts';
import { readAnnouncement, writeAnnouncement } from '#shared/sync/index.ts';
import type { EvidenceNotes } from './evidence-notes.ts';
import type { DeskPorts } from './ports.ts';
import { siblingKeys } from './sync/siblings.ts';
import { ownSigner } from './sync/installation.ts';
import type { TimeKeeper } from './time.ts';

/**
 * Milliseconds: how often an unacknowledged head is announced, how soon after an act, and how long a witness lets pass between two
 * heads of one log. `daily`: heads a desk writes down in a day at most, of all its siblings.
 */
export const neighbourRhythm = { announce: 30_000, afterAct: 1_000, again: 600_000, daily: 24 } as const;

const witnessedSchema = z.object({ date: z.string(), count: z.int(), logs: z.record(z.string(), z.object({ seq: z.int(), uptime: z.number(), boot: z.string() })) });
const memoName = 'witnessed';

/** The desks of the office vouch for each other while the line is down (nhân chứng cùng cơ quan). */
export interface Neighbours {
  /** An act was committed: its place is what is announced. */
  acted(): void;
  close(): void;
}

export interface NeighboursOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly notes: EvidenceNotes;
}

/**
 * Announces the head of the last act on the office's network while the centre has not acknowledged it, and writes down what siblings announce: an
 * entry of this log, which has a time of its own. Only heads signed by a key that the centre named as a sibling's count; a head is written
 * down once, and an old one never.
 */
export function openNeighbours({ store, ports, time, notes }: NeighboursOptions): Neighbours {
  const { neighbourhood } = ports;
  if (!neighbourhood) return { acted: () => undefined, close: () => undefined };
  const leisure = ports.leisure ?? 1;
  /** Place of the last act, which a witness is to vouch for. What the program itself writes after it needs no witness and is not announced. */
  let last: Head | undefined = store.identity() && store.waitingDossiers().size > 0 ? store.head() : undefined;
  let said: { readonly head: Head; readonly datagram: Uint8Array } | undefined;
  const heard = new Map<string, HeadWitnessed>();
  let cancelSoon: (() => void) | undefined;
  const voice = neighbourhood(listen);
  let cancel = ports.timers.after(neighbourRhythm.announce * leisure, tick);

  function tick(): void {
    announce();
    for (const head of heard.values()) witness(head);
    cancel = ports.timers.after(neighbourRhythm.announce * leisure, tick);
  }

  function announce(): void {
    if (!last || store.sent(last.log).seq >= last.seq) return;
    if (said?.head !== last) {
      const signer = ownSigner(store, ports);
      said = { head: last, datagram: writeAnnouncement({ v: 1, key: signer.publicKey, ...signHead(last, signer) }) };
    }
    voice.say(said.datagram);
  }

  /** Anything may come over a network; only what a sibling signed is kept, and of each log the newest alone. */
  function listen(bytes: Uint8Array): void {
    const announcement = readAnnouncement(bytes);
    if (!announcement || !store.identity() || store.ownLogs().includes(announcement.log)) return;
    const { key, log, seq, hash, signature } = announcement;
    if (seq <= (heard.get(log)?.seq ?? 0) || seq <= (witnessed().logs[log]?.seq ?? 0)) return;
    if (!siblingKeys(store).includes(key) || !headIsSigned({ log, seq, hash, signature }, key, ports.verifier)) return;
    heard.set(log, { log, seq, hash, signature });
    witness({ log, seq, hash, signature });
  }

  function witnessed(): z.infer<typeof witnessedSchema> {
    const { date } = civil(time.best());
    const kept = store.memo.load(memoName, witnessedSchema);
    return kept ? { ...kept, date, count: kept.date === date ? kept.count : 0 } : { date, count: 0, logs: {} };
  }

  /** Writes a head down, unless another of the same log was a moment ago or the day has no room: then the newest has its turn later. */
  function witness(head: HeadWitnessed): void {
    const known = witnessed();
    const before = known.logs[head.log];
    const { boot, uptime } = time.sample();
    if (known.count >= neighbourRhythm.daily || (before?.boot === boot && uptime - before.uptime < neighbourRhythm.again)) return;
    if (notes.write([{ kind: logKinds.headWitnessed, facts: { ...head } }], 'apart').length === 0) return;
    heard.delete(head.log);
    store.memo.save(memoName, { ...known, count: known.count + 1, logs: { ...known.logs, [head.log]: { seq: head.seq, uptime, boot } } });
  }

  return {
    acted() {
      last = store.head();
      cancelSoon?.();
      cancelSoon = ports.timers.after(neighbourRhythm.afterAct * leisure, announce);
    },
    close() {
      cancel();
      cancelSoon?.();
      voice.close();
    },
  };
}
