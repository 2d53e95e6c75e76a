/** The least a centre could do: rows as gzip NDJSON by POST, each request one durable transaction of SQLite. `raw-post.ts FOLDER`. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';

const db = new Database(join(process.argv[2] ?? '', 'rows.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
const insert = db.prepare('INSERT INTO row (text) VALUES (?)');
const take = db.transaction((lines: readonly string[]) => {
  for (const line of lines) {
    JSON.parse(line);
    insert.run(line);
  }
});
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    take(gunzipSync(Buffer.concat(parts)).toString().trim().split('\n'));
    response.end('{}');
  });
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ ready: true, url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` });
});
process.on('disconnect', () => process.exit(0));
