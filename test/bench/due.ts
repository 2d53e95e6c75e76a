/**
 * Due dates per second: the product's, each with its reasons, beside the best known business-day library with a list of holidays
 * (moment-business-days), which only adds days. Same published calendar, same random acceptances and terms, in turns in one run.
 * Where the library can express the case (no worked rest day on the way), both have to name the same date.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import moment from 'moment-business-days';
import { projectRoot } from '#build/runtime/index.ts';
import { calendarFor, catalogueSchema } from '#shared/catalogue/index.ts';
import { civil, defaultSettings, dueDate, instantOf, type WorkingCalendar } from '#shared/deadline/index.ts';
import { percentile, type Bench } from './figure.ts';

const rounds = 15;
const casesEach = 1_000;

interface Case {
  /** Acceptance in office hours of a worked day, milliseconds. */
  readonly acceptedAt: number;
  readonly days: number;
}

/** The same cases in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

function publishedCalendar(): WorkingCalendar {
  const calendar = calendarFor(catalogueSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'central/catalogue/sample/catalogue.json'), 'utf8'))));
  if (!calendar) throw new Error('the sample has a calendar');
  return calendar;
}

function casesOf(longest: number, random: () => number): Case[] {
  const from = instantOf('2024-01-02');
  const to = instantOf('2026-06-30');
  return Array.from({ length: casesEach }, () => {
    const { date } = civil(from + Math.floor(random() * (to - from)));
    return { acceptedAt: instantOf(date, '09:30'), days: 1 + Math.floor(random() * longest) };
  });
}

function ours({ acceptedAt, days }: Case, calendar: WorkingCalendar): number {
  const due = dueDate({ acceptedAt, term: { unit: 'workingDay', amount: days }, calendar, settings: defaultSettings });
  if (!due.ok) throw new Error(due.fault.code);
  return due.value.at;
}

/** Civil time as the library's UTC, so that it too needs no zone database. */
function theirs({ acceptedAt, days }: Case): number {
  return moment.utc(acceptedAt + 7 * 3_600_000).businessAdd(days).valueOf();
}

function compare(cases: readonly Case[], calendar: WorkingCalendar): void {
  let plain = 0;
  for (const one of cases) {
    const at = ours(one, calendar);
    const [first, last] = [civil(one.acceptedAt).date, civil(at).date];
    // The library has no worked rest days, and counts from the day of acceptance even where the office is closed.
    const closed = calendar.daysOff.some(({ date }) => date === first) || calendar.weeklyRest.includes(civil(one.acceptedAt).weekday);
    if (closed || last > calendar.coversTo || calendar.workedInstead.some(({ date }) => date >= first && date <= last)) continue;
    plain += 1;
    const other = new Date(theirs(one)).toISOString().slice(0, 10);
    if (other !== last) throw new Error(`${first} and ${one.days} working days: ${last} here, ${other} there`);
  }
  if (plain < cases.length / 10) throw new Error('too few cases both can express');
}

/** Due dates per second of each side, medians over the rounds. */
function measure(cases: readonly Case[], calendar: WorkingCalendar): { readonly ours: number; readonly theirs: number } {
  const took: Record<'ours' | 'theirs', number[]> = { ours: [], theirs: [] };
  const sides = { ours: (one: Case) => ours(one, calendar), theirs } as const;
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      const run = sides[side];
      const start = performance.now();
      for (const one of cases) run(one);
      took[side].push((cases.length / (performance.now() - start)) * 1000);
    }
  }
  return { ours: percentile(took.ours, 0.5), theirs: percentile(took.theirs, 0.5) };
}

const bench: Bench = async () => {
  const calendar = publishedCalendar();
  moment.updateLocale('en', { holidays: calendar.daysOff.map(({ date }) => date), holidayFormat: 'YYYY-MM-DD', workingWeekdays: [1, 2, 3, 4, 5] });
  const random = randomFrom(2026);
  const figures = [];
  for (const longest of [30, 120]) {
    const cases = casesOf(longest, random);
    compare(cases, calendar);
    const { ours: value, theirs: peer } = measure(cases, calendar);
    figures.push({
      name: `due dates with their reasons, terms of 1 to ${longest} working days`, value, unit: '/s',
      against: { name: 'moment-business-days, the date alone', value: peer }, bar: { atLeast: 1 },
    });
  }
  return figures;
};

export default bench;
