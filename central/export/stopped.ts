import type { Flaw } from '#shared/export/index.ts';

/** Thrown at a flaw behind which nothing can be checked any more: what follows it does not hang together with what came before. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly flaw: Flaw;
  constructor(flaw: Flaw) {
    super(flaw.code);
    this.flaw = flaw;
  }
}
