/**
 * Search by words without accents, newest first, on the encrypted store through its own door: a million dossiers beside ten
 * thousand, the same kinds of questions in one run, a page of 20 each. The stores are filled as a rebuilt desk fills its own, by
 * merging what the centre holds, with the pauses in which an idle desk tidies its index. Each store answers each question in
 * turn, so that both meet the same load of the machine; nothing is asked twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHasher, nodeRandom, openDeskStore, type DeskStore } from '#db/index.ts';
import { fold } from '#shared/vietnamese/index.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import { key } from '../db/sample.ts';
import { percentile, type Bench, type Figure } from './figure.ts';
import { dossierWriter, type SampleDossier } from './sample/dossiers.ts';
import { die, person } from './sample/people.ts';

const many = 1_000_000;
const few = 10_000;
const batch = 5_000;
/** Dossiers of each store whose codes and numbers are asked for, and questions of each kind. */
const samples = 250;
const asked = 250;
const page = 20;

/** Fills a store and keeps some of its dossiers, spread evenly. */
function fill(store: DeskStore, count: number): readonly SampleDossier[] {
  const writer = dossierWriter(7, 'received');
  const kept: SampleDossier[] = [];
  for (let done = 0; done < count; done += batch) {
    const carried: CarriedEntry[] = [];
    for (let index = done; index < done + batch; index += 1) {
      const made = writer.next();
      carried.push(...made.carried);
      if (index % (count / samples) === 0) kept.push(made);
    }
    const merged = store.merge(carried);
    if (!merged.ok) throw new Error(merged.fault.code);
    if (merged.value.stored !== batch) throw new Error('every dossier of a batch is new');
    const tidied = store.checkpointWhenIdle();
    if (!tidied.ok) throw new Error(tidied.fault.code);
  }
  return kept;
}

const kinds = [
  'family and given name', 'full name', 'unfinished last word', 'words that seldom meet', 'day and number of a code', 'beginning of an ID number', 'no hit', 'next page',
] as const;
type Kind = (typeof kinds)[number];

/** A question of a kind; names are those of the province at large, codes and numbers those of a dossier that is in the store. */
function question(kind: Kind, index: number, roll: (below: number) => number, kept: readonly SampleDossier[]): string {
  const of = kept[(index * 7) % kept.length];
  if (!of) throw new RangeError('a filled store has dossiers');
  const { family, middle, given, fullName } = person(roll);
  const other = person(roll);
  const [, day = '', number = ''] = of.code.split('-');
  switch (kind) {
    case 'family and given name': return fold(`${given} ${family}`);
    case 'full name': return fold(fullName);
    case 'unfinished last word': return fold(fullName).slice(0, -1 - roll(Math.max(1, fold(given).length - 1)));
    case 'words that seldom meet': return fold(`${other.given} ${middle} ${index % 2 === 0 ? given : family}`);
    case 'day and number of a code': return index % 2 === 0 ? `${day} ${number}` : `${fold(family)} ${day}`;
    case 'beginning of an ID number': return of.who.idNumber.slice(0, 6 + roll(7));
    case 'no hit': return fold(index % 2 === 0 ? `${fullName} xyz` : `${family} washington`);
    default: return fold(given);
  }
}

type Times = Readonly<Record<Kind, number[]>>;

function noTimes(): Times {
  return { 'family and given name': [], 'full name': [], 'unfinished last word': [], 'words that seldom meet': [], 'day and number of a code': [], 'beginning of an ID number': [], 'no hit': [], 'next page': [] };
}

/** Asks one store one question. */
function ask(store: DeskStore, kept: readonly SampleDossier[], kind: Kind, index: number, times: Times): void {
  const text = question(kind, index, die(index * kinds.length + kinds.indexOf(kind)), kept);
  const after = kind === 'next page' ? store.read.search(text, { limit: page }).rows.at(-1)?.id : undefined;
  const from = performance.now();
  const { rows } = store.read.search(text, { limit: page, ...(after === undefined ? {} : { after }) });
  times[kind].push(performance.now() - from);
  if (kind === 'no hit' && rows.length > 0) throw new Error('nobody is called that');
}

const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-bench-search-'));
  const open = (name: string): DeskStore => openDeskStore({ file: join(folder, name), key, hasher: nodeHasher, random: nodeRandom });
  const small = open('few.db');
  const large = open('many.db');
  try {
    const keptSmall = fill(small, few);
    const keptLarge = fill(large, many);
    const times = { small: noTimes(), large: noTimes() };
    for (let index = -20; index < asked; index += 1) {
      // Some first questions warm up what every question needs.
      const into = index < 0 ? { small: noTimes(), large: noTimes() } : times;
      for (const kind of kinds) {
        const turns = [() => ask(small, keptSmall, kind, index + 20, into.small), () => ask(large, keptLarge, kind, index + 20, into.large)];
        for (const turn of index % 2 === 0 ? turns : turns.toReversed()) turn();
      }
    }
    const all = (of: Times): readonly number[] => kinds.flatMap((kind) => of[kind]);
    const unit = 'ms';
    const figures: Figure[] = [
      { name: `search over ${many} dossiers, p99 of ${asked * kinds.length} questions`, value: percentile(all(times.large), 0.99), unit, against: { name: 'the limit agreed', value: 30 }, bar: { atMost: 1 } },
      { name: 'the same', value: percentile(all(times.large), 0.99), unit, against: { name: `over ${few} dossiers`, value: percentile(all(times.small), 0.99) }, bar: { atMost: 2 } },
      { name: 'the same, p50', value: percentile(all(times.large), 0.5), unit, against: { name: `over ${few} dossiers`, value: percentile(all(times.small), 0.5) } },
    ];
    return [...figures, ...kinds.map((kind): Figure => ({
      name: `${kind}, p95`, value: percentile(times.large[kind], 0.95), unit, against: { name: `over ${few} dossiers`, value: percentile(times.small[kind], 0.95) },
    }))];
  } finally {
    small.close();
    large.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

export default bench;
