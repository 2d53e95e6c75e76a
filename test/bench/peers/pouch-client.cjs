// Replicates documents to a server and says how long it took: `pouch-client.cjs MODULES FOLDER URL FILE`; FILE holds one document's text a line.
const { createRequire } = require('node:module');
const { mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const [, , modules, folder, url, file] = process.argv;
const PouchDB = createRequire(join(modules, 'package.json'))('pouchdb');
mkdirSync(folder, { recursive: true });
void (async () => {
  const db = new PouchDB(join(folder, 'desk'));
  const docs = readFileSync(file, 'utf8').trim().split('\n').map((text, index) => ({ _id: String(index).padStart(8, '0'), text }));
  for (let at = 0; at < docs.length; at += 1000) await db.bulkDocs(docs.slice(at, at + 1000));
  const began = performance.now();
  const done = await db.replicate.to(`${url}/desk`, { batch_size: 1000 });
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, written: done.docs_written }));
  process.exit(0);
})();
