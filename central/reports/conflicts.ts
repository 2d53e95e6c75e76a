import type { Catalogue } from '#shared/catalogue/index.ts';
import type { ConflictedDossier } from '#shared/province/index.ts';
import type { JudgedProvince } from '../judge/index.ts';
import { agencyName } from './names.ts';

/** The dossiers whose acts contradict each other and wait for people to settle it (mâu thuẫn giữa các quầy), by agency and code. */
export function conflictedDossiers(judged: JudgedProvince, catalogue: Catalogue | undefined): ConflictedDossier[] {
  const found: ConflictedDossier[] = [];
  for (const { state, entries } of [...judged.dossiers.values(), ...judged.unaccepted.values()]) {
    const level = (state.received ?? state.submitted)?.level;
    if (state.conflicts.length === 0 || level === undefined) continue;
    const hashes = new Set(state.conflicts.flatMap(({ kept, other }) => [kept, other]));
    const agencies = new Set(entries.filter(({ hash }) => hashes.has(hash)).map(({ header }) => agencyName(catalogue, header.agency)));
    found.push({
      dossier: state.id, code: state.code, procedure: state.procedure, level, agency: state.competentAgency,
      agencyName: agencyName(catalogue, state.competentAgency), count: state.conflicts.length, between: [...agencies].sort((a, b) => a.localeCompare(b, 'vi')),
    });
  }
  return found.sort((a, b) => a.agencyName.localeCompare(b.agencyName, 'vi') || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
