import { fault, type Fault } from '#shared/errors/index.ts';
import type { CitizenCard } from './card.ts';

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

/** Tells what was scanned or typed. */
export function classifyScan(_text: string): Scan {
  return { kind: 'fault', fault: fault('scan.empty') };
}
