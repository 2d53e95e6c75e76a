import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A line between a desk and the centre that can be cut like a cable and mended again. */
export interface Line {
  /** Where the desk finds the centre through it. */
  readonly url: string;
  /** Breaks every connection and takes no new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** How many connections it has carried. */
  readonly carried: number;
}

/** Opens a line to `target` (an `http:` address on this machine) at a free port. It is whole at first. */
export async function openLine(target: string): Promise<Line> {
  const { port: far } = new URL(target);
  const sockets = new Set<Socket>();
  let carried = 0;
  const make = (): ReturnType<typeof createServer> => createServer((near) => {
    carried += 1;
    const beyond = connect(Number(far), '127.0.0.1');
    for (const [one, other] of [[near, beyond], [beyond, near]] as const) {
      sockets.add(one);
      one.pipe(other);
      // A broken half breaks the other; whoever speaks over it notices by that.
      one.on('error', () => other.destroy());
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  let server: ReturnType<typeof createServer> | undefined = make();
  server.unref();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  const { port } = address;

  return {
    url: `http://127.0.0.1:${port}`,
    get carried() {
      return carried;
    },
    async cut() {
      if (server === undefined) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
      server = undefined;
      await closed;
    },
    async mend() {
      if (server !== undefined) return;
      server = make();
      server.unref();
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
