import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { fail, fault, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import { canonicalText, followChain, uuidSchema } from '#shared/log/index.ts';
import { dossiersResponseSchema } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import { rejoinRemainder, waitingRemainder } from '../recovery/index.ts';
import type { Centre } from './centre.ts';
import { ownSigner, StoreRefused } from './installation.ts';
import { openPages } from './pages.ts';
import type { SyncStatus } from './status.ts';

/** Most dossiers that are remembered as having something this program cannot use. */
const mostSetAside = 1_000;
/** Dossiers fetched one by one in a round; the others have their turn in the next. */
const mostFetched = 50;

/**
 * What the desk remembers of its pull. A cursor belongs to the agency it was given for, and to the own logs that were known to have branches then: the
 * main line of the log written at that time was left out, and once it is known that another disk wrote it the pull begins anew.
 */
const pullMemoSchema = z.object({
  agency: z.string(),
  branched: z.array(uuidSchema).optional(),
  cursor: z.string().optional(),
  /**
   * There while the closed dossiers have to be fetched as well, with how far that has come: of a dossier of which the desk had
   * something before its first pass, or before it had to begin anew, the first pass may have left out the rest.
   */
  closed: z.object({ cursor: z.string().optional() }).optional(),
  /** Dossiers with something this program could not use; asked for again when the program starts, which may then be a newer one. */
  setAside: z.array(uuidSchema),
});
type PullMemo = z.infer<typeof pullMemoSchema>;
const memoName = 'pull';

/** Fetches what other desks and agencies recorded on dossiers in which this desk's agency has a part. */
export interface Pulling {
  /**
   * Fetches page by page until there is nothing left, or `enough` says that something else has its turn. True if there is
   * more to fetch. What the centre will not give is kept in view and stops nothing else. Throws `LineError`.
   */
  pull(to: Centre, enough: () => boolean): Promise<boolean>;
  /** Fetches the dossiers with a code, closed ones too. How many there are. Errors: the centre's, the store's. Throws `LineError`. */
  fetch(to: Centre, code: string): Promise<Outcome<number>>;
  /** Fetches one dossier whole; a dossier the centre does not have yet is no error. Errors: the centre's, the store's. Throws `LineError`. */
  refresh(to: Centre, dossier: string): Promise<Outcome<true>>;
}

export interface PullingOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly status: SyncStatus;
  readonly signal: AbortSignal;
  /** Working time. */
  readonly now: () => number;
  /** Progress, or dossiers that changed. */
  readonly moved: (dossiers: boolean) => void;
  /** The centre erased dossiers by what came. */
  readonly erased: () => void;
}

function isBusy({ code }: Fault): boolean {
  return code === 'centre.busy' || code === 'request.rate-limited';
}

/** The pull cannot go on for now. */
class Stopped extends Error {
  readonly fault: Fault;
  constructor(reason: Fault) {
    super(reason.code);
    this.fault = reason;
  }
}

export function openPulling({ store, ports, status, signal, now, moved, erased }: PullingOptions): Pulling {
  const pages = openPages({ store, ports, signal });
  /** Own earlier logs whose end was asked for since the program started. */
  const whole = new Set<string>();
  /** Dossiers to be fetched whole. */
  const wanted = new Set<string>();
  let askedSetAside = false;
  let received = { entries: 0, bytes: 0 };
  let unusable = 0;
  /** Entries came to the end of an own log that have to be sent. */
  let rejoined = false;

  function load(agency: string): PullMemo {
    const memo = store.memo.load(memoName, pullMemoSchema);
    const logs = store.ownLogs().filter((log) => store.kept(log) !== undefined);
    const branched = logs.length > 0 ? { branched: logs } : {};
    if (memo?.agency !== agency) return { agency, ...branched, setAside: [] };
    return canonicalText(memo.branched ?? []) === canonicalText(logs) ? memo : { agency, ...branched, setAside: memo.setAside };
  }

  function save(memo: PullMemo): void {
    const kept = store.memo.save(memoName, { ...memo, setAside: memo.setAside.slice(-mostSetAside) });
    if (!kept.ok) throw new StoreRefused(kept.fault.code);
  }

  function given<T>(outcome: Outcome<T>): T {
    if (!outcome.ok) throw new Stopped(outcome.fault);
    return outcome.value;
  }

  function show(running: boolean, left: { readonly entries: number; readonly bytes: number }, memo: PullMemo): void {
    status.pull = {
      running, received, left, setAside: memo.setAside.length,
      ...(running ? (status.pull?.drainedAt === undefined ? {} : { drainedAt: status.pull.drainedAt }) : { drainedAt: now() }),
    };
    const count = unusable + memo.setAside.length;
    if (count > 0) status.refused('set-aside', now(), fault('page.set-aside', { count }));
    else status.accepted('set-aside');
  }

  /**
   * What is behind a cursor, page by page: the open dossiers and what is new, or the closed ones. The cursor moves only after
   * what it stands for is durable.
   */
  async function feed(to: Centre, agency: string, what: 'open' | 'closed', enough: () => boolean): Promise<boolean> {
    for (;;) {
      const before = load(agency);
      const since = what === 'open' ? before.cursor : before.closed?.cursor;
      const query = [...(since === undefined ? [] : [`since=${encodeURIComponent(since)}`]), ...(what === 'open' ? [] : ['closed=1'])];
      // Asked before the first page is: what is done here afterwards is not yet known to anybody who could close it.
      const alsoClosed = since === undefined && store.read.list({ kind: 'all' }, { limit: 1 }).rows.length > 0;
      const page = given(await pages.ask(to, `/v1/entries${query.length === 0 ? '' : `?${query.join('&')}`}`));
      const taken = given(await pages.keep(page, whole));
      if (taken.erased) erased();
      const { cursor, more, left, anew } = page.header;
      for (const dossier of taken.incomplete) wanted.add(dossier);
      unusable += taken.unusable;
      received = { entries: received.entries + taken.entries, bytes: received.bytes + taken.bytes };
      // Read anew: a dossier may have been fetched by its code meanwhile.
      const { closed, setAside, ...rest } = load(agency);
      const still = what === 'closed' ? (more ? { cursor } : undefined) : alsoClosed || anew ? {} : closed;
      const memo: PullMemo = { ...rest, setAside: [...new Set([...setAside, ...taken.setAside])], ...(what === 'open' ? { cursor } : {}), ...(still ? { closed: still } : {}) };
      if (canonicalText(memo) !== canonicalText(before)) save(memo);
      show(more, left, memo);
      moved(taken.dossiers.length > 0);
      if (!more) return false;
      if (enough()) return true;
    }
  }

  /** One dossier from its first entry on. False if the centre has none that this agency may see. */
  async function fetchWhole(to: Centre, id: string): Promise<boolean> {
    const setAside = new Set<string>();
    for (let since = '0'; ; ) {
      const asked = await pages.ask(to, `/v1/dossiers/${id}/entries?since=${since}`);
      if (!asked.ok && asked.fault.code === 'dossier.unknown') return false;
      const page = given(asked);
      const taken = given(await pages.keep(page, whole));
      if (taken.erased) erased();
      for (const bad of taken.setAside) setAside.add(bad);
      moved(taken.dossiers.length > 0);
      since = page.header.cursor;
      if (!page.header.more) break;
    }
    const identity = store.identity();
    if (!identity) return true;
    const memo = load(identity.agency);
    const others = memo.setAside.filter((other) => other !== id);
    const after = setAside.size > 0 ? [...others, id] : others;
    if (after.length !== memo.setAside.length) save({ ...memo, setAside: after });
    return true;
  }

  /**
   * Dossiers of which a later entry came and an earlier one did not: closed ones that something was added to. One that the centre will not give keeps
   * its place among the wanted and keeps no other waiting.
   */
  async function missing(to: Centre): Promise<void> {
    let refused: Stopped | undefined;
    for (const id of [...wanted].slice(0, mostFetched)) {
      try {
        await fetchWhole(to, id);
        wanted.delete(id);
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        // Behind those that were not asked for yet.
        wanted.delete(id);
        wanted.add(id);
        refused = error;
        if (isBusy(error.fault)) break;
      }
    }
    if (refused) throw refused;
  }

  /** What the centre holds of this installation's earlier logs beyond what is here: the disk was put back from a backup. */
  async function ownLogs(to: Centre): Promise<void> {
    const present = store.identity()?.log;
    for (const log of store.ownLogs()) {
      if (log === present || whole.has(log) || store.kept(log)) continue;
      for (let more = true; more; ) {
        const end = store.head(log);
        const asked = await pages.ask(to, `/v1/logs/${log}/entries?since=${end.seq}`);
        // The centre has nothing of it yet, or another branch: then it is not continued from here.
        if (!asked.ok && asked.fault.code === 'log.unknown') break;
        const { carried, setAside, header } = given(asked);
        // Behind an entry of a later program nothing can be followed; it is asked for again when this one starts anew.
        unusable += setAside.length;
        const head = followChain(end, carried.map(({ entry }) => entry));
        if (!head.ok || carried.length === 0) break;
        const merged = given(store.merge(carried));
        // They are here already, beside the line: another disk went on in this log, and they came as others' entries do.
        if (store.head(log).seq !== head.value.seq) break;
        given(store.markAcknowledged(head.value));
        moved(merged.dossiers.length > 0);
        more = header.more;
      }
      whole.add(log);
    }
    rejoin();
  }

  /** A centre, of another version perhaps, may not give them; what others recorded comes all the same. */
  async function ownLogsIfGiven(to: Centre): Promise<void> {
    try {
      await ownLogs(to);
      status.accepted('own-logs');
    } catch (error) {
      if (!(error instanceof Stopped) || isBusy(error.fault)) throw error;
      status.refused('own-logs', now(), error.fault);
    }
  }

  /** What was rescued from a damaged file behind a gap that the centre has just filled. */
  function rejoin(): void {
    const { added, waiting } = rejoinRemainder(store, ports.hasher);
    if (added > 0) {
      rejoined = true;
      moved(true);
    }
    showBehind(waiting);
  }

  function showBehind(waiting: number): void {
    if (waiting > 0) status.refused('behind', now(), fault('recovery.behind', { count: waiting }));
    else status.accepted('behind');
  }

  showBehind(waitingRemainder(store));

  return {
    async pull(to, enough) {
      const identity = store.identity();
      if (!identity) return false;
      if (!askedSetAside) for (const id of load(identity.agency).setAside) wanted.add(id);
      askedSetAside = true;
      if (status.pull?.running !== true) received = { entries: 0, bytes: 0 };
      try {
        await ownLogsIfGiven(to);
        let more = await feed(to, identity.agency, 'open', enough);
        if (!more && load(identity.agency).closed) more = await feed(to, identity.agency, 'closed', enough);
        await missing(to);
        if (!more) show(false, { entries: 0, bytes: 0 }, load(identity.agency));
        status.accepted('pull');
        const toSend = rejoined;
        rejoined = false;
        return more || wanted.size > 0 || toSend;
      } catch (error) {
        if (status.pull) status.pull = { ...status.pull, running: false };
        if (!(error instanceof Stopped)) throw error;
        // A full centre says so to everybody; it is asked again in the next round.
        if (!isBusy(error.fault)) status.refused('pull', now(), error.fault);
        return false;
      }
    },
    async fetch(to, code) {
      const found = await to.signed({ method: 'GET', path: `/v1/dossiers?code=${encodeURIComponent(code)}`, response: dossiersResponseSchema }, ownSigner(store, ports));
      if (found.kind === 'refused') return { ok: false, fault: found.fault };
      try {
        await ownLogsIfGiven(to);
        for (const id of found.value.dossiers) await fetchWhole(to, id);
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        return fail(error.fault.code, error.fault.params);
      }
      return ok(found.value.dossiers.length);
    },
    async refresh(to, dossier) {
      try {
        await fetchWhole(to, dossier);
        return ok(true);
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        return fail(error.fault.code, error.fault.params);
      }
    },
  };
}
