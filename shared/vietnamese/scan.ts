import { parseDossierCode, procedureCodeSchema } from '#shared/catalogue/index.ts';
import { fault, type ErrorCode, type Fault } from '#shared/errors/index.ts';
import { isRunTogether, parseCitizenCard, type CitizenCard } from './card.ts';
import { keyboardFault } from './keyboard.ts';
import { normalizeBusinessCode, normalizeIdNumber, normalizePhone } from './numbers.ts';

/** What the one scan field makes of a text. */
export type Scan =
  | { readonly kind: 'citizenCard'; readonly card: CitizenCard }
  /** `dossier` is the dossier's id where the code came from the receipt's QR code. */
  | { readonly kind: 'dossierCode'; readonly code: string; readonly dossier?: string }
  | { readonly kind: 'procedureCode'; readonly code: string }
  /** Of a citizen card, an old identity card, a passport or an enterprise. */
  | { readonly kind: 'idNumber'; readonly number: string }
  | { readonly kind: 'phone'; readonly number: string }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

const receipt = /^QUAY:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(.+)$/i;

/** Longest text that can come from one scan or one person's typing, UTF-16 units; the field takes no more. */
const longest = 4096;

/** The QR code of a receipt: `QUAY:<dossier id>:<dossier code>`. */
function receiptOf(text: string): Scan {
  const found = receipt.exec(text);
  const code = parseDossierCode(found?.[2] ?? '');
  if (!found || !code) return { kind: 'fault', fault: fault('scan.malformed-receipt') };
  return { kind: 'dossierCode', code: code.code, dossier: (found[1] ?? '').toLowerCase() };
}

/**
 * Tells what was scanned or typed: a citizen card, a receipt's QR code or barcode, a dossier or procedure code, the number of a person, an
 * enterprise or a telephone, else words to search. Faults: `scan.empty`, `scan.malformed-receipt`, `scan.run-together`, and those of
 * {@link parseCitizenCard}.
 */
export function classifyScan(text: string): Scan {
  const fail = (code: ErrorCode): Scan => ({ kind: 'fault', fault: fault(code) });
  if (text.length > longest || isRunTogether(text)) return fail('scan.run-together');
  if (text.includes('|') || keyboardFault(text.trim()) !== undefined) {
    const card = parseCitizenCard(text);
    return card.ok ? { kind: 'citizenCard', card: card.value } : { kind: 'fault', fault: card.fault };
  }
  const input = text.normalize('NFC').replace(/\p{Cf}+/gu, '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (input === '') return fail('scan.empty');
  if (/^QUAY:/i.test(input)) return receiptOf(input);
  const dossier = parseDossierCode(input);
  if (dossier) return { kind: 'dossierCode', code: dossier.code };
  const procedure = procedureCodeSchema.safeParse(input.toUpperCase());
  if (procedure.success) return { kind: 'procedureCode', code: procedure.data };
  const number = normalizeIdNumber(input);
  if (number !== undefined) return { kind: 'idNumber', number };
  const phone = normalizePhone(input);
  if (phone !== undefined) return { kind: 'phone', number: phone };
  const business = normalizeBusinessCode(input);
  if (business !== undefined) return { kind: 'idNumber', number: business };
  return { kind: 'words', text: input };
}
