import type { DeskStore } from '#db/index.ts';
import { z } from 'zod';
import { catalogueSchema } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { catalogueResponseSchema, laterForm, type AnnouncedKey } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import { keepOrder, transferAnswerSchema, transferOrder } from '../transfer/index.ts';
import type { TimeKeeper } from '../time.ts';
import type { Centre } from './centre.ts';
import { genuineKey, keepPinnedCentre, ownSigner, pinnedCentre } from './installation.ts';
import { leaseRunsLow, numbersRunLow } from './leases.ts';
import { keepSiblings } from './siblings.ts';
import { mappedCodes } from './mapped-codes.ts';

/** How long an answer about the catalogue is fresh, milliseconds: usually, and while the desk waits for dossier codes. */
export const catalogueRhythm = { usual: 900_000, codesLow: 60_000 } as const;

/** What a pull came to: whether something changed, and whether there is more to ask for now. */
export interface CataloguePulled {
  readonly changed: boolean;
  readonly more: boolean;
}

/** Keeps the catalogue (danh mục) up to date. */
export interface CatalogueKeeper {
  /**
   * Asks for a newer one and for the official codes of dossiers received under provisional ones, unless the last answer is fresh. What came may be
   * codes, which are entries of the desk's own log then, to be sent before more of them are asked for. Errors: the centre's, the store's, `centre.newer-version` for a
   * catalogue that this program cannot read. Throws `LineError`.
   */
  pull(from: Centre): Promise<Outcome<CataloguePulled>>;
  /** The next pull asks in any case. */
  stale(): void;
}

/** The program that took the catalogue in: of what a later centre says in it, each keeps what it knows. */
const takenBySchema = z.object({ software: z.string() });
const memoName = 'catalogue-taken-by';

/** The catalogue is read apart: one that this program cannot read must not keep codes and keys from it. */
const answerSchema = catalogueResponseSchema.extend({ catalogue: z.unknown().optional(), transferred: transferAnswerSchema.optional() });

export function catalogueKeeper(store: DeskStore, ports: DeskPorts, time: TimeKeeper, software: string): CatalogueKeeper {
  const codes = mappedCodes(store, ports.hasher, time);
  let pulledAt: number | undefined;
  /** The version of a catalogue that this program cannot read, while none came that it can. */
  let unreadable: number | undefined;

  function fresh(uptime: number): boolean {
    // On its way to another agency it asks each time, so that all is settled when it goes.
    if (transferOrder(store)) return false;
    const lasts = leaseRunsLow(store, time.best()) || awaitsCode() ? catalogueRhythm.codesLow : catalogueRhythm.usual;
    return pulledAt !== undefined && uptime >= pulledAt && uptime - pulledAt < lasts;
  }

  /** Whether a dossier of today is at the centre under a provisional code: its official one can be had. */
  function awaitsCode(): boolean {
    return store.read.dayLog(civil(time.best()).date).some(({ provisional, sent }) => provisional && sent);
  }

  /** Desks that were enrolled before there was such a key learn it here, and every desk learns of another one. */
  function learnKey(announced: AnnouncedKey | undefined): void {
    const pinned = pinnedCentre(store);
    if (!pinned) return;
    const bundleKey = genuineKey(announced, pinned.keys, ports.verifier);
    if (bundleKey !== undefined && bundleKey !== pinned.bundleKey) keepPinnedCentre(store, { ...pinned, bundleKey });
  }

  /** One answer, taken in. */
  async function ask(from: Centre): Promise<Outcome<CataloguePulled>> {
    const takenBy = store.memo.load(memoName, takenBySchema)?.software;
    // A newer program may know more of the same catalogue than the one before it.
    const since = Math.max(unreadable ?? 0, takenBy === software ? (store.catalogue.current()?.version ?? 0) : 0);
    const low = numbersRunLow(store, time.best()) ? '&low=1' : '';
    const log = store.identity()?.log;
    const path = `/v1/catalogue?since=${since}&codes=${codes.place()}${low}${log === undefined ? '' : `&log=${log}`}&moving=${transferOrder(store)?.ready?.version ?? 0}`;
    const answer = await from.signed({ method: 'GET', path, response: answerSchema }, ownSigner(store, ports));
    if (answer.kind === 'refused') return { ok: false, fault: answer.fault };
    const { mapped, siblings } = answer.value;
    keepSiblings(store, siblings);
    learnKey(answer.value.bundleKey);
    const ordered = keepOrder(store, answer.value.transferred);
    const catalogue = answer.value.catalogue === undefined ? undefined : catalogueSchema.safeParse(answer.value.catalogue);
    // The one that is here stays in force; the same again would be read no better.
    if (catalogue) unreadable = catalogue.success ? undefined : answer.value.version;
    if (catalogue?.success) {
      const kept = store.catalogue.store(catalogue.data);
      if (!kept.ok) return kept;
      const noted = store.memo.save(memoName, { software });
      if (!noted.ok) return noted;
    }
    // A centre of an earlier version maps no codes.
    const recorded = mapped ? await codes.take(mapped.codes, mapped.to) : ok(false);
    if (!recorded.ok) return recorded;
    return ok({ changed: catalogue?.success === true || recorded.value || ordered, more: mapped?.more ?? false });
  }

  return {
    async pull(from) {
      const { uptime } = time.sample();
      let pulled: CataloguePulled = { changed: false, more: false };
      if (!fresh(uptime)) {
        const asked = await ask(from);
        if (!asked.ok) return asked;
        pulled = asked.value;
        pulledAt = pulled.more ? undefined : uptime;
      }
      return unreadable === undefined ? ok(pulled) : { ok: false, fault: laterForm('catalogue', unreadable) };
    },
    stale() {
      pulledAt = undefined;
    },
  };
}
