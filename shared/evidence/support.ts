import { z } from 'zod';
import { civil } from '#shared/deadline/index.ts';
import { logKinds, type ReadEntry } from '#shared/log/index.ts';
import { dayClosedSchema } from './day-close.ts';
import type { DeskOutage } from './log-record.ts';
import type { Stretch } from './delay-cause.ts';
import type { Bounds } from './drift.ts';

/**
 * What besides a desk's own clocks stands for it (chứng cứ đối chiếu): from outside the office, that the line did not work (desks of another agency on the
 * same line, the centre's own down-time, an operator's ticket); or that another person than the act's author closed that day.
 */
export const supportSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(['agencies', 'centre-down', 'ticket']), from: z.int(), to: z.int() }),
  z.strictObject({ by: z.literal('close'), seq: z.int() }),
]);
export type Support = z.infer<typeof supportSchema>;

/** A stretch in which an office had no line, by somebody outside it. Milliseconds by the centre's clock. */
export interface OutsideStretch extends Stretch {
  readonly by: Exclude<Support['by'], 'close'>;
}

/** How far an interval may reach beyond an outside stretch, milliseconds: a loss shows with the next contact, each 5 minutes. */
export const outsideSlack = 5 * 60_000;

/** The outside stretch that an interval lies in. */
export function supportedFromOutside({ min, max }: Bounds, outside: readonly OutsideStretch[]): Support | undefined {
  const found = outside.find(({ from, to }) => from - outsideSlack <= min && max <= to + outsideSlack);
  return found && { by: found.by, from: found.from, to: found.to };
}

/** A desk of an agency as far as it tells of its line: what it wrote down, and what the centre heard. */
export interface LineWitness {
  readonly agency: string;
  /** Stretches without a link, by its own log. */
  readonly outages: readonly DeskOutage[];
  /** When the centre heard nothing of it. */
  readonly silences: readonly Stretch[];
}

/**
 * When the desks of other agencies on one line say that it did not work: a desk's own record of an outage, cut by the centre's silence about it
 * and about every other desk of its agency (one that was heard shows that the line worked). A machine that was only switched off
 * records no outage and so tells nothing.
 */
export function lineStretches(witnesses: readonly LineWitness[], exceptAgency: string): OutsideStretch[] {
  const others = witnesses.filter(({ agency }) => agency !== exceptAgency);
  return others.flatMap((witness) => {
    const said = witness.outages.map(({ from, to }): Stretch => ({ from: from.min ?? from.max ?? -Infinity, to: to?.max ?? to?.min ?? Infinity }));
    const colleagues = others.filter((one) => one !== witness && one.agency === witness.agency);
    const quiet = [witness, ...colleagues].reduce((stretches, { silences }) => intersect(stretches, silences), said);
    return quiet.map(({ from, to }): OutsideStretch => ({ by: 'agencies', from, to }));
  });
}

function intersect(some: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  return some.flatMap((one) => others.flatMap((other) => {
    const from = Math.max(one.from, other.from);
    const to = Math.min(one.to, other.to);
    return to > from ? [{ from, to }] : [];
  }));
}

/** The closes of a log's days by those who may close them. */
export interface Closes {
  /**
   * A close of the act's own day by another person, which the act precedes, made since the machine was switched on for it: what the clock showed in an earlier boot, whoever closes in a later one has not seen.
   */
  over(act: ReadEntry, span: Bounds): Support | undefined;
}

/**
 * Reads the closes off a log. One counts if a supervisor of the agency made it, if the head it names is the chain's, and if it closes the civil
 * day on which it was made; whether that was so is told by `at`, the credible middle of an entry's interval, where there is one.
 */
export function closesOf(entries: readonly ReadEntry[], supervisors: ReadonlySet<string>, at: (seq: number) => number | undefined): Closes {
  const closes = entries.flatMap((entry) => {
    const { kind, seq, actor, facts, clock } = entry.header;
    if (kind !== logKinds.dayClosed || !supervisors.has(actor)) return [];
    const close = dayClosedSchema.safeParse(facts);
    if (!close.success || close.data.head.seq >= seq || entries[close.data.head.seq - 1]?.hash !== close.data.head.hash) return [];
    const made = at(seq);
    return made === undefined || civil(made).date !== close.data.date ? [] : [{ seq, boot: clock.boot, actor, date: close.data.date, covers: close.data.head.seq }];
  });
  return {
    over({ header }, { min, max }) {
      const date = civil((min + max) / 2).date;
      const found = closes.find((close) => close.covers >= header.seq && close.boot === header.clock.boot && close.date === date && close.actor !== header.actor);
      return found && { by: 'close', seq: found.seq };
    },
  };
}
