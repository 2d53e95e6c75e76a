import { createHash } from 'node:crypto';
import type { Received } from '#shared/dossier/index.ts';
import { emptyHead, makeEntry, mintUuid, type ClockReading, type Entry } from '#shared/log/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';

export const hasher: Hasher = { sha256: (bytes) => createHash('sha256').update(bytes).digest('hex') };

/** Bytes that look random and are the same in every run: SHA-256 of a counter. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  return {
    bytes(count) {
      const parts: Buffer[] = [];
      while (parts.length * 32 < count) parts.push(createHash('sha256').update(`${seed}/${counter++}`).digest());
      return new Uint8Array(Buffer.concat(parts).subarray(0, count));
    },
  };
}

export function uuids(seed: string): () => string {
  const random = seededRandom(seed);
  return () => mintUuid(Date.UTC(2026, 10, 23, 2), random);
}

export const clock: ClockReading = { wall: Date.UTC(2026, 10, 23, 2), uptime: 1000, hrtime: 1_000_000, boot: 'boot-1', anchor: null };

/** 23/11/2026 09:00 in Vietnam. */
export const monday = Date.UTC(2026, 10, 23, 2);
export const hour = 60 * 60 * 1000;
export const day = 24 * hour;

export function receivedFacts(change: Partial<Received> = {}): Received {
  return {
    code: 'H37.01-261123-0001', provisional: false, procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1,
    term: { unit: 'workingDay', amount: 1 }, submittedAt: monday, acceptedAt: monday, timeSource: 'anchor',
    due: { at: monday + day, start: monday, provisional: false, ruleSet: 'nd118', calendar: { id: 'vn-civil-servants', version: '2026-v3' }, steps: [] },
    papers: [], sets: 1, channel: 'counter', receivingAgency: 'a-1', competentAgency: 'a-1', level: 'commune', fee: 8000, ...change,
  };
}

export interface Draft {
  readonly kind: string;
  readonly dossier?: string;
  readonly after?: readonly string[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Writes a log entry by entry, as a desk would; `saw` raises its tick as a merge does. */
export function logWriter(log: string, newAct: () => string): { write(draft: Draft): Entry; saw(tick: number): void } {
  let head = emptyHead(log);
  let tick = 0;
  return {
    saw(other) {
      tick = Math.max(tick, other);
    },
    write({ kind, dossier, after, facts = {} }) {
      tick += 1;
      const entry = makeEntry({
        v: 1, log, seq: head.seq + 1, prev: head.hash, tick, kind, agency: 'a-1', act: newAct(), actor: 's-1', clock, facts: { ...facts },
        ...(dossier === undefined ? {} : { dossier }), ...(after === undefined ? {} : { after: [...after] }),
      }, hasher);
      head = { log, seq: entry.header.seq, hash: entry.hash };
      return entry;
    },
  };
}
