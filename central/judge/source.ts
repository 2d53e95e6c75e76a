import { setImmediate } from 'node:timers/promises';
import { catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { entryHeaderSchema, type ReadEntry } from '#shared/log/index.ts';
import type { CentreReader, HeadClaim, Heard, HeldEntry } from '../store/index.ts';
import { compacting } from './compact.ts';

/** One desk's log as the centre holds it. */
export interface DeskLog {
  readonly log: string;
  readonly installation: string;
  readonly entries: readonly ReadEntry[];
}

/** Another branch of a forked log: what differs from the log the centre took first. */
export interface BranchLog {
  readonly log: string;
  /** Hash of its first entry, which names the branch. */
  readonly branch: string;
  readonly installation: string;
  readonly entries: readonly ReadEntry[];
}

/** All that verdicts follow from, as read: logs and published catalogues, nothing else. What was known at an earlier `now` is a part of it. */
export interface ProvinceData {
  readonly desks: readonly DeskLog[];
  /** Branches of forked logs. */
  readonly branches?: readonly BranchLog[];
  /** The centre's own log. */
  readonly own: readonly ReadEntry[];
  /** In the order of their versions. */
  readonly catalogues: readonly Catalogue[];
}

/** Reads the province's data; every reading after the first fetches only what is new. */
export interface ProvinceSource {
  /** Throws `DomainError` `province.too-large` where there is no memory for all entries; from then on it holds none and always does. */
  read(): Promise<ProvinceData>;
  /** Entries held in memory, and how many there is room for. */
  room(): Room;
  /** What the centre heard a moment ago and has not written into its own log yet: for showing, never for judging. */
  live(): Promise<LiveWord>;
}

/** Memory for entries, counted in entries. */
export interface Room {
  readonly held: number;
  readonly most: number;
}

/** When each log was heard last, and the head it then named as its end. */
export interface LiveWord {
  readonly heard: readonly Heard[];
  readonly claims: readonly HeadClaim[];
}

/** The part of the store that verdicts need. */
export type JudgeReader = Pick<CentreReader, 'logs' | 'entriesAfter' | 'branches' | 'branchEntriesAfter' | 'heard' | 'claims' | 'catalogues'>;

/** Entries read at once: some milliseconds. */
const page = 256;

/**
 * A source over the centre's store. Entries are append-only, so those read once are kept; a log's entries come in the order of
 * commits, which is the order of their places. Throws for an entry the store should never have taken. `most`: entries there is memory for, with
 * all that judging makes of them; a process that ran out of it would take the desks' service with it.
 */
export function provinceSource(reader: JudgeReader, most = Infinity): ProvinceSource {
  const entries = new Map<string, ReadEntry[]>();
  const onBranches = new Map<string, ReadEntry[]>();
  const catalogues = new Map<number, Catalogue>();
  let commit = 0;
  let branchCommit = 0;
  let held = 0;
  let tooLarge = false;
  let turn: Promise<unknown> = Promise.resolve();

  const compact = compacting();
  const put = (lists: Map<string, ReadEntry[]>, name: string, entry: HeldEntry): void => {
    const list = lists.get(name) ?? [];
    if (list.length === 0) lists.set(name, list);
    list.push(compact(entryHeaderSchema.parse(JSON.parse(entry.text)), entry.hash, list.at(-1)?.hash));
    held += 1;
  };
  const take = (entry: HeldEntry): void => {
    put(entries, entry.log, entry);
    commit = entry.commit;
  };
  const takeOfBranch = (entry: HeldEntry): void => {
    put(onBranches, entry.branch ?? entry.hash, entry);
    branchCommit = entry.commit;
  };
  const haveRoom = (): void => {
    if (held > most) {
      tooLarge = true;
      held = 0;
      entries.clear();
      onBranches.clear();
    }
    if (tooLarge) throw new DomainError('province.too-large', { most });
  };
  const fetch = async (): Promise<ProvinceData> => {
    haveRoom();
    for (let fresh = await reader.entriesAfter(commit, page); fresh.length > 0; fresh = await reader.entriesAfter(commit, page)) {
      fresh.forEach(take);
      haveRoom();
      // An embedded store answers at once, so nobody else would have a turn in between.
      await setImmediate();
    }
    for (let fresh = await reader.branchEntriesAfter(branchCommit, page); fresh.length > 0; fresh = await reader.branchEntriesAfter(branchCommit, page)) {
      fresh.forEach(takeOfBranch);
      haveRoom();
    }
    for (const { version, text } of await reader.catalogues()) {
      if (!catalogues.has(version)) catalogues.set(version, catalogueSchema.parse(JSON.parse(text)));
    }
    const logs = await reader.logs();
    const installations = new Map(logs.map(({ log, installation }) => [log, installation]));
    const branches = (await reader.branches()).map(({ log, branch }) => ({ log, branch, installation: installations.get(log) ?? '', entries: [...(onBranches.get(branch) ?? [])] }));
    const own = logs.find((log) => log.installation === undefined);
    return {
      desks: logs.flatMap(({ log, installation }) => (installation === undefined ? [] : [{ log, installation, entries: [...(entries.get(log) ?? [])] }])),
      branches: branches.filter((branch) => branch.entries.length > 0),
      own: own ? [...(entries.get(own.log) ?? [])] : [],
      catalogues: [...catalogues.values()].sort((a, b) => a.version - b.version),
    };
  };
  return {
    // One reading at a time: two at once would take the same entries twice.
    read: () => {
      const next = turn.then(fetch, fetch);
      turn = next;
      return next;
    },
    room: () => ({ held, most }),
    live: async () => ({ heard: await reader.heard(), claims: await reader.claims() }),
  };
}
