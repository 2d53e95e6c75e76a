import { z } from 'zod';
import { saidByOfficers, saidSince } from '../ledger/index.ts';
import type { Standing } from '../reports/index.ts';
import type { CentreReader } from '../store/index.ts';

/** What the entries by which officers speak name: a dossier, or a proposal that was made for one. */
const namedSchema = z.object({ dossier: z.string().optional(), proposal: z.string().optional() });

/** Whether officers said anything about a dossier since a judging: proposed, confirmed or withdrew, or audited an act of it. `log` is the centre's own. */
export async function spokenOfSince(reader: Pick<CentreReader, 'entries'>, log: string, { own, judged }: Standing, dossier: string): Promise<boolean> {
  const proposals = new Set((judged.word.decisions.get(dossier)?.history ?? []).map(({ proposal }) => proposal));
  return (await saidSince(reader, log, own.length, saidByOfficers)).some(({ facts }) => {
    const named = namedSchema.parse(facts);
    return named.dossier === dossier || (named.proposal !== undefined && proposals.has(named.proposal));
  });
}
