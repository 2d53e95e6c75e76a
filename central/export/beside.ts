import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { entryLimit } from '#shared/log/index.ts';

/** A piece of the file for the thread: the hash of the whole file goes over its first `hashed` bytes, and bodies stand where `places` say, each from and to; `sealed` is all their hashes in one. */
interface Parcel {
  readonly bytes: Uint8Array;
  readonly hashed: number;
  readonly places: Uint32Array;
  readonly sealed: string;
}

const answerSchema = z.strictObject({ fit: z.int(), sure: z.boolean(), sha256: z.string() });

/** So many pieces may wait for the thread; then the reading does. */
const ahead = 16;

export interface FoundBeside {
  /** Whether all that was looked at is surely as it should be. If not, the file has to be read again in its order, which tells what is wrong and where. */
  readonly sure: boolean;
  /** Bodies that fit their hashes. */
  readonly fit: number;
  /** Of all the bytes before the file's last line. */
  readonly sha256: string;
}

/**
 * Checks on another thread what nothing waits for while a file is read: sealed bodies against the hashes in their entries, and the hash of the whole file. It only ever says that everything was
 * right, never what is wrong.
 */
export class Beside {
  private places: number[] = [];
  private sealed: string[] = [];
  private thread: Worker | undefined;
  private waiting = 0;
  private wake: (() => void) | undefined;
  private failure: Error | undefined;
  private found: FoundBeside = { sure: true, fit: 0, sha256: '' };

  /** A body's line in the piece that {@link piece} hands over next. */
  body(from: number, to: number, sealed: string): void {
    this.places.push(from, to);
    this.sealed.push(sealed);
  }

  /** A piece of the file; only its first `hashed` bytes belong to what the file's hash covers. */
  piece(piece: Buffer, hashed: number): void {
    const bytes = new Uint8Array(piece);
    const parcel: Parcel = { bytes, hashed, places: Uint32Array.from(this.places), sealed: this.sealed.join('') };
    this.places = [];
    this.sealed = [];
    this.waiting += 1;
    this.thread ??= this.start();
    this.thread.postMessage(parcel, [bytes.buffer]);
  }

  /** Waits while too many pieces do. */
  async room(): Promise<void> {
    await this.until(ahead);
  }

  /** Waits for all answers. */
  async settle(): Promise<FoundBeside> {
    await this.until(0);
    return this.found;
  }

  async close(): Promise<void> {
    await this.thread?.terminate();
  }

  private async until(most: number): Promise<void> {
    while (this.waiting > most && this.failure === undefined) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.failure !== undefined) throw this.failure;
  }

  private start(): Worker {
    const thread = new Worker(`(${checkPieces.toString()})()`, { eval: true, workerData: entryLimit });
    thread.on('message', (answer) => {
      const { sure, fit, sha256 } = answerSchema.parse(answer);
      this.found = { sure: this.found.sure && sure, fit: this.found.fit + fit, sha256 };
      this.waiting -= 1;
      this.wake?.();
    });
    thread.on('error', (error) => {
      this.failure = error;
      this.wake?.();
    });
    return thread;
  }
}

/** What the thread does. It is given over as text, so it may name nothing from outside of itself; what it takes for a body is a part of what `sealedBodySchema` takes. */
function checkPieces(): void {
  const { createHash, hash } = process.getBuiltinModule('node:crypto');
  const { isUtf8 } = process.getBuiltinModule('node:buffer');
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const whole = createHash('sha256');
  const saltForm = /^[A-Za-z0-9_-]{22}$/;
  const limit = Number(workerData);

  const fits = (text: string, sealed: string): boolean => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return false;
    }
    if (typeof value !== 'object' || value === null) return false;
    const { length } = Object.keys(value);
    // One marked as erased is held against the decisions by whoever reads; in another form than programs write it is not sure.
    if (length !== 2 || !('salt' in value) || !('body' in value)) return false;
    const { salt, body } = value;
    if (typeof salt !== 'string' || typeof body !== 'string' || body.length > limit || !saltForm.test(salt)) return false;
    return hash('sha256', salt + body, 'hex') === sealed;
  };

  parentPort?.on('message', ({ bytes, hashed, places, sealed }: Parcel) => {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    whole.update(piece.subarray(0, hashed));
    let fit = 0;
    let sure = isUtf8(piece);
    for (let index = 0; sure && index < places.length / 2; index += 1) {
      const found = fits(piece.toString('utf8', places[2 * index], places[2 * index + 1]), sealed.slice(64 * index, 64 * index + 64));
      if (found) fit += 1;
      else sure = false;
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    parentPort?.postMessage({ fit, sure, sha256: whole.copy().digest('hex') });
  });
}
