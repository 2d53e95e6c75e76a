import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A program of its own that answers what it is asked, until it is killed. */
export interface Program {
  /** What it said when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly pid: number;
  /** Undefined where it died over it. */
  ask(question: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Where a program's own words and its temporary files go. */
export interface Around {
  readonly output?: string;
  readonly temporary?: string;
  /** Its arguments, where they are others than the options as JSON. */
  readonly args?: readonly string[];
}

/** Starts a program that says `{ready: true, …}` and then answers `{id, …}` with `{id, value}`. Rejects where it ends before. */
export async function startProgram(file: string, options: Readonly<Record<string, unknown>>, around: Around = {}): Promise<Program> {
  const said = around.output === undefined ? undefined : openSync(around.output, 'a');
  const child: ChildProcess = fork(file, around.args ?? [JSON.stringify(options)], {
    execArgv: [], stdio: ['ignore', said ?? 'ignore', said ?? 'inherit', 'ipc'], env: { ...process.env, ...(around.temporary === undefined ? {} : { TMPDIR: around.temporary }) },
  });
  if (said !== undefined) closeSync(said);
  const waiting = new Map<number, (value: unknown) => void>();
  let gone = false;
  const exited = new Promise<void>((resolve) => child.once('exit', () => {
    gone = true;
    for (const answer of waiting.values()) answer(undefined);
    resolve();
  }));
  const ready = await new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.on('message', (message: Readonly<Record<string, unknown>>) => {
      if (message['ready'] === true) resolve(message);
      else {
        const id = Number(message['id']);
        waiting.get(id)?.(message['value']);
        waiting.delete(id);
      }
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} has no process`);
  let next = 1;
  return {
    ready, pid,
    ask: (question) => new Promise((resolve) => {
      if (gone) return resolve(undefined);
      const id = (next += 1);
      waiting.set(id, resolve);
      child.send({ id, ...question }, (error) => {
        if (error) resolve(undefined);
      });
      return undefined;
    }),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
