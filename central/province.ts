import { getHeapStatistics } from 'node:v8';
import type { Foundation } from './foundation.ts';
import { provinceSource } from './judge/index.ts';
import { verifier } from './keys/index.ts';
import { reports, type Reports } from './reports/index.ts';

/** What an entry takes in memory with all that judging makes of it, bytes: as measured with a simulated quarter. `npm run bench judge` prints it for ten days. */
const entryBytes = 2_300;
/** Share of the process's memory that may be used for judging; the rest is for serving the desks. */
const share = 0.7;

/** How many entries this process can judge, by the memory it was given. */
export function entriesThisProcessCanJudge(): number {
  return Math.floor((share * getHeapStatistics().heap_size_limit) / entryBytes);
}

/** The officer's reports over an open centre: by its own key, at its own time. `most`: entries there is memory for. */
export function provinceReports({ store, keys, time }: Foundation, most = entriesThisProcessCanJudge()): Reports {
  return reports({ source: provinceSource(store, most), now: () => time.read().now, centreKeys: [keys.signer.publicKey], verifier });
}
