/**
 * A desk on this machine's real clocks in a process of its own, so that a test can give it wrong ones: a parent says `{id, op, …}` and hears
 * `{id, value}`. Run natively by Node.
 */
import { join } from 'node:path';
import { nodeHasher, nodeRandom, openDeskStore } from '#db/index.ts';
import { openDesk } from '#electron/desk/desk.ts';
import { nodePorts } from '#electron/desk/node-ports.ts';
import { httpTransport, LineError } from '#electron/desk/sync/transport.ts';
import { z } from 'zod';

const optionsSchema = z.object({ folder: z.string(), url: z.string(), code: z.string().optional(), cut: z.boolean().optional() });
const askSchema = z.object({ id: z.int(), op: z.enum(['call', 'clocks', 'line', 'observe', 'kinds', 'close']), channel: z.string().optional(), request: z.unknown().optional(), on: z.boolean().optional() });

const { folder, url, code, cut } = optionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
let lineHolds = cut !== true;
const { neighbourhood: _, ...ports } = nodePorts(folder, undefined, () => Promise.resolve());
const deskKey = new Uint8Array(32).fill(9);
const store = openDeskStore({ file: join(folder, 'desk.db'), key: deskKey, hasher: nodeHasher, random: nodeRandom });
const desk = openDesk({ folder, store, key: deskKey, software: 'test', banners: [], checkAnswers: true, centre: { url, enrolmentCode: code } }, {
  ...ports,
  transport(to, pins) {
    const real = httpTransport(to, pins);
    return { close: () => real.close(), exchange: (request) => (lineHolds ? real.exchange(request) : Promise.reject(new LineError('unreachable'))) };
  },
});

process.on('message', (raw) => void answer(askSchema.parse(raw)));
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });

async function answer(ask: z.infer<typeof askSchema>): Promise<void> {
  process.send?.({ id: ask.id, value: await does(ask) });
  if (ask.op === 'close') process.exit(0);
}

async function does({ op, channel = '', request, on = true }: z.infer<typeof askSchema>): Promise<unknown> {
  switch (op) {
    case 'call': return desk.answer(channel, request);
    case 'clocks': return ports.clock.read();
    case 'line':
      lineHolds = on;
      return true;
    case 'observe':
      desk.power('suspend');
      return true;
    case 'kinds': return store.pending(0, { entries: 10_000, bytes: 1e9 }).map(({ entry }) => ({ kind: entry.header.kind, facts: entry.header.facts, clock: entry.header.clock }));
    case 'close':
      await desk.close();
      return true;
  }
}
