import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openFoundation } from '#central/foundation.ts';
import { assumedTime } from '#central/time/index.ts';
import { nodeHasher, nodeRandom, openDeskStore } from '#db/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { emptyHead, followChain, mintUuid, parseEntry } from '#shared/log/index.ts';
import { Chance } from '../simulation/chance.ts';
import { catalogueOf, pin, procedures } from '../simulation/province.ts';
import { startProgram, type Program } from './process.ts';

/** What came of many kills. */
export interface Kills {
  readonly desk: number;
  readonly centre: number;
  /** Acts of which the clerk was told. */
  readonly told: number;
  /** Acts that were given and not answered before a kill, and given again under the same id. */
  readonly again: number;
  readonly wrong: readonly string[];
}

export interface KillOptions {
  /** Empty; holds both programs' folders. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  readonly progress?: (kills: number) => void;
}

const key = new Uint8Array(32).fill(9);
const agency = 'c-1';
const deskProgram = join(import.meta.dirname, '../electron/desk/machine-process.ts');
const centreProgram = join(import.meta.dirname, '../electron/desk/centre-process.ts');
const answerSchema = z.object({ ok: z.literal(true), value: z.object({ hash: z.string(), seq: z.int() }) });
const waitingSchema = z.object({ ok: z.literal(true), value: z.object({ waiting: z.object({ entries: z.int() }) }) });

/**
 * A desk and its centre, each a real program, are killed by SIGKILL at random moments while the one records and sends without pause and the other takes in; then
 * both are asked what they have.
 */
export async function killUnderLoad({ folder, kills, seed, progress }: KillOptions): Promise<Kills> {
  const chance = new Chance(seed);
  const places = { centre: join(folder, 'centre'), desk: join(folder, 'desk') };
  mkdirSync(places.desk, { recursive: true });
  const [clockFile, catalogueFile] = [join(folder, 'clock.json'), join(folder, 'catalogue.json')];
  writeFileSync(clockFile, JSON.stringify({ v: 1, realAt: Date.now(), trueAt: Date.now(), rate: 1, machines: { centre: { wallOffset: 0, boot: 'centre', bootedAt: 0 } } }));
  writeFileSync(catalogueFile, JSON.stringify(catalogueOf([{ agency, level: 'commune', line: 'l', clerk: 'c-1-1', supervisor: undefined, perDay: 1 }])));
  const startCentre = (at: number): Promise<Program> => startProgram(centreProgram, { folder: places.centre, clockFile, catalogueFile, port: at });
  let centre = await startCentre(0);
  const url = String(centre.ready['url']);
  const port = Number(new URL(url).port);
  const code = String(await centre.ask({ op: 'code', agency }));
  const startDesk = async (): Promise<Program> => {
    const started = await startProgram(deskProgram, { folder: places.desk, url, code });
    await call(started, 'session.sign-in', { staff: 'c-1-1', pin });
    return started;
  };
  let desk = await startDesk();
  await until(async () => {
    await call(desk, 'session.sign-in', { staff: 'c-1-1', pin });
    return z.object({ ok: z.literal(true) }).safeParse(await call(desk, 'reception.preview', { procedure: procedures[0] })).success;
  }, 'the desk was not enrolled');

  const told: { act: string; dossier: string; hash: string }[] = [];
  const killed = { desk: 0, centre: 0 };
  let again = 0;
  let unanswered: { act: string; dossier: string } | undefined;

  /** The counter's work, one act after another, until it is told to rest or the desk is gone. */
  async function work(at: Program, rest: () => boolean): Promise<void> {
    while (!rest()) {
      const ids = unanswered ?? { act: mintUuid(Date.now(), nodeRandom), dossier: mintUuid(Date.now(), nodeRandom) };
      if (unanswered) again += 1;
      unanswered = ids;
      const answer = await call(at, 'reception.save', {
        ...ids, procedure: procedures[told.length % procedures.length], papers: [], sets: 1, channel: 'counter',
        personal: { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ngọc Ánh', idNumber: '020190001234', address: 'Thôn Rọ Phải' } },
      });
      if (answer === undefined) return;
      const recorded = answerSchema.safeParse(answer);
      if (!recorded.success) throw new Error(`the desk refused: ${JSON.stringify(answer).slice(0, 200)}`);
      told.push({ ...ids, hash: recorded.data.value.hash });
      unanswered = undefined;
    }
  }

  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      let rest = false;
      const working = work(desk, () => rest);
      await new Promise((resolve) => void setTimeout(resolve, chance.between(0, 250)));
      if (chance.is(0.5)) {
        await desk.kill();
        await working;
        killed.desk += 1;
        desk = await startDesk();
      } else {
        await centre.kill();
        killed.centre += 1;
        rest = true;
        await working;
        centre = await startCentre(port);
      }
      progress?.(kill);
    }
    await until(async () => {
      await call(desk, 'sync.now', {});
      const view = waitingSchema.safeParse(await call(desk, 'sync.view', {}));
      return view.success && view.data.value.waiting.entries === 0;
    }, 'something still waits');
  } finally {
    await desk.kill();
    await centre.kill();
  }
  return { ...killed, told: told.length, again, wrong: await compare(places, told) };
}

/** What is not as it was told. */
async function compare(places: { readonly desk: string; readonly centre: string }, told: readonly { act: string; dossier: string; hash: string }[]): Promise<string[]> {
  const wrong: string[] = [];
  const store = openDeskStore({ file: join(places.desk, 'desk.db'), key, hasher: nodeHasher, random: nodeRandom });
  const foundation = await openFoundation(places.centre, assumedTime(50), 'chaos');
  try {
    const verified = store.verify();
    if (!verified.ok) wrong.push(`the desk's store: ${verified.fault.code}`);
    for (const { dossier, hash } of told) {
      // Beside the reception stands only the official code, where its number ran out meanwhile.
      const here = store.read.history(dossier).map(({ entry }) => entry).filter(({ header }) => header.kind !== dossierKinds.codeMapped);
      if (here.length !== 1 || here[0]?.hash !== hash) wrong.push(`at the desk: ${dossier}`);
      const there = (await foundation.store.entriesOfDossier(dossier, 0, 10)).filter(({ text }) => !text.includes(`"kind":"${dossierKinds.codeMapped}"`));
      if (there.length !== 1 || there[0]?.hash !== hash) wrong.push(`at the centre: ${dossier} stands ${there.length} times`);
    }
    for (const { log } of await foundation.store.logs()) {
      const entries = (await foundation.store.entries(log, 1, 1_000_000)).map(({ text }) => parseEntry(text, nodeHasher)).flatMap((entry) => (entry.ok ? [entry.value] : []));
      const followed = followChain(emptyHead(log), entries);
      const held = (await foundation.store.findLog(log))?.head;
      if (!followed.ok || followed.value.hash !== held?.hash) wrong.push(`the chain of a log at the centre: ${log}`);
    }
    if ((await foundation.store.branches()).length > 0) wrong.push('a fork where nobody cloned anything');
  } finally {
    store.close();
    await foundation.close();
  }
  return wrong;
}

function call(desk: Program, channel: string, request: object): Promise<unknown> {
  return desk.ask({ op: 'call', channel, request });
}

async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
}
