/**
 * A desk that never stops: records acts one after the other and says each on stdout once it is committed. Started by
 * kill.test.ts, which kills it. Arguments: the database file, the log to open if there is none.
 */
import { writeSync } from 'node:fs';
import { mintUuid } from '#shared/log/index.ts';
import { nodeHasher, nodeRandom, openDeskStore } from '#db/index.ts';
import { ok } from '#shared/errors/index.ts';
import { clock } from '../shared/dossier/sample.ts';
import { identity, key, reception } from './sample.ts';

const [, , file = '', log = ''] = process.argv;
const mint = (): string => mintUuid(clock.wall, nodeRandom);

const store = openDeskStore({ file, key, hasher: nodeHasher, random: nodeRandom });
if (!store.identity()) store.openLog({ identity: identity(log), software: 'test', why: 'enrolled', act: mint(), clock });
writeSync(1, 'open\n');

for (;;) {
  const act = mint();
  const dossier = mint();
  const done = store.commit({
    act, actor: 's-1', clock,
    decide: (_read, codes) => {
      const code = codes.next('2026-11-23');
      return ok([reception(dossier, { code: code.text, provisional: code.provisional }), { kind: 'link.lost', facts: { probe: 1 } }]);
    },
  });
  if (!done.ok) throw new Error(done.fault.code);
  if (store.head().seq % 40 < 2) store.checkpointWhenIdle();
  writeSync(1, `${act} ${dossier}\n`);
}
