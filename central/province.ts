import type { Foundation } from './foundation.ts';
import type { ProvinceReports } from './http/index.ts';
import { provinceSource } from './judge/index.ts';
import { verifier } from './keys/index.ts';
import { reports } from './reports/index.ts';

/** The officer's reports over an open centre: its store is the source, its own key the one that signed the anchors. */
export function provinceReports({ store, keys, time }: Foundation): ProvinceReports {
  return reports({ source: provinceSource(store), centreKeys: [keys.signer.publicKey], verifier, now: () => time.read().now });
}
