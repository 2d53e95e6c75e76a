import { headIsSigned, type Entry, type Head, type SignedHead } from '#shared/log/index.ts';
import type { Verifier } from '#shared/ports.ts';
import type { FlawCode } from './flaw.ts';

/** Follows a log, or a part of one, entry by entry from a head on. */
export interface Following {
  readonly head: Head;
  /** What is wrong with the next entry; undefined where it follows. */
  next(entry: Entry): FlawCode | undefined;
  /** Whether the part ends where its key signed it. */
  end(head: Pick<SignedHead, 'seq' | 'hash' | 'signature'> | null, publicKey: string, verifier: Verifier): FlawCode | undefined;
}

/** Follows the chain behind `from`. A log that begins is followed from its empty head. */
export function follow(from: Head): Following {
  let head = from;
  return {
    get head() {
      return head;
    },
    next({ header, hash }) {
      if (header.log !== head.log || header.seq !== head.seq + 1) return 'entry.other-place';
      if (header.prev !== head.hash) return 'entry.broken-chain';
      head = { log: head.log, seq: header.seq, hash };
      return undefined;
    },
    end(signed, publicKey, verifier) {
      if (!signed) return head.seq === 0 ? undefined : 'head.missing';
      if (signed.seq !== head.seq || signed.hash !== head.hash) return 'head.other-end';
      return headIsSigned({ log: head.log, ...signed }, publicKey, verifier) ? undefined : 'head.bad-signature';
    },
  };
}
