/**
 * A desk and its centre, each on a small disk of its own that fills up, told as a line of JSON: `disk-full-process.ts FOLDER`. To be run where it may mount
 * (`unshare --map-root-user --mount`); the mounts end with it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startCentreProgram, startDeskProgram, until } from './programs.ts';

const [folder = ''] = process.argv.slice(2);
const places = { centre: join(folder, 'centre'), desk: join(folder, 'desk') };
for (const place of Object.values(places)) {
  mkdirSync(place, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', place]);
}
const centre = await startCentreProgram(folder);
const desk = await startDeskProgram(places.desk, centre.url, await centre.code());

/** `recorded`, or the code of the refusal. */
async function receive(): Promise<string> {
  const answer = await desk.receive();
  return answer?.ok === true ? 'recorded' : (answer?.fault?.code ?? 'no answer');
}

/** Takes all room of a disk but a little. */
function fill(place: string): void {
  const { bavail, bsize } = statfsSync(place);
  writeFileSync(join(place, 'filling'), Buffer.alloc(Math.max(0, bavail * bsize - 8_192)));
}

function free(place: string): void {
  rmSync(join(place, 'filling'));
}

try {
  await until(async () => (await desk.signIn()) && desk.sent(), 'the desk was not ready');
  const before = await receive();
  await until(() => desk.sent(), 'the first act was not sent');

  // The centre's disk is full: the desk goes on, keeps what it has and says why.
  fill(places.centre);
  let recorded = 1;
  const refusals = new Set<string>();
  await until(async () => {
    for (let times = 0; times < 40; times += 1) if ((await receive()) === 'recorded') recorded += 1;
    await desk.sent();
    for (const { fault } of (await desk.view()).refusals) refusals.add(fault.code);
    return refusals.has('store.disk-full');
  }, 'the centre never said that its disk is full');
  const waiting = (await desk.view()).waiting.entries;
  free(places.centre);
  await until(() => desk.sent(), 'what waited was not sent when there was room again');

  // The desk's own disk is full: the clerk is told, and nothing half is recorded.
  fill(places.desk);
  let refused = '';
  await until(async () => {
    refused = await receive();
    if (refused === 'recorded') recorded += 1;
    return refused !== 'recorded';
  }, 'the desk never said that its disk is full');
  const [full, again] = [await desk.view(), await receive()];
  free(places.desk);
  const after = await receive();
  if (after === 'recorded') recorded += 1;
  await until(() => desk.sent(), 'what was recorded was not sent');
  const { log, head } = await desk.view();
  const held = z.array(z.object({ seq: z.int(), text: z.string() })).parse(await centre.ask({ op: 'entries', log }));
  const receptions = held.filter(({ text }) => text.includes('"kind":"dossier.received"')).length;
  console.log(JSON.stringify({
    before, waiting, refused, again, after, refusals: [...refusals], fullStillAnswers: full.head.seq > 0, lost: recorded - receptions, heads: [head.seq, held.at(-1)?.seq, held.length],
  }));
} finally {
  await desk.kill();
  await centre.kill();
}
