import type { Chance } from './chance.ts';
import type { Stretch } from './lines.ts';
import type { OfficePlan } from './province.ts';
import { day, hour, minute } from './virtual-time.ts';

/** What goes wrong around the offices in a span of time; true stretches. */
export interface Troubles {
  /** An office's own cable or router. */
  readonly office: ReadonlyMap<string, readonly Stretch[]>;
  /** An access line that several offices share. */
  readonly line: ReadonlyMap<string, readonly Stretch[]>;
  /** The province's network. */
  readonly province: readonly Stretch[];
  /** The central service. */
  readonly centre: readonly Stretch[];
}

/** Outages from minutes to 72 hours: most are short, and the long ones are what the province's report complains of. */
function length(chance: Chance): number {
  const kind = chance.next();
  if (kind < 0.5) return chance.between(2 * minute, 40 * minute);
  if (kind < 0.8) return chance.between(40 * minute, 6 * hour);
  return chance.between(6 * hour, 72 * hour);
}

function outages(chance: Chance, span: Stretch, mean: number, of: (chance: Chance) => number = length): Stretch[] {
  const found = Array.from({ length: chance.count(mean) }, () => {
    const from = chance.between(span.from, span.to);
    return { from, to: from + of(chance) };
  });
  return merged(found);
}

/** Stretches that touch become one, in order. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to + minute) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

export function troublesOf(chance: Chance, span: Stretch, plans: readonly OfficePlan[]): Troubles {
  const weeks = (span.to - span.from) / (7 * day);
  const lines = [...new Set(plans.map(({ line }) => line))];
  return {
    office: new Map(plans.map(({ agency }) => [agency, outages(chance, span, 0.25 * weeks)])),
    line: new Map(lines.map((line) => [line, outages(chance, span, 0.2 * weeks)])),
    province: outages(chance, span, 0.12 * weeks),
    centre: outages(chance, span, 0.25 * weeks, (from) => from.between(2 * minute, 4 * hour)),
  };
}

/** What is odd about one office's machine and people. */
export interface Oddities {
  readonly drift: number;
  readonly wallOffset: number;
  readonly deadBattery: number | undefined;
  /** NTP puts the clock right when the line comes back. */
  readonly ntp: boolean;
  /** Somebody plays with the clock: so often a week. */
  readonly stepsAWeek: number;
  readonly sleepsAtNoon: boolean;
  /** Milliseconds one way. */
  readonly latency: readonly [from: number, to: number];
  /** Share of evenings on which the machine is left on. */
  readonly leftOn: number;
  /** Share of acts after which the power fails. */
  readonly powerFails: number;
  /** Share of results that are typed in some days after they were handed over. */
  readonly typesLate: number;
}

export function odditiesOf(chance: Chance): Oddities {
  const kind = chance.next();
  const wrong = chance.is(0.3);
  return {
    drift: chance.between(-190e-6, 190e-6),
    wallOffset: wrong ? chance.between(-30 * day, 30 * day) : chance.between(-5_000, 5_000),
    deadBattery: chance.is(0.02) ? Date.UTC(2010, 0, 1) : undefined,
    ntp: chance.is(0.5),
    stepsAWeek: chance.is(0.1) ? 1 : 0,
    sleepsAtNoon: chance.is(0.1),
    latency: kind < 0.05 ? [7_000, 9_500] : kind < 0.2 ? [200, 2_000] : [15, 80],
    leftOn: chance.is(0.15) ? 0.9 : 0.05,
    powerFails: chance.is(0.2) ? 0.003 : 0,
    typesLate: chance.is(0.15) ? 0.05 : 0,
  };
}
