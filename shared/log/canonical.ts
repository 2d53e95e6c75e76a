/** JSON as the log knows it: no fractions, no undefined, text in NFC. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/** Thrown for a value that has no canonical form; a mistake of the program, never of the user. */
export class NotCanonical extends Error {
  constructor(path: string, why: string) {
    super(`not canonical at ${path === '' ? 'the top' : path}: ${why}`);
    this.name = 'NotCanonical';
  }
}

/**
 * The canonical text of a value: JSON after RFC 8785 (keys in order of their UTF-16 code units, no spaces), narrowed to
 * safe integers and to text in NFC so that two programs cannot write the same act in two ways. A key whose value is
 * `undefined` is left out, as in JSON. Computed once when an entry is made; from then on the stored bytes are the truth and
 * nothing is ever serialised again.
 */
export function canonicalText(value: unknown, path = ''): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotCanonical(path, 'only safe integers');
    return Object.is(value, -0) ? '0' : JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new NotCanonical(path, 'a lone surrogate');
    return JSON.stringify(value.normalize('NFC'));
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => canonicalText(item, `${path}/${index}`)).join(',')}]`;
  }
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${fields.map(([key, item]) => `${canonicalText(key, path)}:${canonicalText(item, `${path}/${key}`)}`).join(',')}}`;
  }
  throw new NotCanonical(path, typeof value);
}

const encoder = new TextEncoder();

/** The canonical text as UTF-8 bytes. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalText(value));
}
