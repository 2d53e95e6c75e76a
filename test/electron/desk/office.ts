/** An office in which everything a desk exchanges with its centre takes place at once, so that each call of the protocol is made. */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeRandom } from '#db/index.ts';
import { nodeKeys } from '#electron/desk/keys.ts';
import { keepInstallation, knownInstallation } from '#electron/desk/sync/installation.ts';
import type { Fault } from '#shared/errors/index.ts';
import type { Signer } from '#shared/ports.ts';
import { otherVersion, type OtherVersion } from './other-version.ts';
import { enrolmentCode, heldByCentre, openCentre, openStore, openTestDesk, reception, temporaryFolder, until, uuid, workingDesk, World, type TestCentre, type TestDesk } from './place.ts';

export interface Office {
  readonly world: World;
  readonly centre: TestCentre;
  /** Folder of the desk under test: enrolled, and in its second log. */
  readonly folder: string;
  /** Its key. */
  readonly signer: Signer;
  /** The other desk of the agency, of the centre's own version. */
  readonly other: TestDesk;
}

/** A small scan on the disk of a desk. */
export function scan(): { readonly file: string; readonly sha256: string } {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), nodeRandom.bytes(2_000)]);
  const file = join(mkdtempSync(join(tmpdir(), 'quay-scan-')), 'to-khai.pdf');
  writeFileSync(file, bytes);
  return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export async function openOffice(): Promise<Office> {
  const world = new World();
  const centre = await openCentre(world);
  const folder = temporaryFolder();
  const desk = await workingDesk({ folder, world, url: centre.url, code: await enrolmentCode(centre) });
  await desk.get('reception.save', reception(world));
  await until(() => desk.store.pendingSummary().entries === 0);
  await desk.close();
  // Its disk was put back once: the end of the log before is asked for whenever the program starts.
  const store = openStore(folder);
  const [identity, installation] = [store.identity(), knownInstallation(store)];
  if (!identity || !installation) throw new Error('not enrolled');
  const log = uuid(world);
  const signer = nodeKeys.signer(installation.privateKey);
  keepInstallation(store, { ...installation, log });
  const opened = store.openLog({
    identity: { ...identity, log }, software: 'test', why: 'restored', parent: store.head(), act: uuid(world),
    clock: { wall: world.truth(), uptime: 1, hrtime: 1, boot: world.boot, anchor: null },
  });
  if (!opened.ok) throw new Error(opened.fault.code);
  store.close();
  const other = await workingDesk({ folder: temporaryFolder(), world, url: centre.url, code: await enrolmentCode(centre) });
  return { world, centre, folder, signer, other };
}

/** What a day at the office leaves to be exchanged. */
export interface Day {
  readonly desk: TestDesk;
  readonly line: OtherVersion;
  /** What the other desk recorded, to be pulled. */
  readonly pulled: string;
  /** What is done of it by now, by name. */
  done(): Promise<Readonly<Record<Errand, boolean>>>;
  /** What stands in view. */
  refusals(): Promise<readonly Fault[]>;
  /** What people heard who asked for something the last time. */
  readonly heard: Fault[];
}

export const errands = ['sent', 'content held', 'news pulled', 'dossier fetched', 'content fetched'] as const;
export type Errand = (typeof errands)[number];

/** Something happens at either desk; then the desk under test starts, over a line that is changed as `change` says. */
export async function dayAt({ world, centre, folder, other }: Office, change: (line: OtherVersion) => void): Promise<Day> {
  await other.back();
  const pulled = await other.get('reception.save', reception(world));
  const news = await other.get('reception.save', reception(world));
  const paper = scan();
  await other.get('attachment.add-from', { act: uuid(world), dossier: news.dossier, of: 'paper', file: paper.file });
  await until(async () => {
    await other.get('sync.now', {});
    return other.store.attachments.waiting().length === 0 && other.store.pendingSummary().entries === 0;
  });
  // As after an update of the program: the whole catalogue is asked for.
  const store = openStore(folder);
  const forgotten = store.memo.save('catalogue-taken-by', { software: 'the one before' });
  store.close();
  if (!forgotten.ok) throw new Error(forgotten.fault.code);
  const line = otherVersion();
  change(line);
  const desk = openTestDesk({ folder, world, url: centre.url, ports: { transport: line.transport } });
  await desk.signIn();
  const own = await desk.get('reception.save', reception(world));
  await desk.get('attachment.add-from', { act: uuid(world), dossier: own.dossier, of: 'paper', file: scan().file });
  const heard: Fault[] = [];
  return {
    desk, line, heard, pulled: pulled.dossier,
    async done() {
      await desk.get('sync.now', {});
      const fetched = await desk.call('dossier.fetch', { code: news.code });
      const content = await desk.call('attachment.content', { dossier: news.dossier, sha256: paper.sha256 });
      heard.splice(0, heard.length, ...[fetched, content].flatMap((outcome) => (outcome.ok ? [] : [outcome.fault])));
      return {
        sent: desk.store.pendingSummary().entries === 0, 'content held': desk.store.attachments.waiting().length === 0,
        'news pulled': desk.store.read.dossier(pulled.dossier) !== undefined, 'dossier fetched': fetched.ok, 'content fetched': content.ok,
      };
    },
    refusals: async () => (await desk.get('sync.view', {})).refusals.map(({ fault }) => fault),
  };
}

/** Every entry of every own log, here and at the centre: the same ones, each once. */
export async function comparedLogs({ centre }: Office, { store }: TestDesk): Promise<readonly [readonly string[], readonly string[]]> {
  const here = store.ownLogs().flatMap((log) => store.pending(0, { entries: 100_000, bytes: 1e9 }, log).map(({ entry }) => entry.hash));
  const there: string[] = [];
  for (const log of store.ownLogs()) there.push(...(await heldByCentre(centre, log)).map(({ hash }) => hash));
  return [here, there];
}
