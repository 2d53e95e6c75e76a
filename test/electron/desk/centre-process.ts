/**
 * The real centre in a process of its own, told what to do by the test that started it: a parent says `{id, op, …}` and
 * hears `{id, value}`. Run natively by Node; jest cannot load all of the centre's packages.
 */
import { readFileSync } from 'node:fs';
import { publishCatalogue } from '#central/catalogue/index.ts';
import { provinceReports } from '#central/province.ts';
import { eraseDossier } from '#central/erasure/index.ts';
import { makeCode, orderTransfer } from '#central/enrolment/index.ts';
import { hasher, random } from '#central/keys/index.ts';
import { startCentre } from '#central/service.ts';
import { injectedTime } from '#central/time/index.ts';
import { catalogueSchema } from '#shared/catalogue/index.ts';
import { z } from 'zod';

const optionsSchema = z.object({ folder: z.string(), clockFile: z.string(), catalogueFile: z.string(), port: z.int() });
const askSchema = z.object({ id: z.int(), op: z.enum(['code', 'entries', 'dossier', 'forks', 'branches', 'synchronised', 'approve', 'publish', 'erase', 'transfer', 'stop']), agency: z.string().optional(), log: z.string().optional(), installation: z.string().optional(), dossier: z.string().optional(), approves: z.boolean().optional(), on: z.boolean().optional(), catalogue: z.unknown().optional() });

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const time = injectedTime(options.clockFile, 20);
let synchronised = true;
const centre = await startCentre({
  folder: options.folder, host: '127.0.0.1', port: options.port, software: 'test', enrolmentsPerMinute: 1000,
  time: { read: () => ({ ...time.read(), rho: synchronised ? 20 : undefined }), stop: () => time.stop() },
});
if (!(await centre.store.latestCatalogue())) {
  await publishCatalogue({ ...centre, hasher }, catalogueSchema.parse(JSON.parse(readFileSync(options.catalogueFile, 'utf8'))));
}

process.on('message', (raw) => void answer(askSchema.parse(raw)));
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true, url: centre.url, key: centre.keys.signer.publicKey });

async function answer(ask: z.infer<typeof askSchema>): Promise<void> {
  process.send?.({ id: ask.id, value: await does(ask) });
  if (ask.op === 'stop') process.exit(0);
}

async function onBranches(log: string) {
  return (await centre.store.branchEntriesAfter(0, 100_000)).filter((entry) => entry.log === log);
}

async function does({ op, agency = '', log = '', dossier = '', installation = '', approves = true, on = true, catalogue }: z.infer<typeof askSchema>): Promise<unknown> {
  switch (op) {
    case 'code': return (await makeCode({ store: centre.store, own: centre.own, time, hasher, random }, { agency, desk: 'Quầy 2', approves })).code;
    case 'entries': return (await centre.store.entries(log, 1, 100_000)).map(({ seq, hash, text }) => ({ seq, hash, text }));
    case 'dossier': return provinceReports(centre).dossier(dossier, {});
    case 'forks': return (await onBranches(log)).length;
    case 'branches': return (await onBranches(log)).map(({ seq, hash, text, branch }) => ({ seq, hash, text, branch }));
    case 'approve': {
      await centre.store.transaction(async (writer) => {
        for (const { id, state } of await centre.store.installations()) if (state === 'pending') await writer.setInstallationState(id, 'approved');
      });
      return true;
    }
    case 'publish': return publishCatalogue({ ...centre, hasher }, catalogueSchema.parse(catalogue));
    case 'erase': return eraseDossier(centre, { dossier, authority: 'Quyết định 12/QĐ-UBND ngày 24/11/2026' });
    case 'transfer': return orderTransfer({ store: centre.store, own: centre.own, time }, { installation, agency, desk: 'Quầy 7' });
    case 'synchronised':
      synchronised = on;
      return true;
    case 'stop':
      await centre.stop();
      return true;
  }
}
