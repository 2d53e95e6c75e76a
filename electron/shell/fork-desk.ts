import { utilityProcess } from 'electron';
import type { ChildProcess, ForkOptions as ForkOptionsOfNode } from 'node:child_process';
import type { DeskPort, ForkDesk } from './desk-port.ts';

export interface ForkOptions {
  /** The desk process's program. */
  readonly program: string;
  /** The project's own Node 24, for a runtime that is too old itself. Development only. */
  readonly node: string;
  /** Folder in which the process keeps its compiled program, so that the next start is quicker. Nothing else goes there. */
  readonly codeCache: string;
}

type Fork = (program: string, args: readonly string[], options: ForkOptionsOfNode) => ChildProcess;

/** The store needs Node-API 10. */
const neededNodeApi = 10;

/**
 * How the desk process is started here: as a utility process of Electron where Electron's Node can carry the store, else
 * (the fallback runtime of development) as a process of the project's own Node.
 */
export async function deskForker(options: ForkOptions): Promise<ForkDesk> {
  const own = Number(process.versions['napi'] ?? 0) >= neededNodeApi;
  if (own) return () => forkUtility(options);
  const { fork } = await import('node:child_process');
  return () => forkNode(fork, options);
}

function forkUtility({ program, codeCache }: ForkOptions): DeskPort {
  const child = utilityProcess.fork(program, [], { serviceName: 'quay-desk', stdio: 'inherit', env: cleanEnvironment(codeCache) });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}

function forkNode(fork: Fork, { program, node, codeCache }: ForkOptions): DeskPort {
  const child = fork(program, [], { execPath: node, execArgv: [], serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: cleanEnvironment(codeCache) });
  return {
    post: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onEnd(listener) {
      let told = false;
      const tell = (): void => {
        if (told) return;
        told = true;
        listener();
      };
      child.once('exit', tell);
      child.once('error', tell);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The environment without what would turn the process into another, and without what only the shell may be told. */
function cleanEnvironment(codeCache: string): Record<string, string> {
  const steering = /^(?:NODE_|ELECTRON_|QUAY_|LD_PRELOAD$)/;
  const kept = Object.entries(process.env).flatMap(([name, value]) => (value === undefined || steering.test(name) ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(kept), NODE_COMPILE_CACHE: codeCache };
}
