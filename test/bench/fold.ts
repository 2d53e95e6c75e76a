/**
 * Folding dossiers out of their entries: a million entries of 200,000 dossiers (reception, then a result and a hand-over by each
 * of two desks that did not know each other, the dearest way through; they arrive out of order), and one dossier, the work of
 * every commit. Beside reading the same texts with `JSON.parse`: a fold looks at every entry, so a desk that rebuilds its
 * projections has to parse each of them anyway.
 */
import { foldDossier } from '#shared/dossier/index.ts';
import type { Entry } from '#shared/log/index.ts';
import { percentile, type Bench } from './figure.ts';
import { dossierWriter } from './sample/dossiers.ts';

const dossiers = 200_000;
const entriesEach = 5;
/** Dossiers made and measured at a time, so that memory holds one part only. */
const part = 5_000;

function entriesOf(carried: readonly { readonly entry: Entry }[]): readonly Entry[] {
  const all = carried.map(({ entry }) => entry);
  return [...all.slice(2), ...all.slice(0, 2)];
}

const bench: Bench = async () => {
  const writer = dossierWriter(1, 'contested');
  let folding = 0;
  let parsing = 0;
  let entries = 0;
  const single: number[] = [];
  for (let done = 0; done < dossiers; done += part) {
    const made = Array.from({ length: part }, () => entriesOf(writer.next().carried));
    if (made.some((one) => one.length !== entriesEach)) throw new Error('a dossier has five entries here');
    const run = (work: (of: readonly Entry[]) => unknown): number => {
      const from = performance.now();
      for (const of of made) if (work(of) === undefined) throw new Error('every dossier has a state');
      return performance.now() - from;
    };
    const fold = (): number => run(foldDossier);
    const parse = (): number => run((of) => of.map(({ text }): unknown => JSON.parse(text)));
    // The first part warms up; in the others each goes first in turn.
    if (done === 0) {
      fold();
      parse();
    }
    if ((done / part) % 2 === 0) {
      folding += fold();
      parsing += parse();
    } else {
      parsing += parse();
      folding += fold();
    }
    entries += made.length * entriesEach;
    for (const of of made.slice(0, 100)) {
      const from = performance.now();
      foldDossier(of);
      single.push((performance.now() - from) * 1000);
    }
  }
  return [
    // Above 1 the fold and not the reading of the log would decide how long a rebuild takes.
    { name: `fold of ${entries} entries`, value: folding, unit: 'ms', against: { name: 'JSON.parse of their texts', value: parsing }, bar: { atMost: 1 } },
    // A fold is part of every commit, whose sync to the disk takes some milliseconds: under one it does not show.
    { name: 'fold of one dossier, p99', value: percentile(single, 0.99), unit: 'µs', against: { name: 'the limit agreed', value: 1000 }, bar: { atMost: 1 } },
    { name: 'fold of one dossier, p50', value: percentile(single, 0.5), unit: 'µs', against: { name: 'JSON.parse of its texts, mean', value: (parsing * 1000) / dossiers } },
  ];
};

export default bench;
