/**
 * Headers and sealed bodies out of what was JSON. Batches, pages and stores bring thousands at once: what is plainly right is told by hand, in a fraction of the schema's time, and of all
 * else the schema has the word.
 */
import { entryHeaderSchema, entryLimit, entryVersion, kindShape, sealedBodySchema, type ClockReading, type EntryHeader, type SealedBody } from './entry.ts';
import { hashShape, uuidShape } from './ids.ts';

/** Undefined where it is no header. */
export function readHeader(value: unknown): EntryHeader | undefined {
  return isPlainlyHeader(value) ? value : entryHeaderSchema.safeParse(value).data;
}

/** Undefined where it is no sealed body. */
export function readSealedBody(value: unknown): SealedBody | undefined {
  return isPlainlySealed(value) ? value : sealedBodySchema.safeParse(value).data;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Header fields that are always there; the three others are counted when met. */
const always = 11;

function isPlainlyHeader(value: unknown): value is EntryHeader {
  if (!isFields(value)) return false;
  const { v, log, seq, prev, tick, kind, agency, dossier, after, act, actor, clock, facts, sealed } = value;
  const known = always + (dossier === undefined ? 0 : 1) + (after === undefined ? 0 : 1) + (sealed === undefined ? 0 : 1);
  return v === entryVersion && isUuid(log) && isPlace(seq) && isHash(prev) && isPlace(tick) && isName(kind) && kindShape.test(kind) && isName(agency) && isUuid(act) && isName(actor)
    && isClock(clock) && isFacts(facts) && (dossier === undefined || isUuid(dossier)) && (sealed === undefined || isHash(sealed))
    && (after === undefined || (Array.isArray(after) && after.length <= 64 && after.every(isHash)))
    // As many as are known, and all known ones are there: none is unknown.
    && Object.keys(value).length === known;
}

function isPlainlySealed(value: unknown): value is SealedBody {
  if (!isFields(value)) return false;
  const { salt, body } = value;
  return typeof salt === 'string' && saltShape.test(salt) && typeof body === 'string' && body.length <= entryLimit && Object.keys(value).length === 2;
}

const saltShape = /^[A-Za-z0-9_-]{22}$/;

function isUuid(value: unknown): boolean {
  return typeof value === 'string' && uuidShape.test(value);
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && hashShape.test(value);
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

function isPlace(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 64;
}

function isClock(value: unknown): value is ClockReading {
  if (!isFields(value)) return false;
  const { wall, uptime, hrtime, boot, anchor } = value;
  return isWhole(wall) && isWhole(uptime) && isWhole(hrtime) && isName(boot) && (anchor === null || (typeof anchor === 'number' && isWhole(anchor) && anchor >= 0)) && Object.keys(value).length === 5;
}

/** The schema drops a field of the name that JavaScript keeps for the prototype. */
function isFacts(value: unknown): value is EntryHeader['facts'] {
  return isFields(value) && !Object.hasOwn(value, '__proto__');
}
