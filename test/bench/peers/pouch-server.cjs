// express-pouchdb over LevelDB, as its own documentation sets it up: `pouch-server.cjs MODULES FOLDER`.
const { createRequire } = require('node:module');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

const [, , modules, folder] = process.argv;
const peers = createRequire(join(modules, 'package.json'));
const express = peers('express');
mkdirSync(folder, { recursive: true });
const PouchDB = peers('pouchdb').defaults({ prefix: `${folder}/` });
const app = express();
app.use('/', peers('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }));
const server = app.listen(0, '127.0.0.1', () => process.send({ ready: true, url: `http://127.0.0.1:${server.address().port}` }));
process.on('disconnect', () => process.exit(0));
