import { mintUuid } from '#shared/log/index.ts';

/** A new id for what an officer says; minted where the button is pressed, so that what is sent again is recorded once. */
export function newId(): string {
  return mintUuid(Date.now(), { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) });
}
