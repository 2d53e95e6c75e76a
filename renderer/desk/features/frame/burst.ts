import { parseDossierCode } from '#shared/catalogue/index.ts';
import { keyboardFault } from '#shared/vietnamese/index.ts';

/** A scanner types a key every few milliseconds; nobody's fingers do. Longest pause inside a burst, milliseconds. */
const pause = 45;
/** Shortest text that can be a card or a receipt. */
const shortest = 8;

/** The keys of a burst so far. `undefined` between bursts. */
export interface Burst {
  readonly text: string;
  readonly last: number;
}

/** The burst after one more key at a moment (milliseconds); a key after a pause starts a new one. */
export function afterKey(burst: Burst | undefined, key: string, at: number): { burst: Burst; started: boolean } {
  if (burst && at - burst.last <= pause) return { burst: { text: burst.text + key, last: at }, started: false };
  return { burst: { text: key, last: at }, started: true };
}

/**
 * Whether Enter at a moment ends a scan: the keys came in one burst, and their text has the shape of a card or a receipt.
 * `arrived` is what the field really got, where that is known; an input method hides the keys themselves.
 */
export function endsScan(burst: Burst | undefined, at: number, arrived?: string): boolean {
  if (burst === undefined || at - burst.last > pause || burst.text.length < shortest) return false;
  return looksScanned(arrived ?? burst.text) || looksScanned(burst.text);
}

/**
 * Whether a text has the shape of what is printed to be scanned: a citizen card's QR code (a number of 9 or 12 digits, then
 * fields between bars), also one that the keyboard spoilt, a receipt's QR code, or a dossier code.
 */
export function looksScanned(text: string): boolean {
  const trimmed = text.trim();
  return /^(?:\d{12}|\d{9})\|(?:[^|]*\|){3,}/.test(trimmed) || /^QUAY:/i.test(trimmed) || parseDossierCode(trimmed) !== undefined || keyboardFault(trimmed) !== undefined;
}
