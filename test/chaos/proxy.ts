import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Chance } from '../simulation/chance.ts';

/** What a line does to what goes over it. All off unless given. */
export interface Faults {
  /** One way, milliseconds. */
  readonly delay?: number;
  /** Bytes a second, each way and each connection. */
  readonly rate?: number;
  /** Share of pieces at which the connection is reset instead (RST). */
  readonly reset?: number;
  /** Share of pieces of which only a part gets through before the connection ends. */
  readonly truncate?: number;
  /** Share of pieces on their way to the centre that come twice. */
  readonly duplicate?: number;
  /** Share of pieces on their way to the centre in which a byte is changed. The other way TLS alone can tell. */
  readonly corrupt?: number;
  /** Share of connections in which nothing goes any more after the first piece, and nobody is told. */
  readonly halfOpen?: number;
}

/** A line of TCP that can be made bad while it is used. */
export interface Proxy {
  readonly url: string;
  /** Bytes that came through: to the centre, and back. */
  readonly carried: { readonly up: number; readonly down: number };
  /** How often each fault struck. */
  readonly struck: Readonly<Record<string, number>>;
  become(faults: Faults): void;
  close(): Promise<void>;
}

/** Opens a line to an `http:` address on this machine, at a free port. */
export async function openProxy(target: string, faults: Faults, chance: Chance): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const carried = { up: 0, down: 0 };
  const struck: Record<string, number> = {};
  const sockets = new Set<Socket>();
  let now = faults;

  function strikes(kind: keyof Faults): boolean {
    const hit = chance.is(now[kind] ?? 0);
    if (hit) struck[kind] = (struck[kind] ?? 0) + 1;
    return hit;
  }

  /** Carries one way of a connection, in order; a slow line holds its sender back. */
  function carry(from: Socket, to: Socket, way: 'up' | 'down', isDead: () => boolean): void {
    let free = 0;
    let queue = Promise.resolve();
    const pieceCame = async (piece: Buffer, at: number): Promise<void> => {
      await sleepUntil(at);
      if (isDead() || to.destroyed) return;
      if (strikes('reset')) {
        from.resetAndDestroy();
        to.resetAndDestroy();
      } else if (strikes('truncate')) {
        to.end(piece.subarray(0, Math.floor(piece.length * chance.next())));
        from.destroy();
      } else {
        const changed = way === 'up' && strikes('corrupt') ? flipped(piece, chance) : piece;
        carried[way] += changed.length;
        to.write(changed);
        if (way === 'up' && strikes('duplicate')) to.write(changed);
      }
    };
    from.on('data', (piece: Buffer) => {
      const { delay = 0, rate = Number.POSITIVE_INFINITY } = now;
      free = Math.max(free, performance.now()) + (piece.length / rate) * 1_000;
      const there = free + delay;
      queue = queue.then(() => pieceCame(piece, there));
      // The next piece may leave when this one has left; it need not have arrived.
      from.pause();
      void sleepUntil(free).then(() => void from.resume());
    });
    from.on('end', () => void queue.then(() => void to.end()));
    from.on('close', () => void queue.then(() => void to.destroy()));
    from.on('error', () => to.destroy());
  }

  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    const mute = strikes('halfOpen');
    let pieces = 0;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
    }
    near.on('data', () => void (pieces += 1));
    const isDead = (): boolean => mute && pieces > 1;
    carry(near, far, 'up', isDead);
    carry(far, near, 'down', isDead);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`, carried, struck,
    become(faultsNow) {
      now = faultsNow;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function sleepUntil(at: number): Promise<void> {
  const wait = at - performance.now();
  if (wait >= 1) await new Promise((resolve) => void setTimeout(resolve, wait));
}

function flipped(piece: Buffer, chance: Chance): Buffer {
  const changed = Buffer.from(piece);
  const at = chance.whole(0, piece.length - 1);
  changed[at] = (changed[at] ?? 0) ^ (1 << chance.whole(0, 7));
  return changed;
}
