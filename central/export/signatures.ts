import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Verifier } from '#shared/ports.ts';
import { publicKeyOf } from '../keys/index.ts';

/** One signature to check. `mark` stands for it in the answer. */
interface Wanted {
  readonly bytes: string;
  readonly signature: string;
  readonly mark: () => void;
}

/** A parcel for a thread: texts and their signatures, all by one key, in one string: many small ones take longer to hand over than to read. */
interface Parcel {
  readonly key: KeyObject;
  /** Text, signature, text, signature and so on. */
  readonly joined: string;
  /** How long each of them is. */
  readonly lengths: Uint32Array;
}

const parcelSize = 256;
const answerSchema = z.instanceof(Uint8Array);

/**
 * Checks many signatures on other threads, while this one goes on. Until an answer is there, its `verifier` takes a signature that waits for one as good: what follows from that has to be thrown
 * away where {@link settle} finds that one was not.
 */
export class SignatureChecks {
  private readonly plain: Verifier;
  private readonly threads: Worker[] = [];
  private readonly gathering = new Map<string, Wanted[]>();
  /** By signature: by which key, of which bytes. */
  private readonly asked = new Map<string, { readonly publicKey: string; readonly bytes: string; good: boolean }>();
  private waiting = 0;
  private next = 0;
  private bad = 0;
  private failure: Error | undefined;
  private done: (() => void) | undefined;
  private readonly answers = new Map<Worker, (readonly Wanted[])[]>();

  constructor(plain: Verifier) {
    this.plain = plain;
  }

  /** Has a signature checked; `onBad` is called, no later than {@link settle}, if it is not the key's. */
  want(publicKey: string, bytes: string, signature: string, onBad: () => void): void {
    const known = this.asked.get(signature);
    if (known) {
      // Signed twice, or a signature put under something else: seldom enough to be looked at here.
      if (known.publicKey !== publicKey || known.bytes !== bytes) {
        if (!this.plain.verify(publicKey, Buffer.from(bytes), signature)) onBad();
        return;
      }
    }
    const entry = known ?? { publicKey, bytes, good: true };
    if (!known) this.asked.set(signature, entry);
    const list = this.gathering.get(publicKey) ?? [];
    list.push({ bytes, signature, mark: () => {
      if (entry.good) this.bad += 1;
      entry.good = false;
      onBad();
    } });
    this.gathering.set(publicKey, list);
    if (list.length >= parcelSize) this.send(publicKey);
  }

  /** Answers from what was asked before. */
  readonly verifier: Verifier = {
    verify: (publicKey, bytes, signature) => {
      const known = this.asked.get(signature);
      if (known?.publicKey === publicKey && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).equals(Buffer.from(known.bytes))) return known.good;
      return this.plain.verify(publicKey, bytes, signature);
    },
  };

  /** Waits until all are answered; whether every one was good. */
  async settle(): Promise<boolean> {
    for (const publicKey of this.gathering.keys()) this.send(publicKey);
    if (this.waiting > 0 && this.failure === undefined) {
      await new Promise<void>((resolve) => {
        this.done = resolve;
      });
    }
    if (this.failure !== undefined) throw this.failure;
    return this.bad === 0;
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.terminate()));
  }

  private send(publicKey: string): void {
    const wanted = this.gathering.get(publicKey) ?? [];
    this.gathering.delete(publicKey);
    if (wanted.length === 0) return;
    const key = publicKeyOf(publicKey);
    if (!key) {
      for (const { mark } of wanted) mark();
      return;
    }
    const thread = this.thread();
    this.waiting += 1;
    this.answers.get(thread)?.push(wanted);
    const strings = wanted.flatMap(({ bytes, signature }) => [bytes, signature]);
    const parcel: Parcel = { key, joined: strings.join(''), lengths: Uint32Array.from(strings, ({ length }) => length) };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.postMessage(parcel);
  }

  private thread(): Worker {
    const count = Math.max(1, availableParallelism());
    const found = this.threads[this.next % count];
    if (found) {
      this.next += 1;
      return found;
    }
    const made = new Worker(`(${checkParcels.toString()})()`, { eval: true });
    const queue: (readonly Wanted[])[] = [];
    this.answers.set(made, queue);
    made.on('message', (answer) => {
      const results = answerSchema.parse(answer);
      queue.shift()?.forEach(({ mark }, index) => {
        if (results[index] !== 1) mark();
      });
      this.waiting -= 1;
      if (this.waiting === 0) this.done?.();
    });
    made.on('error', (error) => {
      this.failure = error;
      this.done?.();
    });
    this.threads.push(made);
    this.next += 1;
    return made;
  }
}

/** What a thread does. It is given over as text, so it may name nothing from outside of itself. */
function checkParcels(): void {
  const { verify } = process.getBuiltinModule('node:crypto');
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  parentPort?.on('message', ({ key, joined, lengths }: Parcel) => {
    const results = new Uint8Array(lengths.length / 2);
    let at = 0;
    const next = (length = 0): string => joined.slice(at, (at += length));
    for (let index = 0; index < results.length; index += 1) {
      const text = Buffer.from(next(lengths[2 * index]));
      const signature = Buffer.from(next(lengths[2 * index + 1]), 'base64url');
      results[index] = signature.length === 64 && verify(null, text, key, signature) ? 1 : 0;
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    parentPort?.postMessage(results);
  });
}
