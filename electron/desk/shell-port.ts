import process from 'node:process';
import type { FromDesk } from '#shared/ipc/index.ts';

/** The way to the shell, the same under `utilityProcess` and `child_process`. */
export interface ShellPort {
  /** Resolves when the message has left. */
  send(message: FromDesk): Promise<void>;
  receive(listener: (message: unknown) => void): void;
  /** The shell is gone. */
  gone(listener: () => void): void;
}

/** What Electron gives a utility process; declared here because nothing in this folder knows Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}

/** The port of this process; undefined for one that was started by hand. */
export function shellPort(): ShellPort | undefined {
  const parent: unknown = 'parentPort' in process ? process.parentPort : undefined;
  if (isParentPort(parent)) {
    return {
      async send(message) {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of the shell, not a window
        parent.postMessage(message);
        // The port tells no one when a message has left; one turn of the loop hands it over.
        await new Promise((resolve) => void setTimeout(resolve, 20));
      },
      receive: (listener) => parent.on('message', ({ data }) => listener(data)),
      gone: (listener) => parent.on('close', listener),
    };
  }
  if (process.send === undefined) return undefined;
  return {
    send: (message) => new Promise((resolve) => {
      // A shell that is gone cannot be told; `gone` takes care of the rest.
      if (!process.connected) resolve();
      else process.send?.(message, undefined, undefined, () => resolve());
    }),
    receive: (listener) => void process.on('message', listener),
    gone: (listener) => void process.on('disconnect', listener),
  };
}
