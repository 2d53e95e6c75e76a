import { z } from 'zod';
import { civilDateSchema } from '#shared/deadline/index.ts';
import { agencyIdentifierSchema } from './agency.ts';

/**
 * A lease of dossier codes: on each day of validity the log may use the daily sequence numbers first to last of the
 * agency. Where the agency's identifier changes within it, the desk is given one part for each, all with the lease's id. Codes are the central system's to give (Decree 118/2025); a lease lets a desk use them without a network.
 */
export const leaseSchema = z.object({
  id: z.string().min(1).max(64),
  /** Id of the log the lease was given to; it dies with the log. */
  log: z.string().min(1).max(64),
  agencyIdentifier: agencyIdentifierSchema,
  validFrom: civilDateSchema,
  validTo: civilDateSchema,
  first: z.int().min(1),
  last: z.int().max(999_999),
}).refine((lease) => lease.first <= lease.last && lease.validFrom <= lease.validTo, 'a lease holds at least one number of one day');
export type CodeLease = z.infer<typeof leaseSchema>;

/** An official dossier code (mã hồ sơ): agency identifier, day, daily number in four digits or more: `H37.01-261124-0001`. */
export function officialCode(agencyIdentifier: string, civilDate: string, sequence: number): string {
  const day = civilDate.slice(2).replaceAll('-', '');
  return `${agencyIdentifier}-${day}-${String(sequence).padStart(4, '0')}`;
}

/**
 * The next code of a lease on a civil date, when `used` of that day's numbers are taken; undefined when the lease does not
 * hold on that day or is used up.
 */
export function leasedCode(lease: CodeLease, civilDate: string, used: number): string | undefined {
  const sequence = lease.first + used;
  if (civilDate < lease.validFrom || civilDate > lease.validTo || sequence > lease.last) return undefined;
  return officialCode(lease.agencyIdentifier, civilDate, sequence);
}

/** Crockford's base 32: no I, L, O, U, so that a code read out on the telephone is not misheard or misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Four characters that tell logs apart in provisional codes, from the random end of the log's UUID. */
export function logTag(logId: string): string {
  const bits = Number.parseInt(logId.replaceAll('-', '').slice(-5), 16);
  return [15, 10, 5, 0].map((shift) => alphabet[(bits >>> shift) & 31] ?? '0').join('');
}

/** A code of the desk's own until the centre maps it (mã tạm): `T-7K2M-0031`. No official code starts with `T-`. */
export function provisionalCode(tag: string, n: number): string {
  return `T-${tag}-${String(n).padStart(4, '0')}`;
}

/** A dossier code taken apart; `code` is its one normal spelling. */
export type DossierCode =
  | { readonly style: 'old' | 'new'; readonly code: string; readonly agencyIdentifier: string; readonly date: string; readonly sequence: number }
  | { readonly style: 'provisional'; readonly code: string; readonly tag: string; readonly sequence: number };

const official = /^([0-9A-Z]+(?:\.[0-9A-Z]+)*)-(\d{6})-(\d{4,6})$/;
const provisional = /^T-([0-9A-Z]{4})-(\d{4,})$/;

/**
 * Reads a dossier code (mã hồ sơ) as scanned or typed: `000.00.01.H26-260930-0012` (old style, agency last), `H15.50.05.13-261008-0975`
 * or a provisional one. Small letters and spaces around are forgiven. Undefined when it is none.
 */
export function parseDossierCode(text: string): DossierCode | undefined {
  const code = text.trim().toUpperCase();
  const own = provisional.exec(code);
  if (own) {
    // Crockford reads O as 0 and I, L as 1.
    const tag = (own[1] ?? '').replaceAll('O', '0').replace(/[IL]/g, '1');
    const digits = own[2] ?? '';
    return tag.includes('U') ? undefined : { style: 'provisional', code: `T-${tag}-${digits}`, tag, sequence: Number(digits) };
  }
  const found = official.exec(code);
  if (!found) return undefined;
  const [, agencyIdentifier = '', day = '', digits = ''] = found;
  const date = civilDateSchema.safeParse(`20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`);
  if (!date.success || agencyIdentifier.length > 35) return undefined;
  // A letter must stand in it, else a telephone number with dashes would pass for a code.
  if (!/[A-Z]/.test(agencyIdentifier)) return undefined;
  const style = /^\d{3}\./.test(agencyIdentifier) ? 'old' : 'new';
  return { style, code, agencyIdentifier, date: date.data, sequence: Number(digits) };
}
