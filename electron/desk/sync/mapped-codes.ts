import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { decideCodeMapping } from '#shared/dossier/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { uuidSchema } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { TimeKeeper } from '../time.ts';

const mappingSchema = z.object({ dossier: uuidSchema, provisional: z.string(), code: z.string() });
type Mapping = z.infer<typeof mappingSchema>;

/** What the desk knows of the centre's mappings: up to which place, and those of dossiers that are not (again) in its store. */
const memoSchema = z.object({ place: z.int().nonnegative(), waiting: z.array(mappingSchema) });
const memoName = 'mapped-codes';
/** A desk that lost more dossiers than these gets their entries back before it needs their codes. */
const mostWaiting = 2000;
/** Mappings in one commit: few enough that nobody at the counter waits for them. */
const together = 25;

/** Takes in the official codes (mã hồ sơ) that the centre gave for this desk's provisional ones. */
export interface MappedCodes {
  /** The place to ask the centre from. */
  place(): number;
  /**
   * Records what the centre answered as entries of the desk's own log, each once, and remembers the place. True if an entry was
   * written. Errors: the store's.
   */
  take(codes: readonly Mapping[], to: number): Promise<Outcome<boolean>>;
}

export function mappedCodes(store: DeskStore, hasher: Hasher, time: TimeKeeper): MappedCodes {
  const held = (): z.infer<typeof memoSchema> => store.memo.load(memoName, memoSchema) ?? { place: 0, waiting: [] };

  /** Records some of dossiers that are here, in one commit: the disk is waited for once. Whether an entry was written. */
  function record(mappings: readonly Mapping[]): Outcome<boolean> {
    const written = store.commit({
      act: actOf(mappings, hasher), actor: 'desk', clock: time.reading(),
      decide(read) {
        return ok(mappings.flatMap(({ dossier, code, provisional }) => {
          const state = read.dossier(dossier);
          return state ? decideCodeMapping(state, { code, provisional }) : [];
        }));
      },
    });
    return written.ok ? ok(!written.value.repeated && written.value.entries.length > 0) : written;
  }

  return {
    place: () => held().place,
    async take(codes, to) {
      const before = held();
      if (codes.length === 0 && before.waiting.length === 0 && before.place === to) return ok(false);
      const { here = [], waiting = [] } = Object.groupBy([...before.waiting, ...codes], ({ dossier }) => (store.read.dossier(dossier) ? 'here' : 'waiting'));
      let wrote = false;
      for (let from = 0; from < here.length; from += together) {
        // Whoever stands at the counter has their turn in between.
        if (from > 0) await setImmediate();
        const recorded = record(here.slice(from, from + together));
        if (!recorded.ok) return recorded;
        wrote ||= recorded.value;
      }
      // After the entries: cut off in between, the same answer comes again and changes nothing.
      const kept = store.memo.save(memoName, { place: to, waiting: waiting.slice(-mostWaiting) });
      return kept.ok ? ok(wrote) : kept;
    },
  };
}

/** One act for these mappings, whenever and however often they are heard of: a UUIDv7 in form, with the time of the first dossier's id. */
function actOf(mappings: readonly Mapping[], hasher: Hasher): string {
  const digest = hasher.sha256(new TextEncoder().encode(mappings.map(({ dossier, code }) => `dossier.code-mapped ${dossier} ${code}`).join('\n')));
  return `${mappings[0]?.dossier.slice(0, 14) ?? ''}7${digest.slice(0, 3)}-8${digest.slice(3, 6)}-${digest.slice(6, 18)}`;
}
