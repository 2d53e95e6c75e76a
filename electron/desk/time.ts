import { z } from 'zod';
import type { DeskStore, Sighting } from '#db/index.ts';
import type { TimeSource } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { anchorSchema, workingTime, type AnchorSighting, type WorkingTime } from '#shared/evidence/index.ts';
import { clockReading, type ClockReading } from '#shared/log/index.ts';
import type { Clock, ClockSample } from '#shared/ports.ts';

/** A date and time a clerk confirmed, with the uptime it was said at; holds for that boot. */
const confirmedSchema = z.object({ at: z.int(), uptime: z.number(), boot: z.string() });

const anchorTimeSchema = anchorSchema.pick({ t: true, rho: true }).strip();

/** The earliest and the latest time a clerk may confirm: before the first published calendar nothing can be received. */
const confirmable = { from: Date.UTC(2024, 0, 1), to: Date.UTC(2100, 0, 1) } as const;

/** The desk's working time (giờ làm việc của quầy) and the clock readings its entries carry. */
export interface TimeKeeper {
  sample(): ClockSample;
  /** What an entry made now carries: all clocks and the number of this boot's latest anchor. */
  reading(): ClockReading;
  /** Working time. Error: `clock.confirm-needed` while nothing but a clock behind the log is at hand. */
  now(): Outcome<{ readonly at: number; readonly source: TimeSource }>;
  /** Working time for display: where a confirmation is needed, the newest time in the log. */
  best(): number;
  /** Whether a clerk may confirm this time. Error: `date.invalid`. */
  confirmable(at: number): Outcome<true>;
  /** Takes a confirmed time into use; it is durable when this returns ok. */
  confirm(at: number): Outcome<true>;
  /** What the newest anchor says, and how far the wall clock stands from working time now; undefined while there was none. */
  standing(): { readonly at: number; readonly rho: number; readonly wallOff: number } | undefined;
  /** The latest anchor of this boot. */
  latestAnchor(): Sighting | undefined;
  /** The latest anchor, of whatever boot. */
  newestAnchor(): Sighting | undefined;
}

export function timeKeeper(store: DeskStore, clock: Clock): TimeKeeper {
  let held: AnchorSighting | undefined;
  let newestAnchor: { number: number; t: number; rho: number } | undefined;

  function sightingOf(boot: string): AnchorSighting | undefined {
    const latest = store.anchors.latest(boot);
    if (!latest) return undefined;
    if (held?.number !== latest.number) held = { ...latest, anchor: anchorSchema.parse(JSON.parse(latest.text)) };
    return held;
  }

  /** The newest time that is known: of an act in the log, or of an anchor of whatever boot. A clock behind it is wrong. */
  function newest(): number | null {
    const recorded = store.read.newestAt();
    const anchored = anchoredTime();
    if (recorded === undefined && !anchored) return null;
    return Math.max(recorded ?? 0, anchored ? anchored.t - anchored.rho : 0);
  }

  function anchoredTime(): typeof newestAnchor {
    const latest = store.anchors.latest();
    if (latest && newestAnchor?.number !== latest.number) newestAnchor = { number: latest.number, ...anchorTimeSchema.parse(JSON.parse(latest.text)) };
    return newestAnchor;
  }

  function working(): WorkingTime {
    const sample = clock.read();
    return workingTime({
      sample, sighting: sightingOf(sample.boot), newestInLog: newest(),
      confirmed: store.memo.load('clock-confirmed', confirmedSchema),
    });
  }

  return {
    sample: () => clock.read(),
    reading() {
      const sample = clock.read();
      return clockReading(sample, store.anchors.latest(sample.boot)?.number ?? null);
    },
    now() {
      const time = working();
      if (time.known) return ok({ at: time.at, source: time.source });
      return fail('clock.confirm-needed', { wall: formatDateTime(time.wall), newest: formatDateTime(time.newest) });
    },
    best() {
      const time = working();
      return time.known ? time.at : time.newest;
    },
    confirmable: (at) => (at >= confirmable.from && at < confirmable.to ? ok(true) : fail('date.invalid', { value: Number.isFinite(at) ? formatDateTime(at) : String(at) })),
    confirm(at) {
      const { uptime, boot } = clock.read();
      return store.memo.save('clock-confirmed', { at, uptime, boot });
    },
    standing() {
      const anchored = anchoredTime();
      return anchored && { at: Math.round(anchored.t), rho: Math.ceil(anchored.rho), wallOff: Math.round(clock.read().wall - this.best()) };
    },
    latestAnchor: () => store.anchors.latest(clock.read().boot),
    newestAnchor: () => store.anchors.latest(),
  };
}
