import { parseDossierCode, procedureCodeSchema } from '#shared/catalogue/index.ts';
import { fault, type Fault } from '#shared/errors/index.ts';
import { parseCitizenCard, type CitizenCard } from './card.ts';
import { normalizePhone, validIdNumber } from './numbers.ts';

/** What the one scan field makes of a text. */
export type Scan =
  | { readonly kind: 'citizenCard'; readonly card: CitizenCard }
  /** `dossier` is the dossier's id where the code came from the receipt's QR code. */
  | { readonly kind: 'dossierCode'; readonly code: string; readonly dossier?: string }
  | { readonly kind: 'procedureCode'; readonly code: string }
  | { readonly kind: 'idNumber'; readonly number: string }
  | { readonly kind: 'phone'; readonly number: string }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

const receipt = /^QUAY:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(.+)$/i;

/** The QR code of a receipt: `QUAY:<dossier id>:<dossier code>`. */
function receiptOf(text: string): Scan {
  const found = receipt.exec(text);
  const code = parseDossierCode(found?.[2] ?? '');
  if (!found || !code) return { kind: 'fault', fault: fault('scan.malformed-receipt') };
  return { kind: 'dossierCode', code: code.code, dossier: (found[1] ?? '').toLowerCase() };
}

/**
 * Tells what was scanned or typed: a citizen card, a receipt's QR code or barcode, a dossier or procedure code, an
 * identification or telephone number, else words to search. Faults: `scan.empty`, `scan.malformed-receipt`, and those of
 * {@link parseCitizenCard}.
 */
export function classifyScan(text: string): Scan {
  const input = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (input === '') return { kind: 'fault', fault: fault('scan.empty') };
  if (/^QUAY:/i.test(input)) return receiptOf(input);
  if (input.includes('|')) {
    const card = parseCitizenCard(input);
    return card.ok ? { kind: 'citizenCard', card: card.value } : { kind: 'fault', fault: card.fault };
  }
  const dossier = parseDossierCode(input);
  if (dossier) return { kind: 'dossierCode', code: dossier.code };
  const procedure = procedureCodeSchema.safeParse(input.toUpperCase());
  if (procedure.success) return { kind: 'procedureCode', code: procedure.data };
  const digits = input.replace(/[ .-]/g, '');
  if (validIdNumber(digits)) return { kind: 'idNumber', number: digits };
  const phone = normalizePhone(input);
  if (phone !== undefined) return { kind: 'phone', number: phone };
  return { kind: 'words', text: input };
}
