import type { CarriedEntry } from '#shared/sync/index.ts';
import type { CentreReader } from '../store/index.ts';

/** Entries as they may be kept: a body about a dossier that was erased is not, whoever still had it. Their hashes stand. */
export async function withoutErased<One extends CarriedEntry>(reader: CentreReader, carried: readonly One[]): Promise<readonly One[]> {
  const dossiers = carried.flatMap(({ entry, body }) => (body && entry.header.dossier !== undefined ? [entry.header.dossier] : []));
  const erased = await reader.erasedAmong([...new Set(dossiers)]);
  if (erased.size === 0) return carried;
  return carried.map((one) => (one.body && one.entry.header.dossier !== undefined && erased.has(one.entry.header.dossier) ? { ...one, body: { erased: true } } : one));
}
