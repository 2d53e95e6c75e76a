/**
 * Commit of one act: the desk's store (encrypted, FULL sync, fold, projections and search) against the same rows written
 * into the same tables and indexes of a plain SQLite file with FULL sync by nothing but prepared statements. Both in one
 * run, turn by turn, checkpoints between turns (when idle), so that both meet the same disk at the same time. A third side
 * writes those rows into an encrypted file, and so tells the price of the cipher from that of the store's own work.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrations, nodeHasher, nodeRandom, openDeskStore, unlock, type DeskStore } from '#db/index.ts';
import { ok } from '#shared/errors/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { termsOf } from '#db/projections/words.ts';
import { clock } from '../shared/dossier/sample.ts';
import { identity, key, person, reception } from '../db/sample.ts';
import { percentile, type Bench } from './figure.ts';

/** Dossiers there before anything is measured, acts measured, and in how many stretches one after another. */
const size = { before: 2_000, measured: 5_000, stretches: 5 } as const;
const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Nông', 'Đặng', 'Lý', 'Vi', 'Hà', 'Lương', 'Chu'];
const middles = ['Thị', 'Văn', 'Đức', 'Thu', 'Minh', 'Quang', 'Ngọc', 'Hữu'];
const given = ['Hòa', 'Hoàn', 'Nguyên', 'Nguyệt', 'Đường', 'Duyên', 'An', 'Bình', 'Chiến', 'Dung', 'Giang', 'Hằng', 'Khánh', 'Linh', 'Mai', 'Tài'];

type Row = Readonly<Record<string, string | number | null>>;
type Table = 'entry' | 'sealed_body' | 'code_use' | 'dossier' | 'lookup';

/** The rows of one act, as the store wrote them. */
interface Rows {
  readonly tables: ReadonlyMap<Table, Row>;
  readonly words: string;
  /** What the full-text index lists it under. */
  readonly terms: string;
}

/** The act of one reception, made ready; what comes back runs it. Ids and names are the form's work, not the store's. */
function act(store: DeskStore, count: number): () => void {
  const name = `${families[count % 12] ?? ''} ${middles[count % 7] ?? ''} ${given[count % 16] ?? ''}`;
  const personal = person(name, { idNumber: `020190${String(count).padStart(6, '0')}`, phone: `09${String(count * 97).padStart(8, '0')}` });
  const id = mintUuid(clock.wall + count, nodeRandom);
  const dossier = mintUuid(clock.wall + count, nodeRandom);
  return () => {
    const done = store.commit({
      act: id, actor: 's-1', clock,
      decide(_read, codes) {
        const code = codes.next('2026-11-23');
        return ok([reception(dossier, { code: code.text, provisional: code.provisional }, personal)]);
      },
    });
    if (!done.ok) throw new Error(done.fault.code);
  };
}

function enrol(file: string): DeskStore {
  const store = openDeskStore({ file, key, hasher: nodeHasher, random: nodeRandom });
  const log = mintUuid(clock.wall, nodeRandom);
  store.openLog({ identity: identity(log), software: 'bench', why: 'enrolled', act: mintUuid(clock.wall, nodeRandom), clock });
  return store;
}

/** What a store of the same acts holds, act by act, read past its door. */
function rowsOf(file: string): readonly Rows[] {
  const db = new Database(file, { readonly: true });
  unlock(db, key);
  const read = (sql: string): Row[] => db.prepare<[], Row>(sql).all();
  const entries = read('SELECT * FROM entry WHERE dossier IS NOT NULL ORDER BY id');
  const bodies = read('SELECT * FROM sealed_body ORDER BY entry');
  const dossiers = read('SELECT * FROM dossier ORDER BY id');
  const lookups = read('SELECT * FROM lookup ORDER BY id');
  const [use = {}] = read('SELECT * FROM code_use');
  db.close();
  return entries.map((entry, index) => {
    const lookup = lookups[index] ?? {};
    const words = String(lookup['words']);
    const number = (name: string): string | null => (lookup[name] === null ? null : String(lookup[name]));
    return {
      tables: new Map<Table, Row>([
        ['entry', entry], ['sealed_body', bodies[index] ?? {}], ['code_use', { ...use, used: index + 1 }], ['dossier', dossiers[index] ?? {}], ['lookup', lookup],
      ]),
      words,
      terms: termsOf(words, [number('id_number'), number('submitter_number'), number('phone')]),
    };
  });
}

/** A peer: the same schema, and a function that writes one act's rows in one transaction. */
function rowWriter(file: string, sample: Rows, encrypted: boolean): { write(rows: Rows): void; checkpoint(): void; close(): void } {
  const db = new Database(file);
  if (encrypted) unlock(db, key);
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('cache_size = -65536');
  db.pragma('wal_autocheckpoint = 16384');
  for (const { up } of migrations) up(db);
  const inserts = [...sample.tables].map(([table, row]) => {
    const columns = Object.keys(row);
    const statement = db.prepare<[Row]>(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`);
    return { table, statement };
  });
  const index = db.prepare<[number, string]>('INSERT INTO lookup_words (rowid, words) VALUES (?, ?)');
  const learn = db.prepare<[string]>('INSERT OR IGNORE INTO vocabulary (word) VALUES (?)');
  const merge = db.prepare("INSERT INTO lookup_words (lookup_words, rank) VALUES ('merge', 500)");
  const write = db.transaction((rows: Rows) => {
    for (const { table, statement } of inserts) statement.run(rows.tables.get(table) ?? {});
    index.run(Number(rows.tables.get('lookup')?.['id']), rows.terms);
    for (const word of rows.words.split(' ')) if (!/^\d+$/.test(word)) learn.run(word);
  });
  return {
    write: (rows) => void write.immediate(rows),
    checkpoint() {
      merge.run();
      db.pragma('wal_checkpoint(PASSIVE)');
    },
    close: () => void db.close(),
  };
}

type Side = 'store' | 'plain' | 'encrypted';

/** Milliseconds of each act on each side, in order. */
function measure(): Readonly<Record<Side, readonly number[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'quay-bench-'));
  try {
    const total = size.before + size.measured;
    const model = join(folder, 'model.db');
    const first = enrol(model);
    for (let count = 0; count < total; count += 1) act(first, count)();
    first.close();
    const rows = rowsOf(model);
    const [sample] = rows;
    if (!sample) throw new Error('the model has rows');
    const store = enrol(join(folder, 'desk.db'));
    const plain = rowWriter(join(folder, 'plain.db'), sample, false);
    const encrypted = rowWriter(join(folder, 'encrypted.db'), sample, true);
    const times: Record<Side, number[]> = { store: [], plain: [], encrypted: [] };
    for (let count = 0; count < total; count += 1) {
      const of = rows[count];
      if (!of) throw new Error('one row an act');
      const turns: readonly (readonly [Side, () => void])[] = [
        ['store', act(store, count)], ['plain', () => plain.write(of)], ['encrypted', () => encrypted.write(of)],
      ];
      // Each side is first, second and third equally often.
      for (let turn = 0; turn < 3; turn += 1) {
        const [side, run] = turns[(count + turn) % 3] ?? turns[0] ?? fail();
        const start = performance.now();
        run();
        if (count >= size.before) times[side].push(performance.now() - start);
      }
      // A clerk needs a minute for an act: the store is idle between two.
      if (count % 10 === 9) {
        store.checkpointWhenIdle();
        plain.checkpoint();
        encrypted.checkpoint();
      }
    }
    store.close();
    plain.close();
    encrypted.close();
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fail(): never {
  throw new RangeError('there are three sides');
}

const bench: Bench = async () => {
  const times = measure();
  const length = size.measured / size.stretches;
  // The slowest one in a hundred are few: one bad second of the disk decides a p99 over all, but not the middle of five.
  const at = (side: Side, share: number): number => percentile(
    Array.from({ length: size.stretches }, (_, index) => percentile(times[side].slice(index * length, (index + 1) * length), share)), 0.5,
  );
  return [
    { name: `commit of one act, p99 (the middle of ${size.stretches} stretches of ${length} acts)`, value: at('store', 0.99), unit: 'ms', against: { name: 'the same rows in plain SQLite FULL', value: at('plain', 0.99) }, bar: { atMost: 1.5 } },
    { name: 'commit of one act, p50', value: at('store', 0.5), unit: 'ms', against: { name: 'the same rows in plain SQLite FULL', value: at('plain', 0.5) } },
    { name: 'commit of one act, p99', value: at('store', 0.99), unit: 'ms', against: { name: 'the same rows in encrypted SQLite FULL', value: at('encrypted', 0.99) } },
    { name: 'commit of one act, p50', value: at('store', 0.5), unit: 'ms', against: { name: 'the same rows in encrypted SQLite FULL', value: at('encrypted', 0.5) } },
  ];
};

export default bench;
