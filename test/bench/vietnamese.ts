/**
 * Search folding of names and addresses: beside dropping the marks of the decomposed text, the least that any folding of
 * Vietnamese has to do (it leaves đ and capitals), and beside the package `remove-accents` with what it leaves to its caller (lower
 * case, spaces). Turn by turn in one run. Half of the texts are decomposed, as some scanners and phones send them.
 */
import { createRequire } from 'node:module';
import { z } from 'zod';
import { amountInWords, compareNames, fold, parseCitizenCard } from '#shared/vietnamese/index.ts';
import { percentile, type Bench } from './figure.ts';
import { die, person } from './sample/people.ts';

const size = 20_000;
const rounds = 15;

const removeAccents = z.custom<(text: string) => string>((value) => typeof value === 'function').parse(createRequire(import.meta.url)('remove-accents'));

const places = ['Thôn Rọ Phải, xã Mai Pha, tỉnh Lạng Sơn', 'Số 12A/3B, Khối 3, phường Đông Kinh, TP. Lạng Sơn', 'Tổ 5, Ấp Mỹ Hòa, xã Thuỷ Đông, huyện Thạnh Hóa, tỉnh Long An'];

function texts(): readonly string[] {
  const roll = die(3);
  return Array.from({ length: size }, (_, index) => {
    const text = index % 2 === 0 ? person(roll).fullName : places[index % places.length] ?? '';
    return index % 4 < 2 ? text : text.normalize('NFD');
  });
}

/** Thousands of calls a second, the median of rounds in which all take turns. */
function rates<Name extends string>(sides: Readonly<Record<Name, () => number>>): Readonly<Record<Name, number>> {
  const names = Object.keys(sides) as Name[];
  const times: Record<string, number[]> = {};
  let kept = 0;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const from = performance.now();
      kept += sides[name]();
      // The first round warms up.
      if (round > 0) (times[name] ??= []).push(performance.now() - from);
    }
  }
  if (kept === 0) throw new Error('the work was optimised away');
  return Object.fromEntries(names.map((name) => [name, size / percentile(times[name] ?? [], 0.5)])) as Record<Name, number>;
}

const bench: Bench = async () => {
  const all = texts();
  const roll = die(5);
  const names = Array.from({ length: size }, () => person(roll).fullName);
  const collator = new Intl.Collator('vi');
  const cards = names.map((name) => `020190123456|012345678|${name}|05061990|Nữ|${places[0]}|15042021`);
  const measured = rates({
    fold: () => all.reduce((sum, text) => sum + fold(text).length, 0),
    marks: () => all.reduce((sum, text) => sum + text.normalize('NFD').replace(/\p{M}/gu, '').length, 0),
    package: () => all.reduce((sum, text) => sum + removeAccents(text.normalize('NFC')).toLowerCase().replace(/\s+/g, ' ').trim().length, 0),
    card: () => cards.reduce((sum, text) => sum + (parseCitizenCard(text).ok ? 1 : 0), 0),
    json: () => cards.reduce((sum, text) => sum + String(JSON.parse(JSON.stringify(text.split('|')))).length, 0),
    sort: () => names.reduce((sum, name, index) => sum + compareNames(name, names[(index + 1) % size] ?? '') + 2, 0),
    collate: () => names.reduce((sum, name, index) => sum + collator.compare(name, names[(index + 1) % size] ?? '') + 2, 0),
    words: () => names.reduce((sum, _, index) => sum + amountInWords(index * 1_234_567).length, 0),
  });
  const unit = 'thousand/s';
  return [
    // A search folds what a clerk typed and a rebuild folds every name: neither may cost more than the step nobody can leave out.
    { name: 'folding for search', value: measured.fold, unit, against: { name: "normalize('NFD') without its marks", value: measured.marks }, bar: { atLeast: 1 } },
    { name: 'folding for search', value: measured.fold, unit, against: { name: 'remove-accents, lower case, single spaces', value: measured.package }, bar: { atLeast: 1 } },
    { name: 'reading a citizen card', value: measured.card, unit, against: { name: 'its fields through JSON and back', value: measured.json } },
    { name: 'comparing two names', value: measured.sort, unit, against: { name: 'Intl.Collator on the whole names', value: measured.collate } },
    { name: 'amounts in words', value: measured.words, unit, against: { name: 'folding for search', value: measured.fold } },
  ];
};

export default bench;
