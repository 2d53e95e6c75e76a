import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DomainError } from '#shared/errors/index.ts';
import { exportBytes, exportFormat, exportVersion, type ExportHeader } from '#shared/export/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import { textWithoutPins } from '../catalogue/index.ts';
import type { Foundation } from '../foundation.ts';
import { judgeProvince, provinceSource } from '../judge/index.ts';
import { verifier } from '../keys/index.ts';
import type { CatalogueText, HeldLog } from '../store/index.ts';
import { exportedBranches, type ExportedBranch } from './branches.ts';
import { verdictsInShort, type VerdictsInShort } from './verdicts.ts';

export interface ExportWish {
  readonly file: string;
  /** Ids of the desks' logs; undefined for all. */
  readonly logs?: readonly string[] | undefined;
  readonly bodies: boolean;
  readonly software: string;
}

export interface Exported {
  readonly now: number;
  readonly logs: number;
  readonly entries: number;
  /** The centre's own, where all logs are in the file. */
  readonly verdicts: VerdictsInShort | undefined;
}

/** What the centre held at one moment. */
interface Snapshot {
  readonly own: HeldLog;
  readonly desks: readonly HeldLog[];
  readonly branches: readonly ExportedBranch[];
  readonly catalogues: readonly CatalogueText[];
  readonly now: number;
}

const page = 500;

/**
 * Writes the centre's own log, the desks' logs with their branches and the catalogues into one file, as they stood at one moment; a centre that runs beside it goes on. The file has its name
 * only once it is whole and on the disk. Throws `DomainError`: `log.unknown`, `export.no-file`, `store.disk-full`.
 */
export async function writeExport(foundation: Foundation, wish: ExportWish): Promise<Exported> {
  const snapshot = await takeSnapshot(foundation, wish.logs);
  const draft = join(dirname(wish.file), `.${basename(wish.file)}.${randomUUID()}`);
  try {
    const exported = await writeDraft(foundation, wish, snapshot, draft);
    await rename(draft, wish.file);
    return exported;
  } catch (error) {
    await rm(draft, { force: true });
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC') throw new DomainError('store.disk-full', {}, error);
    if (/^E[A-Z]+$/.test(code)) throw new DomainError('export.no-file', { file: basename(wish.file), reason: code }, error);
    throw error;
  }
}

/** Heads, branches and catalogues in one short transaction; entries are append-only, so that they can be read later up to those heads. */
async function takeSnapshot({ store, own, time }: Foundation, wanted: readonly string[] | undefined): Promise<Snapshot> {
  return store.transaction(async (writer) => {
    const logs = await writer.logs();
    const mine = logs.find(({ log }) => log === own.log);
    if (!mine) throw new Error('the centre has no log of its own');
    const desks = logs.filter(({ log, installation }) => installation !== undefined && (wanted?.includes(log) ?? true));
    if (wanted?.some((log) => !desks.some((desk) => desk.log === log))) throw new DomainError('log.unknown');
    const branches = (await exportedBranches(writer)).filter(({ section }) => desks.some(({ log }) => log === section.log));
    return { own: mine, desks, branches, catalogues: await writer.catalogues(), now: time.read().now };
  });
}

async function writeDraft(foundation: Foundation, { logs, bodies, software }: ExportWish, snapshot: Snapshot, draft: string): Promise<Exported> {
  const { keys, store } = foundation;
  const target = createWriteStream(draft, { mode: 0o600, flags: 'wx' });
  const gzip = createGzip({ level: 6 });
  const written = finished(gzip.pipe(target));
  gzip.on('error', (error) => target.destroy(error));
  // Whoever writes is told of a failure by the stream itself; without this a failure between two writes would end the process.
  written.catch(() => undefined);
  const whole = createHash('sha256');
  let lines = 0;
  let entries = 0;

  const put = async (text: string, count: number): Promise<void> => {
    whole.update(text);
    lines += count;
    if (target.errored) throw target.errored;
    if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), written]);
  };
  const line = (value: unknown): Promise<void> => put(`${canonicalText(value)}\n`, 1);
  const putLog = async ({ log, installation, publicKey, head, signed }: HeldLog): Promise<void> => {
    await line({
      section: 'log', log, installation: installation ?? null, publicKey, count: head.seq,
      head: signed && head.seq > 0 ? { seq: signed.seq, hash: signed.hash, signature: signed.signature } : null,
    });
    for (let from = 1; from <= head.seq; from += page) {
      const held = await store.entries(log, from, Math.min(page, head.seq + 1 - from));
      await putEntries(held);
    }
  };
  const putEntries = async (held: ExportedBranch['entries']): Promise<void> => {
    const texts: string[] = [];
    for (const { text, body } of held) {
      texts.push(text);
      if (bodies && body) texts.push(canonicalText(body));
    }
    entries += held.length;
    if (texts.length > 0) await put(`${texts.join('\n')}\n`, texts.length);
  };

  const header: ExportHeader = {
    format: exportFormat, v: exportVersion, software, now: snapshot.now, centre: { log: snapshot.own.log, keys: [keys.signer.publicKey] }, bodies, logs: logs ? [...logs] : 'all',
  };
  await line(header);
  await putLog(snapshot.own);
  for (const { version, text } of snapshot.catalogues) {
    await line({ section: 'catalogue', version });
    await put(`${textWithoutPins(text)}\n`, 1);
  }
  for (const desk of snapshot.desks) {
    await putLog(desk);
    for (const { section, entries: held } of snapshot.branches.filter((branch) => branch.section.log === desk.log)) {
      await line(section);
      await putEntries(held);
    }
  }
  const verdicts = logs ? undefined : await judged(foundation, snapshot);
  if (verdicts) await line({ section: 'verdicts', count: verdicts.count, sha256: verdicts.sha256 });
  const sha256 = whole.digest('hex');
  gzip.end(`${canonicalText({ section: 'end', lines, sha256, signature: keys.signer.sign(exportBytes(sha256)) })}\n`);
  await written;
  const handle = await open(draft, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { now: snapshot.now, logs: snapshot.desks.length + 1, entries, verdicts };
}

/** What the centre itself judges from what is in the file. */
async function judged({ keys, store }: Foundation, { own, desks, branches, catalogues, now }: Snapshot): Promise<VerdictsInShort> {
  const read = await provinceSource(store).read();
  const heads = new Map([own, ...desks].map(({ log, head }) => [log, head.seq]));
  const versions = new Set(catalogues.map(({ version }) => version));
  const kept = new Set(branches.map(({ section }) => section.branch));
  const data = {
    own: read.own.slice(0, own.head.seq),
    desks: read.desks.flatMap((desk) => (heads.has(desk.log) ? [{ ...desk, entries: desk.entries.slice(0, heads.get(desk.log)) }] : [])),
    branches: (read.branches ?? []).filter(({ branch }) => kept.has(branch)),
    catalogues: read.catalogues.filter(({ version }) => versions.has(version)),
  };
  return verdictsInShort(judgeProvince(data, now, { centreKeys: [keys.signer.publicKey], verifier }));
}
