/**
 * What judging costs the centre as its logs grow: a province of 212 desks that receive ten dossiers a day each, with the evidence the product writes. Judged for the first time, and again after a further
 * day, in which every log became longer; how long the desks' requests have to wait meanwhile, beside the same judging without a break; and how much memory it holds.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { provinceJudge, provinceSource, type JudgedProvince, type ProvinceData } from '#central/judge/index.ts';
import { verifier } from '#central/keys/index.ts';
import { reports } from '#central/reports/index.ts';
import type { Bench } from './figure.ts';
import { sampleProvince, type SampleProvince } from './sample/province.ts';

const size = { desks: 212, days: 10, dossiers: 10 } as const;
/** How long a desk's request may wait for judging, milliseconds: by so much an anchor's interval grows. */
const longestWait = 50;

/** The longest time in which nothing else had its turn while something was done, milliseconds. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  let going = true;
  let longest = 0;
  let before = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    if (going) setImmediate(look);
  };
  look();
  await work();
  // What was done up to here counts as well.
  look();
  going = false;
  return longest;
}

/** Memory in use after all that can be given back was, bytes. */
function held(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function seconds(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1_000;
}

async function withoutBreak(province: SampleProvince): Promise<{ readonly first: number; readonly again: number; readonly one: number; readonly entries: number; readonly bytes: number; readonly said: number }> {
  const { foundation } = province;
  const source = provinceSource(foundation.store);
  const before = held();
  const judge = provinceJudge({ verifier, centreKeys: [foundation.keys.signer.publicKey] });
  let data: ProvinceData = await source.read();
  let judged: JudgedProvince | undefined;
  const first = seconds(() => (judged = judge.judge(data, foundation.time.read().now)));
  const entries = entriesOf(data);
  const bytes = (held() - before) / entries;
  const said = [data.own, ...data.desks.map((desk) => desk.entries)].flat().reduce((sum, { header }) => sum + JSON.stringify(header).length, 0) / entries;
  await province.work();
  data = await source.read();
  const again = seconds(() => (judged = judge.judge(data, foundation.time.read().now)));
  await province.work(1);
  data = await source.read();
  const one = seconds(() => (judged = judge.judge(data, foundation.time.read().now)));
  if (judged?.dossiers.size === undefined) throw new Error('nothing was judged');
  return { first, again, one, entries, bytes, said };
}

function entriesOf({ desks, own }: ProvinceData): number {
  return desks.reduce((sum, { entries }) => sum + entries.length, own.length);
}

const measure: Bench = async () => {
  const province = await sampleProvince(size);
  try {
    const whole = await withoutBreak(province);
    const { foundation } = province;
    const answers = reports({ source: provinceSource(foundation.store), now: () => foundation.time.read().now, verifier, centreKeys: [foundation.keys.signer.publicKey] });
    const waitFirst = await longestGap(() => answers.standing());
    await province.work();
    const waitAgain = await longestGap(() => answers.standing());
    console.log(`  (${whole.entries} entries; the first judging, with every signature of an anchor to check, took ${whole.first.toFixed(1)} s; the longest wait in it was ${waitFirst.toFixed(0)} ms)`);
    return [
      { name: `judging ${size.desks} desks × ${size.days} days again after a further day`, value: whole.again, unit: 's', against: { name: 'the first time', value: whole.first } },
      { name: 'judging again after one desk sent a day', value: whole.one, unit: 's', against: { name: 'after all did', value: whole.again } },
      { name: 'longest wait of others while a day is judged', value: waitAgain, unit: 'ms', against: { name: 'the agreed limit', value: longestWait }, bar: { atMost: 1 } },
      { name: 'longest wait of others while all is read and judged', value: waitFirst, unit: 'ms', against: { name: 'the agreed limit', value: longestWait }, bar: { atMost: 1 } },
      { name: 'the same wait', value: waitFirst, unit: 'ms', against: { name: 'judging without a break', value: whole.first * 1_000 } },
      { name: 'memory of the judge for each entry', value: whole.bytes, unit: 'bytes', against: { name: 'what an entry says, as JSON', value: whole.said } },
    ];
  } finally {
    await province.end();
  }
};

export default measure;
