import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { pageLimits, readPage, type CarriedEntry, type ReadPage } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import type { Centre } from './centre.ts';
import { ownInstallation, ownSigner, pinnedCentre } from './installation.ts';
import { LineError } from './transport.ts';

/** Bytes the next page may have: halved when one does not get through, doubled when it does. The first one is small, so that the desk shows something early. */
export interface PageSize {
  bytes: number;
}
export const firstPageSize = 128 * 1024;

/** How long a page may take, milliseconds. */
const patience = 60_000;
/** Entries merged in one transaction: a clerk's act waits for one of these at most. */
const mergedAtOnce = 64;

/** What a page brought. */
export interface Taken {
  readonly dossiers: readonly string[];
  /** Dossiers of which more is needed to show them as they are. */
  readonly incomplete: readonly string[];
  /** Dossiers with an entry that could not be used. */
  readonly setAside: readonly string[];
  /** How many more entries could not be used, of no dossier that could be told. */
  readonly unusable: number;
  readonly entries: number;
  readonly bytes: number;
  /** Whether the centre erased a dossier by what came. */
  readonly erased: boolean;
}

/** Asks for pages of entries, checks them and keeps what they hold. */
export interface Pages {
  /** Path with its query, without `bytes`. Errors: the centre's, `page.bad-signature`, `centre.older-version`, `centre.newer-version`. Throws `LineError`. */
  ask(to: Centre, path: string): Promise<Outcome<ReadPage>>;
  /** Keeps entries that others wrote; repeating it changes nothing. `whole`: see `DeskStore.merge`. Errors: the store's. Throws `LineError` when the desk closes. */
  keep(page: ReadPage, whole: ReadonlySet<string>): Promise<Outcome<Taken>>;
}

export function openPages({ store, ports, signal }: { readonly store: DeskStore; readonly ports: DeskPorts; readonly signal: AbortSignal }): Pages {
  const size: PageSize = { bytes: firstPageSize };

  function breathe(): Promise<void> {
    return new Promise((resolve) => void ports.timers.after(0, resolve));
  }

  return {
    async ask(to, path) {
      // Which log is written here: of the installation's others this disk may lack what another one wrote.
      const log = store.identity()?.log;
      const request = `${path}${path.includes('?') ? '&' : '?'}bytes=${size.bytes}${log === undefined ? '' : `&log=${log}`}`;
      const answer = await to.signed({ method: 'GET', path: request, form: 'ndjson', response: z.string(), timeout: patience }, ownSigner(store, ports)).catch((error: unknown) => {
        if (error instanceof LineError && (error.failure === 'timed-out' || error.failure === 'cut')) size.bytes = Math.max(pageLimits.least, Math.floor(size.bytes / 2));
        throw error;
      });
      if (answer.kind === 'refused') return { ok: false, fault: answer.fault };
      const about = { keys: pinnedCentre(store)?.keys ?? [], installation: ownInstallation(store, ports).installation, request };
      const page = readPage(answer.value, about, ports.hasher, ports.verifier);
      if (page.ok) size.bytes = Math.min(pageLimits.most, size.bytes * 2);
      return page;
    },
    async keep({ carried, setAside }, whole) {
      const dossiers = new Set<string>();
      const incomplete = new Set<string>();
      let erased = false;
      const unusable = new Set(setAside.flatMap(({ dossier }) => dossier ?? []));
      for (let from = 0; from < carried.length; from += mergedAtOnce) {
        if (signal.aborted) throw new LineError('closed');
        const merged = store.merge(carried.slice(from, from + mergedAtOnce), whole);
        if (!merged.ok) return merged;
        for (const dossier of merged.value.dossiers) dossiers.add(dossier);
        for (const dossier of merged.value.incomplete) incomplete.add(dossier);
        erased ||= merged.value.erased.length > 0;
        await breathe();
      }
      return ok({
        dossiers: [...dossiers], incomplete: [...incomplete], setAside: [...unusable], unusable: setAside.filter(({ dossier }) => dossier === undefined).length,
        entries: carried.length, bytes: carried.reduce((sum, one) => sum + bytesOf(one), 0), erased,
      });
    },
  };
}

function bytesOf({ entry, body }: CarriedEntry): number {
  return Buffer.byteLength(entry.text) + (body && 'body' in body ? Buffer.byteLength(body.body) : 0);
}
