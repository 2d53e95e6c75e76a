/** A real desk and the real centre over lines that do everything a line can do. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Chance } from '../simulation/chance.ts';
import { atEnd, endAll, enrolmentCode, openCentre, reception, temporaryFolder, until, workingDesk, World } from '../electron/desk/place.ts';
import { openProxy, type Faults } from './proxy.ts';

afterEach(endAll);

const seed = Number(process.env['QUAY_SEED'] ?? randomInt(2 ** 31));

describe('the line itself', () => {
  async function echo(): Promise<string> {
    const server = createServer((request, response) => void request.pipe(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    atEnd(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async function said(faults: Faults, body: string): Promise<string> {
    const proxy = await openProxy(await echo(), faults, new Chance(seed));
    atEnd(() => proxy.close());
    const answer = await fetch(proxy.url, { method: 'POST', body, signal: AbortSignal.timeout(2_000) }).then((response) => response.text()).catch(() => 'nothing');
    return `${answer === body ? 'whole' : answer === 'nothing' ? 'nothing' : 'other'} ${Object.keys(proxy.struck).join()}`;
  }

  it('carries what it is given, and does what it is told', async () => {
    const body = 'x'.repeat(5_000);
    expect(await said({}, body)).toBe('whole ');
    const began = performance.now();
    expect(await said({ delay: 100, rate: 50_000 }, body)).toBe('whole ');
    expect(performance.now() - began).toBeGreaterThan(290);
    expect(await said({ reset: 1 }, body)).toBe('nothing reset');
    expect(await said({ truncate: 1 }, body)).toBe('nothing truncate');
    expect(await said({ halfOpen: 1 }, body)).toMatch(/^(nothing|whole) halfOpen$/);
    expect(await said({ corrupt: 1 }, body)).toMatch(/^(nothing|other) corrupt$/);
  });
});

const lines: readonly (readonly [string, Faults])[] = [
  ['slow', { delay: 60, rate: 40_000 }], ['reset', { reset: 0.2 }], ['cut off in the middle', { truncate: 0.2 }], ['doubling', { duplicate: 0.3 }],
  ['changing', { corrupt: 0.2 }], ['falling silent', { halfOpen: 0.3 }], ['all of these', { delay: 20, rate: 200_000, reset: 0.05, truncate: 0.05, duplicate: 0.1, corrupt: 0.05, halfOpen: 0.1 }],
];

describe(`a desk behind a bad line (seed ${seed})`, () => {
  it.each(lines)('%s: everything arrives once, and the work goes on', async (_name, faults) => {
    const world = new World();
    const centre = await openCentre(world);
    const proxy = await openProxy(centre.url, {}, new Chance(seed));
    atEnd(() => proxy.close());
    const place = await workingDesk({ folder: temporaryFolder(), world, url: proxy.url, code: await enrolmentCode(centre) });
    proxy.become(faults);
    const recorded: string[] = [];
    for (let number = 0; number < 25; number += 1) {
      recorded.push((await place.get('reception.save', reception(world))).hash);
      if (number % 5 === 0) void place.call('sync.now', {});
    }
    // Half a minute of it, or as long as it takes; a line is not always bad.
    await until(() => place.store.pendingSummary().entries === 0, 20_000).catch(() => undefined);
    proxy.become({});
    await until(async () => {
      void place.call('sync.now', {});
      await new Promise((resolve) => void setTimeout(resolve, 100));
      return place.store.pendingSummary().entries === 0;
    }, 60_000);
    const held = (await centre.ask('entries', { log: place.desk.log() })) as { seq: number; hash: string }[];
    expect(recorded.filter((hash) => held.filter((entry) => entry.hash === hash).length !== 1)).toEqual([]);
    expect(held.map(({ seq }) => seq)).toEqual(Array.from({ length: held.length }, (_, index) => index + 1));
    expect(await centre.ask('forks', { log: place.desk.log() })).toBe(0);
    expect(place.reports).toEqual([]);
  }, 120_000);
});
