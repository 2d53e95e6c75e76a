import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One file holds at most about this many bytes; one older file is kept beside it. */
const largest = 1_000_000;

/**
 * The shell's lines for whoever looks after the machine (nhật ký vận hành): a file beside the data, and standard error.
 * Callers hand in no personal data.
 */
export function operatorLog(folder: string): (line: string) => void {
  const file = join(folder, 'shell.txt');
  return (line) => {
    const text = `${new Date().toISOString()} ${line}\n`;
    process.stderr.write(text);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(file, `${file}.old`);
    appendFileSync(file, text, { mode: 0o600 });
  };
}
