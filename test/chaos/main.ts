/**
 * `npm run chaos [-- --part power|sync|kill|leaks|fuzz --seed N --images N --runs N --kills N --people N --requests N]`: power cuts at random moments of a desk's store and of the centre's;
 * desks and centre in virtual time while machines die, the line loses and doubles, and backups are put back; real programs killed under load;
 * a desk's files searched for ID numbers; nonsense sent to the centre. Ends with code 1 where something is not as it has to be. Quick parts run in `npm test`.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { inFolder } from './in-folder.ts';
import { killUnderLoad } from './kill.ts';
import { searchForLeaks } from './leaks.ts';
import { cutPower, type Writer } from './power.ts';
import { chaosOfSync } from './sync.ts';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) }, images: { type: 'string', default: '10000' },
    acts: { type: 'string', default: '400' }, runs: { type: 'string', default: '10000' }, processes: { type: 'string', default: '2' }, kills: { type: 'string', default: '1000' },
    people: { type: 'string', default: '10000' }, requests: { type: 'string', default: '100000' },
  },
});
const [seed, images, acts, runs, processes, kills] = [values.seed, values.images, values.acts, values.runs, values.processes, values.kills].map(Number) as [number, number, number, number, number, number];

async function power(): Promise<void> {
  console.log(`power cuts, seed ${seed}`);
  for (const [writer, name] of [['desk', 'the desk’s store, FULL'], ['centre', 'the centre’s store, FULL'], ['FULL', 'its connection, FULL'], ['NORMAL', 'its connection, NORMAL: has to lose some']] as const satisfies readonly (readonly [Writer, string])[]) {
    const { images: opened, lost, losing, broken } = await inFolder((folder) => cutPower(writer, { folder, acts, images: writer === 'desk' || writer === 'centre' ? images : Math.ceil(images / 10), seed }));
    const good = writer === 'NORMAL' ? losing > 0 : lost === 0 && broken.size === 0;
    console.log(`  ${name}: ${opened} images, ${losing} without an act that was told (${lost} acts in all), broken: ${[...broken].map(([why, times]) => `${why} ${times}`).join(', ') || 'none'} → ${good ? 'holds' : 'short'}`);
    if (!good) process.exitCode = 1;
  }
}

async function sync(): Promise<void> {
  console.log(`desks and centre in virtual time, seeds ${seed} to ${seed + runs - 1}`);
  const score = await chaosOfSync({
    seed, runs, processes, progress: (done) => void (done % 500 === 0 && console.log(`  ${done} runs`)),
    failed: (of, wrong) => console.log(`  seed ${of}: ${wrong.join('; ')}   (npm run chaos -- --part sync --runs 1 --seed ${of})`),
  });
  const good = score.wrong.length === 0;
  console.log(`  ${score.runs} runs, ${score.acts} acts, ${score.deskDeaths} deaths of desks, ${score.centreDeaths} of the centre, ${score.restores} backups put back, ${score.moves} desks gone to another agency, at most ${score.longest} minutes to drain: ${score.wrong.length} with something lost, twice, invented, stuck or known otherwise → ${good ? 'holds' : 'short'}`);
  if (!good) process.exitCode = 1;
}

async function kill(): Promise<void> {
  console.log(`kills under load, seed ${seed}`);
  const { desk, centre, told, again, wrong } = await inFolder((folder) => killUnderLoad({ folder, kills, seed, progress: (done) => void (done % 100 === 0 && console.log(`  ${done} kills`)) }));
  for (const what of wrong.slice(0, 20)) console.log(`  ${what}`);
  console.log(`  ${desk} kills of the desk, ${centre} of the centre, ${told} acts told, ${again} given again: ${wrong.length} not as they were told → ${wrong.length === 0 ? 'holds' : 'short'}`);
  if (wrong.length > 0) process.exitCode = 1;
}

async function leaks(): Promise<void> {
  console.log(`ID numbers in the clear, seed ${seed}`);
  const { people, files, megabytes, found } = await inFolder((folder) => searchForLeaks({ folder, people: Number(values.people), seed }));
  console.log(`  ${people} people, ${files} files, ${megabytes} MB: found in ${found.join(', ') || 'none'} → ${found.length === 0 ? 'holds' : 'short'}`);
  if (found.length > 0) process.exitCode = 1;
}

async function nonsense(): Promise<void> {
  console.log(`nonsense sent to the centre, seed ${seed}`);
  const { sent, statuses, wrong, reported } = await inFolder((folder) => fuzz({ folder, requests: Number(values.requests), seed }));
  for (const what of wrong.slice(0, 20)) console.log(`  ${what}`);
  const good = wrong.length === 0 && reported === '';
  console.log(`  ${sent} requests, answers ${Object.entries(statuses).map(([status, times]) => `${status} × ${times}`).join(', ')}; ${wrong.length} wrong${reported === '' ? '' : `, reported: ${reported}`} → ${good ? 'holds' : 'short'}`);
  if (!good) process.exitCode = 1;
}

const parts = { power, sync, kill, leaks, fuzz: nonsense };
if (values.part !== 'all' && !Object.hasOwn(parts, values.part)) throw new RangeError(`no such part: ${values.part}`);
for (const [name, run] of Object.entries(parts)) if (values.part === 'all' || values.part === name) await run();
