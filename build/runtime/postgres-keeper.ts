/**
 * Starts a server and ends it when its own standard input closes: so the server goes with whoever asked for it, even where that process is killed, and its
 * folder with it. A process of its own, because the server runs as a user who may not remove the folder. Arguments: the folder, the user's and the
 * group's number (empty: ours), the program and what it is given.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import process from 'node:process';

const [folder = '', uid = '', gid = '', program = '', ...args] = process.argv.slice(2);
const server = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], ...(uid === '' ? {} : { uid: Number(uid), gid: Number(gid) }) });

function end(code: number): void {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

process.stdin.resume();
process.stdin.once('end', () => void server.kill('SIGINT'));
server.once('exit', (code) => end(code ?? 1));
server.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  end(1);
});
