/**
 * The store's own connection and a table beside it: one row an act, each told on stdout once it is committed. Arguments: the database file, FULL or
 * NORMAL. With NORMAL it shows that what loses acts in a power cut is found.
 */
import { writeSync } from 'node:fs';
import { openConnection } from '#db/connection.ts';

const [, , file = '', mode = 'FULL'] = process.argv;
const { db } = openConnection(file, new Uint8Array(32).fill(7));
if (mode === 'NORMAL') db.pragma('synchronous = NORMAL');
db.exec('CREATE TABLE IF NOT EXISTS act (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
const insert = db.prepare('INSERT INTO act (text) VALUES (?)');
writeSync(1, 'open\n');
for (let count = 1; ; count += 1) {
  insert.run('x'.repeat(200 + (count % 700)));
  if (count % 60 === 0) db.pragma('wal_checkpoint(PASSIVE)');
  writeSync(1, `${count}\n`);
}
