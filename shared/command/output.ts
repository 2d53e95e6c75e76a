import { DomainError, sentence, type Fault } from '#shared/errors/index.ts';

/** Where a command writes to. */
export interface Output {
  /** One line of the result. */
  line(text: string): void;
  /** One line about what went wrong. */
  problem(text: string): void;
}

/** Prints a result: as one line of JSON, or in words. */
export function printResult(output: Output, json: boolean, result: unknown, words: readonly string[]): void {
  if (json) output.line(JSON.stringify(result));
  else for (const word of words) output.line(word);
}

/** Prints why a command failed. */
export function printFault(output: Output, json: boolean, fault: Fault): void {
  if (json) output.line(JSON.stringify({ fault, vi: sentence(fault, 'vi'), en: sentence(fault, 'en') }));
  else {
    output.problem(sentence(fault, 'vi'));
    output.problem(`${sentence(fault, 'en')} [${fault.code}]`);
  }
}

/** The fault in a thrown error; undefined for one that is none of ours. */
export function faultIn(error: unknown): Fault | undefined {
  return error instanceof DomainError ? error.fault : undefined;
}
