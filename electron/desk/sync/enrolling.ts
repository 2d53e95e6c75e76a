import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { fail, ok, type ErrorCode, type Fault, type Outcome } from '#shared/errors/index.ts';
import type { EnrolView, ParsedRequestOf } from '#shared/ipc/index.ts';
import { publicKeySchema } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import { knownInstallation, ownSigner, pinnedCentre, StoreRefused } from './installation.ts';

/** Where this desk wants to be enrolled, and with what. */
const wishSchema = z.object({
  url: z.string(),
  code: z.string(),
  /** The centre's key as the administrator printed it; without it the first one seen is pinned. */
  pinnedKey: publicKeySchema.optional(),
});
export type EnrolmentWish = z.infer<typeof wishSchema>;

/** A wish outlives a restart: the centre may have used the code up though its answer never came. */
const memoSchema = z.object({ wish: wishSchema.optional() });
const memoName = 'enrolment';

/** After these only another code, key or address helps; everything else is tried again. */
const final: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['enrol.bad-code', 'enrol.taken', 'enrol.revoked', 'centre.wrong-key', 'message.malformed']);

/** Hosts that are this machine: only there may the way to the centre go without TLS. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3})$/;

/** The way of a desk from installed to enrolled (ghi danh thiết bị), as its page shows it. */
export interface Enrolling {
  /** What to enrol with now; undefined when nobody asked for it or the centre refused. */
  wish(): EnrolmentWish | undefined;
  /** Keeps what a person typed. Errors: `enrol.done`, `enrol.bad-address`, `enrol.bad-key`, `enrol.bad-code`. */
  ask(typed: ParsedRequestOf<'enrol.start'>): Outcome<true>;
  /** The centre refused or did not answer. */
  failed(fault: Fault): void;
  /** The desk is enrolled. */
  done(): void;
  view(): EnrolView;
}

export interface EnrollingOptions {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  /** What a developer's environment asks for. */
  readonly given: { readonly url: string; readonly enrolmentCode?: string | undefined; readonly pinnedKey?: string | undefined } | undefined;
  /** What the centre refused this installation with at the last contact, if it did. */
  readonly refusal: () => Fault | undefined;
}

export function openEnrolling({ store, ports, given, refusal }: EnrollingOptions): Enrolling {
  let typed = store.memo.load(memoName, memoSchema)?.wish;
  let lastFault: Fault | undefined;

  function keep(wanted: EnrolmentWish | undefined): void {
    const kept = store.memo.save(memoName, wanted === undefined ? {} : { wish: wanted });
    if (!kept.ok) throw new StoreRefused(kept.fault.code);
    typed = wanted;
  }

  function wish(): EnrolmentWish | undefined {
    if (store.identity()) return undefined;
    if (typed) return typed;
    if (given?.enrolmentCode === undefined) return undefined;
    return { url: given.url, code: given.enrolmentCode, ...(given.pinnedKey === undefined ? {} : { pinnedKey: given.pinnedKey }) };
  }

  function state(): EnrolView['state'] {
    if (!store.identity()) return lastFault && final.has(lastFault.code) ? 'refused' : 'not-enrolled';
    if (refusal()?.code === 'enrol.revoked') return 'refused';
    return pinnedCentre(store)?.state === 'pending' ? 'pending' : 'enrolled';
  }

  return {
    wish,
    ask({ url, code, centreKey }) {
      if (store.identity()) return fail('enrol.done');
      const address = addressOf(url);
      if (address === undefined) return fail('enrol.bad-address');
      const key = centreKey === undefined || centreKey.trim() === '' ? undefined : publicKeySchema.safeParse(centreKey.trim());
      if (key && !key.success) return fail('enrol.bad-key');
      const plain = code.trim();
      if (plain.length < 8 || plain.length > 64) return fail('enrol.bad-code');
      keep({ url: address, code: plain, ...(key ? { pinnedKey: key.data } : {}) });
      lastFault = undefined;
      return ok(true);
    },
    failed(fault) {
      lastFault = fault;
      if (typed && final.has(fault.code)) keep(undefined);
    },
    done() {
      lastFault = undefined;
      keep(undefined);
    },
    view() {
      const identity = store.identity();
      const pinned = identity ? pinnedCentre(store) : undefined;
      const url = pinned?.url ?? wish()?.url ?? given?.url;
      const own = knownInstallation(store) ? fingerprint(ownSigner(store, ports).keyId) : undefined;
      const centreKey = pinned?.keys[0];
      const fault = identity ? refusal() : lastFault;
      return {
        state: state(),
        ...(url === undefined ? {} : { centreUrl: url }),
        ...(own === undefined ? {} : { fingerprint: own }),
        ...(centreKey === undefined ? {} : { centreKey, centreFingerprint: fingerprint(ports.hasher.sha256(Buffer.from(centreKey, 'base64url'))) }),
        ...(fault === undefined ? {} : { fault }),
      };
    },
  };
}

/** Four groups of four hexadecimal digits of a key's SHA-256, as the administrator's list shows them. */
function fingerprint(keyId: string): string {
  return (keyId.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

/** The address of a centre as typed; undefined for what is none, carries a path or a password, or would go over an open line. */
function addressOf(typed: string): string | undefined {
  if (!URL.canParse(typed.trim())) return undefined;
  const url = new URL(typed.trim());
  const { protocol, hostname, username, password, pathname, search, hash } = url;
  const bare = username === '' && password === '' && pathname === '/' && search === '' && hash === '';
  const safe = protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
  return bare && safe ? url.origin : undefined;
}
