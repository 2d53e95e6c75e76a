/**
 * The herd: the line comes back for a whole province at once, and 212 desks with 1,000 entries each go to the centre in the same second. Real signed requests over HTTP to the real centre,
 * a program of its own over its embedded store; each desk waits as it is told, by pace and by Retry-After. All desks are this one process, which may not be what is measured: their batches
 * are packed and their heads signed before, in the sizes that a desk would choose.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { nodeHasher } from '#db/index.ts';
import { openCentre, type Centre } from '#electron/desk/sync/centre.ts';
import { packed, type Packed } from '#electron/desk/sync/packing.ts';
import { firstBatchSize } from '#electron/desk/sync/push.ts';
import { httpTransport } from '#electron/desk/sync/transport.ts';
import { batchLimits, batchResponseSchema, headResponseSchema } from '#shared/sync/index.ts';
import { agency, startCentreProgram, type CentreProgram } from '../chaos/programs.ts';
import type { Bench, Figure } from './figure.ts';
import { deskLog, type DeskLog } from './sample/desk-log.ts';

const desks = 212;
const entriesEach = 1_000;
/** What the centre may take, seconds, and the most memory it may ever hold, MB. */
const limits = { seconds: 15, memory: 512 } as const;

interface Waiting {
  readonly written: DeskLog;
  readonly batches: readonly (Packed & { readonly seq: number; readonly hash: string })[];
  readonly centre: Centre;
  close(): void;
}

/** An enrolled desk with all it wrote packed. */
async function desk(program: CentreProgram, number: number): Promise<Waiting> {
  const written = deskLog(number, agency, 'c-2');
  const { signer, log, installation } = written;
  const body = JSON.stringify({ code: await program.code(), installation, log, publicKey: signer.publicKey, software: 'bench' });
  const enrolled = await fetch(`${program.url}/v1/enrol`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  if (!enrolled.ok) throw new Error(`enrolment: ${enrolled.status}`);
  await enrolled.text();
  const batches: Waiting['batches'][number][] = [];
  let left = written.write(entriesEach).carried;
  for (let size = firstBatchSize; left.length > 0;) {
    const batch = await packed(log, left.slice(0, size), signer);
    const last = left[batch.count - 1]?.entry;
    if (!last) throw new Error('a batch has at least one entry');
    batches.push({ ...batch, seq: last.header.seq, hash: last.hash });
    left = left.slice(batch.count);
    size = Math.min(batchLimits.entries, Math.max(size, batch.count * 2));
  }
  const transport = httpTransport(program.url, () => []);
  const centre = openCentre({ transport, hasher: nodeHasher, wall: Date.now, signal: new AbortController().signal, answered: () => undefined });
  return { written, batches, centre, close: () => transport.close() };
}

/** What the herd met on its way. */
interface Met {
  busy: number;
  paced: number;
}

/** Sends all of a desk, waiting as it is told. */
async function send({ written: { signer, log }, batches, centre }: Waiting, met: Met): Promise<void> {
  for (const { bytes, seq, hash } of batches) {
    for (;;) {
      const answer = await centre.signed({
        method: 'POST', path: `/v1/logs/${log}/batches`, body: bytes, contentType: 'application/x-ndjson', contentEncoding: 'gzip', response: batchResponseSchema, timeout: 60_000,
      }, signer);
      if (answer.kind === 'given') {
        const { ack, pace } = answer.value;
        if (ack.seq !== seq || ack.hash !== hash) throw new Error('another head was acknowledged');
        met.paced += pace;
        if (pace > 0) await wait(pace);
        break;
      }
      if (answer.fault.code !== 'centre.busy' || answer.retryAfter === undefined) throw new Error(answer.fault.code);
      met.busy += 1;
      await wait(answer.retryAfter);
    }
  }
}

/** How many desks' heads the centre holds as they wrote them. */
async function headsHeld(herd: readonly Waiting[]): Promise<number> {
  let held = 0;
  for (const { written: { log, signer }, batches, centre } of herd) {
    const answer = await centre.signed({ method: 'GET', path: `/v1/logs/${log}/head`, response: headResponseSchema }, signer);
    if (answer.kind === 'given' && answer.value.seq === entriesEach && answer.value.hash === batches.at(-1)?.hash) held += 1;
  }
  return held;
}

/** The most memory a program has held, MB, and the seconds of a processor it took; undefined where the system does not tell. */
function usageOf(pid: number): { readonly memory: number; readonly seconds: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  // After the name in brackets, which may hold anything: user and system time are its 12th and 13th word, in hundredths.
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return { memory: Number(peak?.[1]) / 1024, seconds: (Number(words[11]) + Number(words[12])) / 100 };
}

const measure: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quay-herd-'));
  const program = await startCentreProgram(folder);
  const herd: Waiting[] = [];
  try {
    while (herd.length < desks) herd.push(await desk(program, herd.length));
    const met: Met = { busy: 0, paced: 0 };
    const own = process.cpuUsage();
    const before = usageOf(program.pid);
    const began = performance.now();
    await Promise.all(herd.map((one) => send(one, met)));
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(own);
    const after = usageOf(program.pid);
    const held = await headsHeld(herd);
    const requests = met.busy + herd.reduce((sum, { batches }) => sum + batches.length, 0);
    console.log(`  (${requests} batches sent, ${met.busy} of them answered by 503; the desks waited ${(met.paced / 1_000).toFixed(0)} s for pace in all, and took ${((user + system) / 1e6).toFixed(1)} s of a processor, the centre ${before && after ? (after.seconds - before.seconds).toFixed(1) : '?'} s)`);
    const name = `${desks} desks × ${entriesEach} entries at once over HTTP`;
    const figures: Figure[] = [
      { name, value: seconds, unit: 's', against: { name: 'the agreed limit', value: limits.seconds }, bar: { atMost: 1 } },
      { name: `${name}: heads the centre holds`, value: held, unit: 'heads', against: { name: 'desks', value: desks }, bar: { atLeast: 1 } },
    ];
    if (after) figures.push({ name: "the centre's most memory", value: after.memory, unit: 'MB', against: { name: 'the agreed limit', value: limits.memory }, bar: { atMost: 1 } });
    return figures;
  } finally {
    for (const one of herd) one.close();
    await program.kill();
    rmSync(folder, { recursive: true, force: true });
  }
};

export default measure;
