import { fail, fault, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import { bodyFits, canonicalText, parseEntry, sealedBodySchema, uuidSchema, type SealedBody } from '#shared/log/index.ts';
import type { Hasher, Signer, Verifier } from '#shared/ports.ts';
import type { CarriedEntry } from './batch.ts';
import { jsonLine } from './json-line.ts';
import { laterForm } from './problem.ts';
import { laterVersion, pageHeaderSchema, pageSignatureSchema, type PageHeader } from './wire.ts';

const encoder = new TextEncoder();

/** The bytes a page's signature covers; `digest` is the SHA-256 of all the page's bytes before its last line. */
export function pageBytes(digest: string): Uint8Array {
  return encoder.encode(`quay-page-v1\n${digest}\n`);
}

/** An entry as the centre holds it: exact text, and its sealed body where it has one. */
interface HeldText {
  readonly text: string;
  readonly body?: SealedBody | undefined;
}

/** Writes a page as NDJSON: header, then each entry's exact text, its sealed body (if any) on the next line, and the signature. */
export function writePage(header: Omit<PageHeader, 'v' | 'count'>, held: readonly HeldText[], hasher: Hasher, signer: Signer): string {
  const lines = [canonicalText({ v: 1, count: held.length, ...header })];
  for (const { text, body } of held) {
    lines.push(text);
    if (body) lines.push(canonicalText(body));
  }
  const signed = `${lines.join('\n')}\n`;
  const signature = signer.sign(pageBytes(hasher.sha256(encoder.encode(signed))));
  return `${signed}${canonicalText({ signature })}\n`;
}

/** An entry of a page that cannot be used as it came, and why. Of a newer version, most likely. */
export interface SetAside {
  readonly fault: Fault;
  /** The dossier it is about, as far as can be told. */
  readonly dossier?: string;
}

/** A page that is the centre's and answers what was asked. */
export interface ReadPage {
  readonly header: PageHeader;
  /** Entries in canonical form; a body that does not fit is left out. */
  readonly carried: readonly CarriedEntry[];
  readonly setAside: readonly SetAside[];
}

/**
 * A greater tick belongs to a broken log: no province has had so many acts. Taken over, it would drive the ticks of every
 * desk towards the end of the safe integers.
 */
const greatestTick = 2 ** 40;

/**
 * Reads a page. `keys` are the centre's; `request` is the path and query it must answer, `installation` whom it must be
 * for. One bad entry stops no other. Errors: `page.bad-signature` for a page that is cut, changed, or meant for something
 * else; `centre.newer-version` and `centre.older-version` for one of a form this program does not know.
 */
export function readPage(
  text: string, about: { readonly keys: readonly string[]; readonly installation: string; readonly request: string }, hasher: Hasher, verifier: Verifier,
): Outcome<ReadPage> {
  const end = text.endsWith('\n') ? text.lastIndexOf('\n', text.length - 2) + 1 : 0;
  const signature = pageSignatureSchema.safeParse(jsonLine(text.slice(end)));
  if (end === 0 || !signature.success) return fail('page.bad-signature');
  const signed = text.slice(0, end);
  const bytes = pageBytes(hasher.sha256(encoder.encode(signed)));
  if (!about.keys.some((key) => verifier.verify(key, bytes, signature.data.signature))) return fail('page.bad-signature');

  const lines = signed.split('\n').slice(0, -1);
  const first = jsonLine(lines[0] ?? '');
  const later = laterVersion(first);
  if (later !== undefined) return { ok: false, fault: laterForm('page', later) };
  const header = pageHeaderSchema.safeParse(first);
  if (!header.success) return fail('centre.older-version');
  if (header.data.installation !== about.installation || header.data.request !== about.request) return fail('page.bad-signature');

  const carried: CarriedEntry[] = [];
  const setAside: SetAside[] = [];
  for (let index = 1; index < lines.length; ) {
    const line = lines[index] ?? '';
    const beside = jsonLine(lines[index + 1] ?? '');
    const body = sealedBodySchema.safeParse(beside);
    index += body.success || standsBeside(beside, line) ? 2 : 1;
    const entry = parseEntry(line, hasher);
    if (!entry.ok) {
      setAside.push({ fault: entry.fault, ...dossierIn(line) });
      continue;
    }
    const { header: { seq, tick, dossier } } = entry.value;
    const named = dossier === undefined ? {} : { dossier };
    if (tick > greatestTick) {
      setAside.push({ fault: fault('log.malformed-entry', { seq }), ...named });
      continue;
    }
    const fits = bodyFits(entry.value, body.data, hasher);
    if (!fits) setAside.push({ fault: fault('log.malformed-entry', { seq }), ...named });
    carried.push(fits && body.success ? { entry: entry.value, body: body.data } : { entry: entry.value });
  }
  return ok({ header: header.data, carried, setAside });
}

/** Whether a line is the body of the entry before it in a form this program does not know. Entries of every version name their log. */
function standsBeside(value: unknown, before: string): boolean {
  return isObject(value) && !('log' in value) && hasSealed(jsonLine(before));
}

function hasSealed(value: unknown): boolean {
  return isObject(value) && 'sealed' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function dossierIn(line: string): { readonly dossier?: string } {
  const value = jsonLine(line);
  const dossier = uuidSchema.safeParse(typeof value === 'object' && value !== null && 'dossier' in value ? value.dossier : undefined);
  return dossier.success ? { dossier: dossier.data } : {};
}
