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
export function canonicalText(value: unknown): string {
  return textOf(value, '', undefined);
}

/** Where in the whole a value stands; spelt out only when something is wrong with it. */
interface Place {
  readonly key: string | number;
  readonly parent: Place | undefined;
}

function pathOf(key: string | number, parent: Place | undefined): string {
  return parent === undefined ? String(key) : `${pathOf(parent.key, parent.parent)}/${key}`;
}

/** `key`: under which the value stands in its parent. */
function textOf(value: unknown, key: string | number, parent: Place | undefined): string {
  if (typeof value === 'string') return quoted(value, key, parent);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotCanonical(pathOf(key, parent), 'only safe integers');
    // Adding zero makes −0 an ordinary 0.
    return String(value + 0);
  }
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (Array.isArray(value)) {
    const place = { key, parent };
    return `[${value.map((item, index) => textOf(item, index, place)).join(',')}]`;
  }
  if (isObject(value)) return objectText(value, { key, parent });
  throw new NotCanonical(pathOf(key, parent), typeof value);
}

function objectText(value: Readonly<Record<string, unknown>>, place: Place): string {
  let text = '';
  // Without a comparison of one's own, texts are sorted by their code units.
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(key, place.key, place.parent)}:${textOf(item, key, place)}`;
  }
  return `{${text}}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Letters, digits and marks that stand for themselves in JSON and in every normal form: most keys and values. */
const plain = /^[ !#-[\]-~]*$/;

function quoted(text: string, key: string | number, parent: Place | undefined): string {
  if (plain.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new NotCanonical(pathOf(key, parent), 'a lone surrogate');
  return JSON.stringify(text.normalize('NFC'));
}

/** Plain ASCII: in every normal form, and written by the engine as the canonical text has it. */
const ascii = /^[\0-\u007f]*$/;

/** Whether a text is the canonical one of the value that was read from it. */
export function isCanonical(text: string, value: unknown): boolean {
  // Most texts are ASCII and told apart quickly; a lone surrogate is written with an escape. Of all others the slow way has the word.
  if (ascii.test(text) && !text.includes('\\ud') && JSON.stringify(value) === text && inCanonicalOrder(value)) return true;
  try {
    return canonicalText(value) === text;
  } catch {
    // There is no canonical text of it at all.
    return false;
  }
}

/** Whether keys stand in the order of their code units, all the way down, and all numbers are safe integers: what an ASCII text needs beside being the engine's own. */
function inCanonicalOrder(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(inCanonicalOrder);
  let before: string | undefined;
  for (const [key, item] of Object.entries(value)) {
    if (before !== undefined && before >= key) return false;
    before = key;
    if (typeof item !== 'string' && !inCanonicalOrder(item)) return false;
  }
  return true;
}

const encoder = new TextEncoder();

/** The canonical text as UTF-8 bytes. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalText(value));
}
