import { agencyById, agencyIdentifierOn, officialCode } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { dossierKinds, receivedSchema, submittedSchema } from '#shared/dossier/index.ts';
import type { Entry, EntryHeader } from '#shared/log/index.ts';
import { centreKinds, type Note, type OwnLog } from '../ledger/index.ts';
import type { CentreReader, CentreWriter, Installation, MappedCode, StoredLease } from '../store/index.ts';
import type { CentreReading } from '../time/index.ts';
import { numbersForLeases } from './lease.ts';
import { latestCatalogue } from './publish.ts';

/** Codes in one answer to a desk. */
export const codesInAnswer = 500;

/** The code a dossier began with and the instant of it; undefined for an entry that begins none. */
function beginning({ kind, facts }: EntryHeader): { readonly code: string; readonly provisional: boolean; readonly at: number } | undefined {
  const received = kind === dossierKinds.received ? receivedSchema.safeParse(facts).data : undefined;
  if (received) return { ...received, at: received.acceptedAt };
  return kind === dossierKinds.submitted ? submittedSchema.safeParse(facts).data : undefined;
}

/** Keeps which of the entries that came begin a dossier under a provisional code (mã tạm). */
export async function noteProvisionalCodes(writer: CentreWriter, entries: readonly Entry[]): Promise<void> {
  for (const { header } of entries) {
    // Most say at a glance that they do not; the others are read.
    if (header.dossier === undefined || header.facts['provisional'] !== true) continue;
    const begun = beginning(header);
    if (begun?.provisional !== true) continue;
    await writer.addProvisionalCode({ dossier: header.dossier, log: header.log, agency: header.agency, provisional: begun.code, day: civil(begun.at).date });
  }
}

/**
 * Gives an agency's dossiers under provisional codes their official ones, each once and for ever, and notes it in the centre's own
 * log: identifier and day of the reception, and the agency's next number of that day above all leases. Where the agency is not
 * published they wait.
 */
export async function mapProvisionalCodes(writer: CentreWriter, own: OwnLog, agencyId: string, reading: CentreReading): Promise<void> {
  const waiting = await writer.unmappedCodes(agencyId);
  if (waiting.length === 0) return;
  const catalogue = await latestCatalogue(writer);
  const agency = catalogue && agencyById(catalogue, agencyId);
  if (!agency) return;
  const leases = await writer.leases(agencyId);
  const notes: Note[] = [];
  let place = await writer.lastMappedPlace();
  for (const waits of waiting) {
    const number = 1 + ((await writer.greatestMappedNumber(agencyId, waits.day)) ?? leasedUpTo(leases, waits.day));
    place += 1;
    const mapped: MappedCode = { ...waits, number, code: officialCode(agencyIdentifierOn(agency, waits.day), waits.day, number), place };
    await writer.setMappedCode(mapped);
    const { dossier, provisional, code, day } = mapped;
    notes.push({ kind: centreKinds.codeMapped, facts: { dossier, provisional, code, day, agency: agencyId, at: reading.now, rho: reading.rho ?? null } });
  }
  await own.append(writer, reading, notes);
}

/** The greatest number that a lease of the day holds or may come to hold; leases of earlier versions reach higher. */
function leasedUpTo(leases: readonly StoredLease[], day: string): number {
  return leases.filter(({ validFrom, validTo }) => validFrom <= day && day <= validTo).reduce((most, { last }) => Math.max(most, last), numbersForLeases);
}

/** Official codes for receptions of one installation, after a place. */
export interface CodesAnswer {
  readonly codes: readonly { readonly dossier: string; readonly provisional: string; readonly code: string }[];
  /** The place to ask from next. */
  readonly to: number;
  readonly more: boolean;
}

/** A place this centre has not reached was another centre's, or it was restored: then all are given anew. */
export async function codesFor(reader: CentreReader, installation: Installation, after: number): Promise<CodesAnswer> {
  const last = await reader.lastMappedPlace();
  const from = after > last ? 0 : after;
  const found = await reader.mappedCodes(installation.id, from, codesInAnswer + 1);
  const codes = found.slice(0, codesInAnswer);
  const more = found.length > codesInAnswer;
  return { codes: codes.map(({ dossier, provisional, code }) => ({ dossier, provisional, code })), to: more ? (codes.at(-1)?.place ?? from) : last, more };
}
