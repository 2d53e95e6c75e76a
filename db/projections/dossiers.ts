import type Database from 'better-sqlite3';
import { dossierKinds, foldDossier, receivedPersonalSchema, type DossierState, type ReceivedPersonal } from '#shared/dossier/index.ts';
import { canonicalBytes, type SealedBody } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { EntryTable, HeldEntry } from '../entries.ts';
import type { Lookup } from './lookup.ts';

/** Builds the projections of dossiers out of the log. */
export interface DossierProjection {
  /** Folds a dossier again and writes what lists and search show of it; false without its reception. `own` tells this installation's logs. */
  refold(dossier: string, own: ReadonlySet<string>): boolean;
  rebuild(own: ReadonlySet<string>): void;
  stateHash(hasher: Hasher): string;
}

/** The person of a reception's body; undefined where it is erased, missing or not of the known shape. */
export function personOf(body: SealedBody | undefined): ReceivedPersonal | undefined {
  if (!body || 'erased' in body) return undefined;
  const personal = receivedPersonalSchema.safeParse(JSON.parse(body.body));
  return personal.success ? personal.data : undefined;
}

function latestOwn(entries: readonly HeldEntry[], own: ReadonlySet<string>): HeldEntry | undefined {
  return entries.findLast(({ entry }) => own.has(entry.header.log));
}

const encoder = new TextEncoder();

export function dossierProjection(db: Database.Database, entries: EntryTable, lookup: Lookup): DossierProjection {
  type Columns = [
    number, string, string, number, string, string, string, number, number, number | null, number | null, string | null, number | null, number, number, string,
  ];
  const put = db.prepare<Columns>(`
    INSERT INTO dossier (id, dossier, code, provisional, procedure, stage, receiving_agency, accepted_at, due_at, ready_at, handed_over_at,
      own_log, own_seq, conflicts, unknown, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET code = excluded.code, provisional = excluded.provisional, procedure = excluded.procedure, stage = excluded.stage,
      receiving_agency = excluded.receiving_agency, accepted_at = excluded.accepted_at, due_at = excluded.due_at, ready_at = excluded.ready_at,
      handed_over_at = excluded.handed_over_at, own_log = excluded.own_log, own_seq = excluded.own_seq, conflicts = excluded.conflicts,
      unknown = excluded.unknown, state = excluded.state
  `);
  const known = db.prepare<[], { dossier: string }>(
    `SELECT dossier FROM entry WHERE kind = '${dossierKinds.received}' AND dossier IS NOT NULL GROUP BY dossier ORDER BY min(id)`,
  );
  const states = db.prepare<[], { state: string }>('SELECT state FROM dossier ORDER BY dossier');

  function write(state: DossierState, of: readonly HeldEntry[], own: ReadonlySet<string>): void {
    const { received, ready, handedOver } = state;
    // The first reception that arrived, whichever counts by now: the place of a dossier in the lists stays.
    const first = of.find(({ entry }) => entry.header.kind === dossierKinds.received);
    const counts = of.find(({ entry }) => entry.hash === received.origin.entry);
    if (!first || !counts) throw new RangeError('a state has a reception');
    const mine = latestOwn(of, own)?.entry.header;
    put.run(
      first.id, state.id, received.code, received.provisional ? 1 : 0, received.procedure, state.stage, received.receivingAgency,
      received.acceptedAt, received.due.at, ready?.at ?? null, handedOver?.at ?? null, mine?.log ?? null, mine?.seq ?? null,
      state.conflicts.length, state.unknown.length, JSON.stringify(state),
    );
    lookup.set(first.id, received.code, personOf(entries.bodyOfEntry(counts.id)));
  }

  function refold(dossier: string, own: ReadonlySet<string>): boolean {
    const of = entries.ofDossier(dossier);
    const state = foldDossier(of.map(({ entry }) => entry));
    // Without its reception a dossier is kept in the log and shown once that arrives.
    if (state) write(state, of, own);
    return state !== undefined;
  }

  return {
    refold,
    rebuild(own) {
      lookup.clear();
      db.exec('DELETE FROM dossier');
      for (const { dossier } of known.all()) refold(dossier, own);
    },
    stateHash(hasher) {
      const digests: string[] = [];
      for (const { state } of states.iterate()) digests.push(hasher.sha256(canonicalBytes(JSON.parse(state))));
      return hasher.sha256(encoder.encode(digests.join('\n')));
    },
  };
}
