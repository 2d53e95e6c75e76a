import { fault, sentence, type ErrorCode, type Fault } from '#shared/errors/index.ts';
import type { Problem } from '#shared/sync/index.ts';

/** A request that is answered with a problem; thrown by whatever finds it out. */
export class Refused extends Error {
  readonly fault: Fault;
  readonly need: number | undefined;
  /** Seconds after which to come again. */
  readonly retryAfter: number | undefined;
  /** How far the other branch of a log is kept. */
  readonly kept: Problem['kept'];
  constructor(reason: Fault, more: { readonly need?: number | undefined; readonly retryAfter?: number | undefined; readonly kept?: Problem['kept'] } = {}) {
    super(reason.code);
    this.name = 'Refused';
    this.fault = reason;
    this.need = more.need;
    this.retryAfter = more.retryAfter;
    this.kept = more.kept;
  }
}

export function refused(code: ErrorCode, params: Fault['params'] = {}, more: { readonly need?: number; readonly retryAfter?: number } = {}): Refused {
  return new Refused(fault(code, params), more);
}

/** The HTTP status of each code that can leave the centre; 400 for any other. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'request.unsigned': 401,
  'request.replayed': 401,
  'request.digest-mismatch': 400,
  'request.not-json': 400,
  'request.too-large': 413,
  'request.not-found': 404,
  'request.rate-limited': 429,
  'message.malformed': 400,
  'message.newer-version': 422,
  'message.too-large': 413,
  'log.unknown': 404,
  'log.gap': 409,
  'log.fork': 409,
  'log.bad-chain': 422,
  'log.bad-signature': 422,
  'log.malformed-entry': 422,
  'log.foreign-agency': 422,
  'enrol.bad-code': 403,
  'enrol.taken': 409,
  'enrol.pending': 403,
  'enrol.revoked': 403,
  'enrol.transferred': 403,
  'access.denied': 403,
  'session.required': 401,
  'officer.wrong-password': 401,
  'officer.throttled': 429,
  'dossier.unknown': 404,
  'decision.same-person': 403,
  'decision.basis-changed': 409,
  'decision.open-already': 409,
  'decision.not-open': 409,
  'decision.not-for-people': 409,
  'decision.nothing-to-reverse': 409,
  'audit.not-waiting': 409,
  'ticket.unknown': 404,
  'attachment.unknown': 404,
  'attachment.not-here': 404,
  'attachment.not-recorded': 409,
  'attachment.wrong-hash': 422,
  'bundle.not-a-bundle': 422,
  'bundle.damaged': 422,
  'bundle.wrong-centre': 422,
  'bundle.newer-version': 422,
  'bundle.too-large': 413,
  'enrol.unknown-installation': 404,
  'centre.busy': 503,
  'province.too-large': 503,
  'centre.unsynchronised': 503,
  'store.disk-full': 507,
  'store.damaged': 500,
  'internal.unexpected': 500,
};

export function statusOf({ code }: Fault): number {
  return statuses[code] ?? 400;
}

/** What the client reads. */
export function problemOf(reason: Fault, { need, kept }: Pick<Problem, 'need' | 'kept'> = {}): Problem {
  return { fault: reason, ...(need === undefined ? {} : { need }), ...(kept === undefined ? {} : { kept }), vi: sentence(reason, 'vi'), en: sentence(reason, 'en') };
}
