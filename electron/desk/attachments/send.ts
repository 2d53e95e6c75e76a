import { Upload } from 'tus-js-client';
import { z } from 'zod';
import type { OpenContent } from '#db/index.ts';
import { nextPiece } from '#shared/attachment/index.ts';
import { fault, type Fault } from '#shared/errors/index.ts';
import { hashSchema } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';
import type { Answer, Centre } from '../sync/centre.ts';
import { faultIn } from './fault-in.ts';
import { signedStack } from './http-stack.ts';

const path = '/v1/blobs';
const heldSchema = z.object({ sha256: hashSchema, bytes: z.int().positive() });

/** What is sent, to whom, and how. */
export interface Sending {
  readonly centre: Centre;
  readonly signer: Signer;
  readonly dossier: string;
  readonly sha256: string;
  readonly content: OpenContent;
  /** How large the next piece should be, bytes; it is learnt from one content to the next. */
  readonly piece: { bytes: number };
  /** Milliseconds of a clock that never jumps. */
  readonly tick: () => number;
  /** So much of it is at the centre. */
  readonly reached: (bytes: number) => void;
  /** Asked between two pieces. */
  readonly goOn: () => boolean;
}

/** How it ended: all of it is there (but not yet acknowledged), something else has its turn, or the centre would not have it. */
export type SendingEnd = { readonly kind: 'whole' | 'paused' } | { readonly kind: 'refused'; readonly fault: Fault };

/**
 * Sends a content by tus 1.0, from where the centre says it is: after a cut at most the piece that was on its way goes again. Throws `LineError`
 * when the line fails and `DomainError` `attachment.damaged`.
 */
export async function sendContent({ centre, signer, dossier, sha256, content, piece, tick, reached, goOn }: Sending): Promise<SendingEnd> {
  const stack = signedStack(centre, signer);
  const { promise, resolve, reject } = Promise.withResolvers<SendingEnd>();
  let began = tick();
  let unreadable: unknown;
  const read = async (from: number, length: number): Promise<Uint8Array> => {
    try {
      return await content.read(from, length);
    } catch (error) {
      unreadable = error;
      throw error;
    }
  };
  const upload = new Upload(Buffer.alloc(0), {
    // The transport knows where the centre is; only the path of these addresses counts.
    endpoint: `http://centre${path}`,
    uploadUrl: `http://centre${path}/${sha256}`,
    uploadSize: content.bytes,
    chunkSize: piece.bytes,
    metadata: { dossier, sha256 },
    retryDelays: null,
    storeFingerprintForResuming: false,
    httpStack: stack,
    fileReader: { openFile: () => Promise.resolve(sourceOf(content.bytes, read)) },
    onChunkComplete(bytes, accepted) {
      piece.bytes = nextPiece(bytes, tick() - began);
      upload.options.chunkSize = piece.bytes;
      began = tick();
      reached(accepted);
      if (accepted >= content.bytes || goOn()) return;
      void upload.abort();
      resolve({ kind: 'paused' });
    },
    onSuccess: () => resolve({ kind: 'whole' }),
    onError(error) {
      const answer = unreadable === undefined ? stack.last() : undefined;
      // An answer of the protocol itself, without words of ours: the two do not agree where they are, and the next attempt asks.
      if (answer && answer.status >= 400) resolve({ kind: 'refused', fault: faultIn(answer) ?? fault('centre.busy') });
      else reject(failureOf(unreadable ?? stack.failure() ?? error));
    },
  });
  upload.start();
  return promise;
}

function failureOf(error: unknown): Error {
  return error instanceof Error ? error : new Error('the upload failed', { cause: error });
}

/** The reader that the library asks for the bytes of each piece. */
function sourceOf(size: number, read: OpenContent['read']): { size: number; slice: (start: number, end: number) => Promise<{ value: Uint8Array; done: boolean }>; close: () => void } {
  return {
    size,
    async slice(start, end) {
      const bytes = await read(start, end - start);
      return { value: Object.assign(bytes, { size: bytes.length }), done: start + bytes.length >= size };
    },
    close: () => undefined,
  };
}

/** The acknowledgement: the centre read the content back from its disk. Throws `LineError`. */
export function askHeld(centre: Centre, signer: Signer, sha256: string): Promise<Answer<z.output<typeof heldSchema>>> {
  return centre.signed({ method: 'GET', path: `${path}/${sha256}/held`, response: heldSchema }, signer);
}
