import type { DeskStore } from '#db/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { catalogueResponseSchema } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import type { Centre } from './centre.ts';
import { ownSigner } from './installation.ts';
import { leaseRunsLow, numbersRunLow } from './leases.ts';

/** How long an answer about the catalogue is fresh, milliseconds: usually, and while the desk waits for dossier codes. */
export const catalogueRhythm = { usual: 900_000, codesLow: 60_000 } as const;

/** Keeps the catalogue (danh mục) up to date. */
export interface CatalogueKeeper {
  /** Asks for a newer one, unless the last answer is fresh. True if one came. Errors: the centre's, the store's. Throws `LineError`. */
  pull(from: Centre): Promise<Outcome<boolean>>;
  /** The next pull asks in any case. */
  stale(): void;
}

export function catalogueKeeper(store: DeskStore, ports: DeskPorts, time: TimeKeeper): CatalogueKeeper {
  let pulledAt: number | undefined;

  function fresh(uptime: number): boolean {
    const lasts = leaseRunsLow(store, time.best()) ? catalogueRhythm.codesLow : catalogueRhythm.usual;
    return pulledAt !== undefined && uptime >= pulledAt && uptime - pulledAt < lasts;
  }

  return {
    async pull(from) {
      const { uptime } = time.sample();
      if (fresh(uptime)) return ok(false);
      const since = store.catalogue.current()?.version ?? 0;
      const answer = await from.signed({ method: 'GET', path: `/v1/catalogue?since=${since}${numbersRunLow(store, time.best()) ? '&low=1' : ''}`, response: catalogueResponseSchema }, ownSigner(store, ports));
      if (answer.kind === 'refused') return { ok: false, fault: answer.fault };
      const { catalogue } = answer.value;
      if (catalogue) {
        const kept = store.catalogue.store(catalogue);
        if (!kept.ok) return kept;
      }
      pulledAt = uptime;
      return ok(catalogue !== undefined);
    },
    stale() {
      pulledAt = undefined;
    },
  };
}
