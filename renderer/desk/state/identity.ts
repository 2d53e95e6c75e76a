import { mintUuid } from '#shared/log/index.ts';

/** A new id for a dossier or an act. The computer's clock only spreads ids here; nothing is judged by it. */
export function newId(): string {
  return mintUuid(Date.now(), { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) });
}
