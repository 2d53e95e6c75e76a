import { isCanonical } from './canonical.ts';
import { entryVersion, type EntryHeader } from './entry.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const digest = '[0-9a-f]{64}';
const word = '[ !#-[\\]-~]{1,64}';
const name = '[a-z]+(?:-[a-z]+)*';
/** Numbers of up to 15 digits are safe; longer ones are the schema's. */
const whole = '0|-?[1-9]\\d{0,14}';
const positive = '[1-9]\\d{0,14}';

/** Up to the facts, and from behind them to the end: the keys stand in the order of the canonical text, which leaves nothing between them to choose. */
const beginning = new RegExp(
  `^\\{"act":"(${uuid})","actor":"(${word})",(?:"after":\\[((?:"${digest}"(?:,"${digest}"){0,63})?)\\],)?"agency":"(${word})",`
  + `"clock":\\{"anchor":(null|0|${positive}),"boot":"(${word})","hrtime":(${whole}),"uptime":(${whole}),"wall":(${whole})\\},(?:"dossier":"(${uuid})",)?"facts":(?=\\{)`,
);
const behind = ',"kind":"';
const end = new RegExp(`${behind}(${name}\\.${name})","log":"(${uuid})","prev":"(${digest})",(?:"sealed":"(${digest})",)?"seq":(${positive}),"tick":(${positive}),"v":${entryVersion}\\}$`, 'y');
/** From one hash of a list to the next: its digits, two quotes and a comma. */
const step = 67;

/**
 * The header of an entry whose strings outside of the facts are plain, the way nearly all are written: many times faster than reading it by the schema. Undefined where it is anything but surely
 * right and in canonical form: then the schema tells.
 */
export function quickHeader(text: string): EntryHeader | undefined {
  const first = beginning.exec(text);
  end.lastIndex = text.lastIndexOf(behind);
  const last = first && end.lastIndex > 0 ? end.exec(text) : null;
  if (!first || !last) return undefined;
  const [{ length: from }, act = '', actor = '', after, agency = '', anchor = '', boot = '', hrtime, uptime, wall, dossier] = first;
  const [, kind = '', log = '', prev = '', sealed, seq, tick] = last;
  const facts = kind.length <= 64 ? factsIn(text.slice(from, last.index)) : undefined;
  if (!facts) return undefined;
  return {
    v: entryVersion, log, seq: Number(seq), prev, tick: Number(tick), kind, agency, act, actor,
    clock: { wall: Number(wall), uptime: Number(uptime), hrtime: Number(hrtime), boot, anchor: anchor === 'null' ? null : Number(anchor) },
    facts,
    ...(dossier === undefined ? undefined : { dossier }),
    ...(after === undefined ? undefined : { after: hashesIn(after) }),
    ...(sealed === undefined ? undefined : { sealed }),
  };
}

function hashesIn(list: string): string[] {
  const hashes: string[] = [];
  for (let at = 1; at < list.length; at += step) hashes.push(list.slice(at, at + step - 3));
  return hashes;
}

/** An object in canonical form. The schema leaves a key `__proto__` out. */
function factsIn(text: string): Record<string, unknown> | undefined {
  if (text.includes('__proto__')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isObject(value) && isCanonical(text, value) ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
