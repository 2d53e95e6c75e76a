import { DomainError } from '#shared/errors/index.ts';

/** What PostgreSQL says of a disk that is full (SQLSTATE, appendix A of its manual). */
const full = new Set(['53100']);
/** Damaged data or index, a file or page that cannot be read. */
const damaged = new Set(['XX001', 'XX002', '58030', '58P01']);
/**
 * It undid the transaction, or would not begin it, because others were in the way: a lock waited for too long, a statement stopped, a
 * serialization failure, a deadlock, no memory or no connection left.
 */
const busy = new Set(['55P03', '57014', '40001', '40P01', '53200', '53300']);
/** It cannot be worked with as it is: shutting down or starting, no such user, database or right, a standby that only reads, a session it ended,
 * a statement that another program's schema has made obsolete. */
const unusable = /^(?:08...|57P0.|28...|3D000|3F000|42501|25006|25P03|0A000)$/;

/**
 * What an error of the database means, as a `DomainError`: `store.disk-full`, `store.damaged`, `centre.busy` (nothing was kept; the same may
 * be asked again), `store.unreachable`. Errors of the program itself are given back as they are.
 */
export function translated(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = codeOf(error);
  if (full.has(code)) return new DomainError('store.disk-full', {}, error);
  if (damaged.has(code)) return new DomainError('store.damaged', {}, error);
  if (busy.has(code)) return new DomainError('centre.busy', {}, error);
  if (unusable.test(code)) return new DomainError('store.unreachable', { reason: code }, error);
  // What the server itself says has a SQLSTATE. The rest is of the connection: Node's error codes, or none where the driver found it closed.
  if (/^[0-9A-Z]{5}$/.test(code) && isOfServer(error)) return error;
  return isOfProgram(error) ? error : new DomainError('store.unreachable', { reason: code === '' ? 'connection' : code }, error);
}

/** Does `work` with the database, and throws its errors {@link translated}. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isOfServer(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'severity' in error;
}

function isOfProgram(error: unknown): boolean {
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
  return name === 'TypeError' || name === 'RangeError' || name === 'ReferenceError' || name === 'ZodError';
}
