/**
 * A centre's embedded store that takes in batches of four desks at once, each told on stdout once it is acknowledged: log, seq and hash. Argument: the
 * database file.
 */
import { generateKeyPairSync } from 'node:crypto';
import { writeSync } from 'node:fs';
import { acceptBatch } from '#central/ingest/index.ts';
import { hasher, random, signerOf, verifier } from '#central/keys/index.ts';
import { openOwnLog } from '#central/ledger/index.ts';
import { openSqliteStore, type Installation } from '#central/store/index.ts';
import { sampleAgency } from '#central/catalogue/index.ts';
import { setTime, testDesk } from '../central/peer.ts';

const [, , file = ''] = process.argv;
const time = setTime();
const store = openSqliteStore(file);
const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
const own = await openOwnLog(store, { signer, hasher, random }, time.read(), { recoveryKey: signer.publicKey, software: 'test' });

const desks = await Promise.all(Array.from({ length: 4 }, async () => {
  const desk = testDesk(() => '');
  const { installation: id, log, signer: { publicKey, keyId } } = desk;
  const installation: Installation = { id, agency: sampleAgency, desk: 'd', publicKey, keyId, state: 'approved', log, enrolledAt: time.now, software: 'test' };
  await store.transaction(async (writer) => {
    await writer.addInstallation(installation);
    await writer.addLog({ log, installation: id, agency: sampleAgency, publicKey, parent: undefined, openedAt: time.now });
  });
  desk.open();
  return { desk, installation };
}));
writeSync(1, 'open\n');

for (let round = 1; ; round += 1) {
  await Promise.all(desks.map(async ({ desk, installation }, index) => {
    const first = round === 1 ? 1 : desk.head.seq + 1;
    desk.work(1 + ((round + index) % 5));
    const taken = await acceptBatch({ store, own, time, hasher, verifier }, installation, desk.log, desk.batch(first));
    if (!taken.ok) throw new Error(taken.refusal.fault.code);
    const { seq, hash } = taken.answer.ack;
    writeSync(1, `${desk.log} ${seq} ${hash}\n`);
  }));
  time.now += 1_000;
  // Moves the write-ahead log into the file, as it happens by itself after many more.
  if (round % 12 === 0) await store.cleanse();
}
