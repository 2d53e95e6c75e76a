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
  // In memory: whatever comes over the network is weighed without asking the store.
  let known = store.memo.load(memoName, witnessedSchema) ?? { date: '', count: 0, logs: {} };
  let siblings = siblingKeys(store);
  let cancelSoon: (() => void) | undefined;
  const voice = neighbourhood(listen);
  let cancel = ports.timers.after(neighbourRhythm.announce * leisure, tick);

  function tick(): void {
    siblings = siblingKeys(store);
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
    if (seq <= (heard.get(log)?.seq ?? 0) || seq <= (known.logs[log]?.seq ?? 0)) return;
    if (!siblings.includes(key) || !headIsSigned({ log, seq, hash, signature }, key, ports.verifier)) return;
    heard.set(log, { log, seq, hash, signature });
    witness({ log, seq, hash, signature });
  }

  /** Writes a head down, unless another of the same log was a moment ago or the day has no room: then the newest has its turn later. */
  function witness(head: HeadWitnessed): void {
    const { date } = civil(time.best());
    const count = known.date === date ? known.count : 0;
    const before = known.logs[head.log];
    const { boot, uptime } = time.sample();
    if (count >= neighbourRhythm.daily || (before?.boot === boot && uptime - before.uptime < neighbourRhythm.again)) return;
    if (notes.write([{ kind: logKinds.headWitnessed, facts: { ...head } }], 'apart').length === 0) return;
    heard.delete(head.log);
    known = { date, count: count + 1, logs: { ...known.logs, [head.log]: { seq: head.seq, uptime, boot } } };
    // Lost, a head may be written down once more.
    store.memo.save(memoName, known);
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
