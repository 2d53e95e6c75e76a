/**
 * What the centre's daily work costs as its embedded store grows: taking a batch in, and making the next page of entries for a desk that fetches, at 10,000, 100,000 and 1,000,000 entries held. The
 * store is filled by the same door through which desks come. Told beside them: the first page of a new desk, which counts all that is left for it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishCatalogue, sampleCatalogue } from '#central/catalogue/index.ts';
import { openFoundation, type Foundation } from '#central/foundation.ts';
import { acceptBatch } from '#central/ingest/index.ts';
import { hasher, makeVerifier, random, verifier } from '#central/keys/index.ts';
import { feedPage, heritageOf, type PageContent, type SharingPorts } from '#central/sharing/index.ts';
import type { Installation } from '#central/store/index.ts';
import { assumedTime } from '#central/time/index.ts';
import { pageLimits, writeBatch } from '#shared/sync/index.ts';
import { percentile, type Bench, type Figure } from './figure.ts';
import { deskLog, enrolled, type DeskLog } from './sample/desk-log.ts';

const sizes = [10_000, 100_000, 1_000_000] as const;
const desks = 212;
const entriesInBatch = 250;
/** Batches and pages measured at each size; the middle one counts. */
const measured = 60;
/** How much more the largest store may cost than the smallest. */
const bar = { atMost: 2 } as const;
const agencies = ['ls-mai-pha', 'ls-dong-dang'] as const;

interface Desk {
  readonly written: DeskLog;
  readonly held: Installation;
}

/** What one piece of work takes at a size, milliseconds. */
interface Costs {
  readonly size: number;
  readonly batch: number;
  readonly page: number;
  readonly firstPage: number;
}

async function enrolAll(centre: Foundation): Promise<readonly Desk[]> {
  const all: Desk[] = [];
  for (let number = 0; number < desks; number += 1) {
    const [agency, other] = number % 2 === 0 ? agencies : agencies.toReversed();
    if (agency === undefined || other === undefined) throw new Error('there are two agencies');
    const written = deskLog(number, agency, other);
    all.push({ written, held: await enrolled(centre, written, agency, `Quầy ${number + 1}`) });
  }
  return all;
}

/** Milliseconds that the desk's next batch takes the centre. */
async function takeIn(centre: Foundation, { written: { log, signer, write }, held }: Desk): Promise<number> {
  const { from, carried } = write(entriesInBatch);
  const text = writeBatch(from, carried, signer);
  const began = performance.now();
  const taken = await acceptBatch({ ...centre, hasher, verifier }, held, log, text);
  const took = performance.now() - began;
  if (!taken.ok) throw new Error(taken.refusal.fault.code);
  return took;
}

/** Milliseconds of a new desk's first page, and of each that follows it. */
async function pages(centre: Foundation, { written: { log }, held: installation }: Desk): Promise<{ readonly first: number; readonly next: number }> {
  const sharing: SharingPorts = { ...centre, heritage: heritageOf(centre.store), now: centre.time.read().now };
  const timed = async (since: string | undefined): Promise<{ readonly page: PageContent; readonly took: number }> => {
    const began = performance.now();
    const page = await feedPage(sharing, { installation, log, since, bytes: pageLimits.most }, false);
    return { page, took: performance.now() - began };
  };
  const first: number[] = [];
  const next: number[] = [];
  let since: string | undefined;
  while (next.length < measured) {
    const { page, took } = await timed(since);
    (since === undefined ? first : next).push(took);
    // Where the store is small the same pages are made again.
    since = page.next.more ? page.next.cursor : undefined;
  }
  return { first: percentile(first, 0.5), next: percentile(next, 0.5) };
}

async function measureAll(): Promise<readonly Costs[]> {
  const folder = mkdtempSync(join(tmpdir(), 'quay-growth-'));
  const centre = await openFoundation(join(folder, 'centre'), assumedTime(50), 'bench');
  try {
    await publishCatalogue({ ...centre, hasher }, sampleCatalogue(await makeVerifier('2468', random)));
    const all = await enrolAll(centre);
    let batches = 0;
    const more = (): Promise<number> => {
      const desk = all[batches % desks];
      if (!desk) throw new RangeError('there are desks');
      batches += 1;
      return takeIn(centre, desk);
    };
    const costs: Costs[] = [];
    for (const size of sizes) {
      for (let wanted = size / entriesInBatch - batches; wanted > 0; wanted -= 1) await more();
      const took: number[] = [];
      while (took.length < measured) took.push(await more());
      const asking = all[0];
      if (!asking) throw new RangeError('there are desks');
      const { first, next } = await pages(centre, asking);
      costs.push({ size, batch: percentile(took, 0.5), page: next, firstPage: first });
      console.log(`  (${size} entries: ${Math.round((entriesInBatch / percentile(took, 0.5)) * 1_000)} taken in per second, a page in ${next.toFixed(1)} ms, the first in ${first.toFixed(1)} ms)`);
    }
    return costs;
  } finally {
    await centre.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const measure: Bench = async () => {
  const costs = await measureAll();
  const [small, large] = [costs[0], costs.at(-1)];
  if (!small || !large) throw new RangeError('there are sizes');
  const compared = (name: string, of: (cost: Costs) => number): Figure => ({ name: `${name} at ${large.size} entries`, value: of(large), unit: 'ms', against: { name: `the same at ${small.size}`, value: of(small) } });
  return [
    { ...compared(`a batch of ${entriesInBatch} taken in`, ({ batch }) => batch), bar },
    { ...compared('the next page', ({ page }) => page), bar },
    compared('the first page of a new desk', ({ firstPage }) => firstPage),
  ];
};

export default measure;
