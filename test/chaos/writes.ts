import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Something a process did to a file it has open, or said. */
export type Op =
  | { readonly op: 'write'; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly op: 'truncate'; readonly file: string; readonly length: number }
  | { readonly op: 'sync' | 'unlink'; readonly file: string }
  | { readonly op: 'said'; readonly text: string };

/** What a process did from the first moment on. */
export interface Recording {
  readonly ops: readonly Op[];
}

/** Makes the library that records (record-writes.c) in `folder`. Throws with what to install where there is no C compiler. */
export function makeRecorder(folder: string): string {
  const library = join(folder, 'record-writes.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, join(import.meta.dirname, 'record-writes.c'), '-ldl', '-lpthread'], { stdio: 'pipe' });
  } catch (error) {
    throw new Error('record-writes.c could not be compiled. A C compiler is needed: sudo apt-get install -y gcc libc6-dev', { cause: error });
  }
  return library;
}

/** Runs a writer until it has said so many lines, kills it, and gives what it did below `folder`. */
export async function recordWriter(library: string, folder: string, script: string, args: readonly string[], lines: number): Promise<Recording> {
  mkdirSync(folder, { recursive: true });
  const trace = `${folder}.trace`;
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LD_PRELOAD: library, QUAY_TRACE: trace, QUAY_TRACE_FOLDER: folder } });
  let said = '';
  let complaint = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (complaint += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length - 1 >= lines) child.kill('SIGKILL');
  });
  await ended;
  if (complaint !== '') throw new Error(complaint);
  return { ops: readTrace(readFileSync(trace)) };
}

function readTrace(bytes: Buffer): Op[] {
  const names = new Map<number, string>();
  const ops: Op[] = [];
  for (let at = 0; at + 16 <= bytes.length;) {
    const kind = bytes.readUInt8(at);
    const file = names.get(bytes.readUInt8(at + 1)) ?? '';
    const length = bytes.readUInt32LE(at + 4);
    const offset = Number(bytes.readBigUInt64LE(at + 8));
    const content = bytes.subarray(at + 16, at + 16 + length);
    // The process was killed while it wrote this one down.
    if (content.length < length) break;
    if (kind === 5) names.set(bytes.readUInt8(at + 1), basename(content.toString()));
    else if (kind === 6) ops.push({ op: 'said', text: content.toString() });
    else if (kind === 1) ops.push({ op: 'write', file, offset, bytes: content });
    else if (kind === 2) ops.push({ op: 'truncate', file, length: offset });
    else ops.push({ op: kind === 3 ? 'sync' : 'unlink', file });
    at += 16 + length;
  }
  return ops;
}
