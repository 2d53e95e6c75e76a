import { DomainError, fault, type Fault } from '#shared/errors/index.ts';

/**
 * SQLite's own code of an error, or undefined for an error that is not SQLite's. Known by its name and not by its class: the
 * native part of the library is loaded once a process, and under the test runner its class is that of another copy.
 */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('name' in error) || error.name !== 'SqliteError') return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the library itself says that something is wrong with the file. */
export function isSqlite(error: unknown): boolean {
  return codeOf(error) !== undefined;
}

/** The fault of a write for which there was no room; undefined for anything else. Nothing of the write is there. */
export function diskFull(error: unknown): Fault | undefined {
  return codeOf(error) === 'SQLITE_FULL' ? fault('store.disk-full') : undefined;
}

/** Turns what SQLite says about a broken or locked file into the project's own words; passes on everything else. */
export function inOwnWords(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code === 'SQLITE_FULL') return new DomainError('store.disk-full', {}, error);
  // Under a wrong key the first page makes no sense; a damaged first page looks the same. Both end with the administrator.
  if (code === 'SQLITE_NOTADB') return new DomainError('store.wrong-key', {}, error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new DomainError('store.in-use', {}, error);
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR')) return new DomainError('store.damaged', {}, error);
  return error;
}

/** Runs something on the database; throws `store.damaged` and the like in place of SQLite's own errors. */
export function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw inOwnWords(error);
  }
}

/** The same for every method of an object. */
export function guardedMethods<T extends object>(subject: T): T {
  return new Proxy(subject, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name);
      return typeof value === 'function' ? (...args: unknown[]): unknown => guarded((): unknown => Reflect.apply(value, object, args)) : value;
    },
  });
}
