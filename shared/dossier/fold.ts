import type { Entry } from '#shared/log/index.ts';
import { dossierKinds, handedOverSchema, receivedSchema, resultReadySchema, type HandedOver, type Received, type ResultReady } from './acts.ts';
import type { Conflict, DossierState, Origin, Recorded } from './state.ts';

/** The fold's order: tick, then log, then seq. Credible time judges and displays; it never orders, because it moves. */
export function inFoldOrder(a: Entry, b: Entry): number {
  return a.header.tick - b.header.tick || compare(a.header.log, b.header.log) || a.header.seq - b.header.seq || compare(a.hash, b.hash);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function originOf(entry: Entry): Origin {
  const { log, seq, tick, agency, actor } = entry.header;
  return { entry: entry.hash, log, seq, tick, agency, actor };
}

/**
 * The state of the dossier whose entries are given, in any order and with repetitions; undefined while its reception is
 * not among them (a later entry may arrive first).
 */
export function foldDossier(entries: Iterable<Entry>): DossierState | undefined {
  const unique = new Map<string, Entry>();
  for (const entry of entries) unique.set(entry.hash, entry);
  const ordered = [...unique.values()].sort(inFoldOrder);

  let id: string | undefined;
  let received: Recorded<Received> | undefined;
  let ready: Recorded<ResultReady> | undefined;
  let handedOver: Recorded<HandedOver> | undefined;
  const conflicts: Conflict[] = [];
  const unknown: string[] = [];
  const named = new Set<string>();

  for (const entry of ordered) {
    for (const known of entry.header.after ?? []) named.add(known);
    const origin = originOf(entry);
    const clash = (kept: { origin: Origin }): void => {
      conflicts.push({ kind: entry.header.kind, kept: kept.origin.entry, other: entry.hash });
    };
    switch (entry.header.kind) {
      case dossierKinds.received: {
        const facts = receivedSchema.safeParse(entry.header.facts);
        if (!facts.success) unknown.push(entry.hash);
        else if (received) clash(received);
        else {
          received = { ...facts.data, origin };
          id = entry.header.dossier;
        }
        break;
      }
      case dossierKinds.resultReady: {
        const facts = resultReadySchema.safeParse(entry.header.facts);
        if (!facts.success) unknown.push(entry.hash);
        else if (ready) clash(ready);
        else ready = { ...facts.data, origin };
        break;
      }
      case dossierKinds.handedOver: {
        const facts = handedOverSchema.safeParse(entry.header.facts);
        if (!facts.success) unknown.push(entry.hash);
        else if (handedOver) clash(handedOver);
        else handedOver = { ...facts.data, origin };
        break;
      }
      default:
        unknown.push(entry.hash);
    }
  }
  if (!received || id === undefined) return undefined;
  return {
    id,
    stage: handedOver ? 'returned' : ready ? 'ready' : 'processing',
    received,
    ...(ready ? { ready } : {}),
    ...(handedOver ? { handedOver } : {}),
    conflicts,
    unknown,
    frontier: ordered.filter((entry) => !named.has(entry.hash)).map((entry) => entry.hash).sort(compare),
    entryCount: ordered.length,
  };
}
