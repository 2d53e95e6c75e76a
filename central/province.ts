import type { Foundation } from './foundation.ts';
import { provinceSource } from './judge/index.ts';
import { verifier } from './keys/index.ts';
import { reports, type Reports } from './reports/index.ts';

/** The officer's reports over an open centre: by its own key, at its own time. */
export function provinceReports({ store, keys, time }: Foundation): Reports {
  return reports({ source: provinceSource(store), now: () => time.read().now, centreKeys: [keys.signer.publicKey], verifier });
}
