import type Database from 'better-sqlite3';
import { dossierKinds, dutiesOf, foldDossier, haltedAt, receivedPersonalSchema, toldAt, type DossierState, type ReceivedPersonal } from '#shared/dossier/index.ts';
import { canonicalBytes, type SealedBody } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { EntryTable, HeldEntry } from '../entries.ts';
import type { Lookup } from './lookup.ts';

/** Grows with every change of what the fold or the projections hold: a store built by another version builds them again. */
const projectionVersion = 4;

/** Kinds with which a dossier may begin. */
const beginnings = [dossierKinds.submitted, dossierKinds.received] as const;

/** Builds the projections of dossiers out of the log. */
export interface DossierProjection {
  /** Folds a dossier again and writes what lists and search show of it; false without its reception. `own` tells this installation's logs. */
  refold(dossier: string, own: ReadonlySet<string>): boolean;
  rebuild(own: ReadonlySet<string>): void;
  /** Whether what stands was built by this program's fold. */
  current(): boolean;
  stateHash(hasher: Hasher): string;
}

/** The person of a submission's, a reception's or a correction's body; undefined where it is erased, missing or not of the known shape. */
export function personOf(body: SealedBody | undefined): ReceivedPersonal | undefined {
  if (!body || 'erased' in body) return undefined;
  const personal = receivedPersonalSchema.safeParse(JSON.parse(body.body));
  return personal.success ? personal.data : undefined;
}

function latestOwn(entries: readonly HeldEntry[], own: ReadonlySet<string>): HeldEntry | undefined {
  return entries.findLast(({ entry, beside }) => !beside && own.has(entry.header.log));
}

const encoder = new TextEncoder();

export function dossierProjection(db: Database.Database, entries: EntryTable, lookup: Lookup): DossierProjection {
  type Columns = [
    number, string, string, string | null, number, string, string, string, string, number, number | null, number | null, number | null, number | null,
    string | null, string | null, number | null, number | null, string | null, number | null, number, number, string,
  ];
  const names = [
    'code', 'former_code', 'provisional', 'procedure', 'stage', 'receiving_agency', 'competent_agency', 'began_at', 'accepted_at', 'due_at', 'appointment_at',
    'halted_at', 'calendar', 'calendar_version', 'ready_at', 'handed_over_at', 'own_log', 'own_seq', 'conflicts', 'unknown', 'state',
  ];
  const put = db.prepare<Columns>(`
    INSERT INTO dossier (id, dossier, ${names.join(', ')}) VALUES (?, ?, ${names.map(() => '?').join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
  `);
  const dropDuties = db.prepare<[number]>('DELETE FROM duty WHERE dossier = ?');
  const addDuty = db.prepare<[number, string, number, number, number]>('INSERT INTO duty (dossier, duty, by_at, from_at, until_at) VALUES (?, ?, ?, ?, ?)');
  const known = db.prepare<[], { dossier: string }>(
    `SELECT dossier FROM entry WHERE kind IN ('${beginnings.join("', '")}') AND dossier IS NOT NULL GROUP BY dossier ORDER BY min(id)`,
  );
  const states = db.prepare<[], { state: string }>('SELECT state FROM dossier ORDER BY dossier');
  const version = db.prepare<[], { version: number }>('SELECT version FROM projection');
  const setVersion = db.prepare<[number]>('UPDATE projection SET version = ?');

  function write(state: DossierState, of: readonly HeldEntry[], own: ReadonlySet<string>): void {
    const { received, submitted, ready, handedOver } = state;
    // The first beginning that arrived, whichever counts by now: the place of a dossier in the lists stays.
    const first = of.find(({ entry }) => beginnings.some((kind) => kind === entry.header.kind));
    const personal = of.find(({ entry }) => entry.hash === state.personalEntry);
    if (!first || !personal) throw new RangeError('a state has a beginning');
    const mine = latestOwn(of, own)?.entry.header;
    put.run(
      first.id, state.id, state.code, state.formerCode ?? null, state.provisional ? 1 : 0, state.procedure, state.stage, state.receivingAgency,
      state.competentAgency, received?.acceptedAt ?? submitted?.at ?? 0, received?.acceptedAt ?? null, state.due?.at ?? null,
      state.appointment ? toldAt(state.appointment) : null, haltedAt(state) ?? null, state.due?.calendar.id ?? null, state.due?.calendar.version ?? null,
      ready?.at ?? null, handedOver?.at ?? null, mine?.log ?? null, mine?.seq ?? null, state.conflicts.length, state.unknown.length, JSON.stringify(state),
    );
    dropDuties.run(first.id);
    for (const { duty, by, from, until } of dutiesOf(state)) addDuty.run(first.id, duty, by, from, until);
    lookup.set(first.id, state.code, personOf(entries.bodyOfEntry(personal.id)));
  }

  function refold(dossier: string, own: ReadonlySet<string>): boolean {
    const of = entries.ofDossier(dossier);
    const state = foldDossier(of.map(({ entry }) => entry));
    // Without its beginning a dossier is kept in the log and shown once that arrives.
    if (state) write(state, of, own);
    return state !== undefined;
  }

  return {
    refold,
    current: () => version.get()?.version === projectionVersion,
    rebuild(own) {
      lookup.clear();
      db.exec('DELETE FROM duty; DELETE FROM dossier');
      for (const { dossier } of known.all()) refold(dossier, own);
      setVersion.run(projectionVersion);
    },
    stateHash(hasher) {
      const digests: string[] = [];
      for (const { state } of states.iterate()) digests.push(hasher.sha256(canonicalBytes(JSON.parse(state))));
      return hasher.sha256(encoder.encode(digests.join('\n')));
    },
  };
}
