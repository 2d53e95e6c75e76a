import { codes, type ErrorCode } from './codes.ts';

/** What went wrong: a stable code and the values its sentences need. Never personal data: faults may be logged. */
export interface Fault {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Either the value, or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fault(code: ErrorCode, params: Readonly<Record<string, string | number>> = {}): Fault {
  return { code, params };
}

export function fail(code: ErrorCode, params: Readonly<Record<string, string | number>> = {}): Outcome<never> {
  return { ok: false, fault: fault(code, params) };
}

export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && value.code in codes;
}

/** A fault on its way up where a return value cannot carry it (a broken store, a start that must stop). */
export class DomainError extends Error {
  readonly fault: Fault;
  constructor(code: ErrorCode, params: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
    this.fault = fault(code, params);
  }
}

/** The sentence of a fault in a language, with `{name}` replaced by its values. */
export function sentence(subject: Fault, language: 'vi' | 'en'): string {
  return codes[subject.code][language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = subject.params[name];
    return value === undefined ? whole : String(value);
  });
}
