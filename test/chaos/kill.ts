import { join } from 'node:path';
import { z } from 'zod';
import { openFoundation } from '#central/foundation.ts';
import { assumedTime } from '#central/time/index.ts';
import { nodeHasher, nodeRandom, openDeskStore } from '#db/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { emptyHead, followChain, parseEntry } from '#shared/log/index.ts';
import { Chance } from '../simulation/chance.ts';
import { deskKey, newIds, startCentreProgram, startDeskProgram, until, type DeskProgram } from './programs.ts';

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

interface Told {
  readonly act: string;
  readonly dossier: string;
  readonly hash: string;
}

const recordedSchema = z.object({ hash: z.string() });

/**
 * A desk and its centre, each a real program, are killed by SIGKILL at random moments while the one records and sends without pause and the other takes in; then
 * both are asked what they have.
 */
export async function killUnderLoad({ folder, kills, seed, progress }: KillOptions): Promise<Kills> {
  const chance = new Chance(seed);
  let centre = await startCentreProgram(folder);
  const { url } = centre;
  const code = await centre.code();
  const startDesk = async (): Promise<DeskProgram> => {
    const started = await startDeskProgram(join(folder, 'desk'), url, code);
    await until(() => started.signIn(), 'nobody could sign in');
    return started;
  };
  let desk = await startDesk();
  const told: Told[] = [];
  const killed = { desk: 0, centre: 0 };
  let again = 0;
  let unanswered: Omit<Told, 'hash'> | undefined;

  /** The counter's work, one act after another, until it is told to rest or the desk is gone. */
  async function work(at: DeskProgram, rest: () => boolean): Promise<void> {
    while (!rest()) {
      const ids = unanswered ?? newIds();
      if (unanswered) again += 1;
      unanswered = ids;
      const answer = await at.receive(ids);
      if (answer === undefined) return;
      if (!answer.ok) throw new Error(`the desk refused: ${answer.fault?.code}`);
      told.push({ ...ids, hash: recordedSchema.parse(answer.value).hash });
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
        centre = await startCentreProgram(folder, Number(new URL(url).port));
      }
      progress?.(kill);
    }
    await until(() => desk.sent(), 'something still waits');
  } finally {
    await desk.kill();
    await centre.kill();
  }
  return { ...killed, told: told.length, again, wrong: await compare(folder, told) };
}

/** What is not as it was told. */
async function compare(folder: string, told: readonly Told[]): Promise<string[]> {
  const wrong: string[] = [];
  const store = openDeskStore({ file: join(folder, 'desk/desk.db'), key: deskKey, hasher: nodeHasher, random: nodeRandom });
  const foundation = await openFoundation(join(folder, 'centre'), assumedTime(50), 'chaos');
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
