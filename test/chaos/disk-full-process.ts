/**
 * A desk and its centre, each on a small disk of its own that fills up, told as a line of JSON: `disk-full-process.ts FOLDER`. To be run where it may mount
 * (`unshare --map-root-user --mount`); the mounts end with it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeRandom } from '#db/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { catalogueOf, pin, procedures } from '../simulation/province.ts';
import { startProgram } from './process.ts';

const [folder = ''] = process.argv.slice(2);
const agency = 'c-1';
const places = { centre: join(folder, 'centre'), desk: join(folder, 'desk') };
for (const place of Object.values(places)) {
  mkdirSync(place, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', place]);
}
const [clockFile, catalogueFile] = [join(folder, 'clock.json'), join(folder, 'catalogue.json')];
writeFileSync(clockFile, JSON.stringify({ v: 1, realAt: Date.now(), trueAt: Date.now(), rate: 1, machines: { centre: { wallOffset: 0, boot: 'centre', bootedAt: 0 } } }));
writeFileSync(catalogueFile, JSON.stringify(catalogueOf([{ agency, level: 'commune', line: 'l', clerk: 'c-1-1', supervisor: undefined, perDay: 1 }])));
const centre = await startProgram(join(import.meta.dirname, '../electron/desk/centre-process.ts'), { folder: places.centre, clockFile, catalogueFile, port: 0 });
const code = String(await centre.ask({ op: 'code', agency }));
const desk = await startProgram(join(import.meta.dirname, '../electron/desk/machine-process.ts'), { folder: places.desk, url: centre.ready['url'], code });

const answerSchema = z.object({ ok: z.boolean(), fault: z.object({ code: z.string() }).optional(), value: z.unknown().optional() });
const viewSchema = z.object({ waiting: z.object({ entries: z.int() }), refusals: z.array(z.object({ fault: z.object({ code: z.string() }) })), log: z.string(), head: z.object({ seq: z.int() }) });

async function call(channel: string, request: object): Promise<z.output<typeof answerSchema>> {
  return answerSchema.parse(await desk.ask({ op: 'call', channel, request }));
}

async function view(): Promise<z.output<typeof viewSchema>> {
  return viewSchema.parse((await call('sync.view', {})).value);
}

/** `undefined` where it was recorded, else the code of the refusal. */
async function receive(): Promise<string | undefined> {
  const answer = await call('reception.save', {
    act: mintUuid(Date.now(), nodeRandom), dossier: mintUuid(Date.now(), nodeRandom), procedure: procedures[0], papers: [], sets: 1, channel: 'counter',
    personal: { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải '.repeat(15) } },
  });
  return answer.ok ? undefined : answer.fault?.code;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(what);
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
}

/** Takes all room of a disk but a little. */
function fill(place: string): void {
  const { bavail, bsize } = statfsSync(place);
  writeFileSync(join(place, 'filling'), Buffer.alloc(Math.max(0, bavail * bsize - 8_192)));
}

function free(place: string): void {
  rmSync(join(place, 'filling'));
}

const sent = async (): Promise<boolean> => {
  await call('sync.now', {});
  return (await view()).waiting.entries === 0;
};

try {
  await until(async () => (await call('session.sign-in', { staff: 'c-1-1', pin })).ok && (await sent()), 'the desk was not ready');
  const before = (await receive()) ?? 'recorded';
  await until(sent, 'the first act was not sent');

  // The centre's disk is full: the desk goes on, keeps what it has and says why.
  fill(places.centre);
  let told = 0;
  const refusals = new Set<string>();
  await until(async () => {
    for (let times = 0; times < 40; times += 1) if ((await receive()) === undefined) told += 1;
    await call('sync.now', {});
    for (const { fault } of (await view()).refusals) refusals.add(fault.code);
    return refusals.has('store.disk-full');
  }, 'the centre never said that its disk is full');
  const waiting = (await view()).waiting.entries;
  free(places.centre);
  await until(sent, 'what waited was not sent when there was room again');

  // The desk's own disk is full: the clerk is told, and nothing half is recorded.
  fill(places.desk);
  let refused: string | undefined;
  let recorded = 0;
  await until(async () => {
    refused = await receive();
    if (refused === undefined) recorded += 1;
    return refused !== undefined;
  }, 'the desk never said that its disk is full');
  const [full, again] = [await view(), await receive()];
  free(places.desk);
  const after = (await receive()) ?? 'recorded';
  await until(sent, 'what was recorded was not sent');
  const { log, head } = await view();
  const held = z.array(z.object({ seq: z.int(), text: z.string() })).parse(await centre.ask({ op: 'entries', log }));
  const receptions = held.filter(({ text }) => text.includes('"kind":"dossier.received"')).length;
  console.log(JSON.stringify({
    before, waiting, refused, again, after, refusals: [...refusals], fullStillAnswers: full.head.seq > 0, lost: 1 + told + recorded + 1 - receptions, heads: [head.seq, held.at(-1)?.seq, held.length],
  }));
} finally {
  await desk.kill();
  await centre.kill();
}
