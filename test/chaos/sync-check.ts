import type { Foundation } from '#central/foundation.ts';
import { nodeHasher } from '#db/index.ts';
import { closesDossier, dossierKinds, foldDossier, isDossierKind } from '#shared/dossier/index.ts';
import { canonicalBytes, entryHeaderSchema, type Entry, type Head } from '#shared/log/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import type { ChannelName, RecordedAct, RequestOf, ResponseOf } from '#shared/ipc/index.ts';
import type { MortalDesk } from './desk.ts';

/** How an order reaches a desk; undefined where nobody answered. */
export type Caller = <Name extends ChannelName>(channel: Name, request: RequestOf<Name>) => Promise<Outcome<ResponseOf<Name>> | undefined>;

/** An order a clerk gave, and what became of it. */
export interface Given {
  readonly desk: MortalDesk;
  readonly act: string;
  readonly dossier: string;
  /** What it is, for people. */
  readonly what: string;
  /** How often its desk had gone to another agency then. */
  readonly moves: number;
  /** Gives it, or gives it again under the same id. */
  readonly give: (call: Caller) => Promise<Outcome<RecordedAct> | undefined>;
  /** Where the clerk was told it stands. */
  entry?: Head;
  /** The desk said no. */
  refused?: true | undefined;
  /** It was told, but only a disk that was put back from a backup knew of it. */
  maybeLost?: true;
  /** It was not answered, and its desk was put back from a backup before it was given again. */
  maybeTwice?: true;
}

/** Acts that can stand once only: a second one contradicts the first. */
const onceOnly: ReadonlySet<string> = new Set(['reception', 'markReady', 'handOver', 'requestStop']);

/** Everything that is not as it has to be once all is at rest: lost, twice, invented, or known otherwise in two places. */
export async function findings({ store, own }: Pick<Foundation, 'store' | 'own'>, desks: readonly MortalDesk[], given: readonly Given[]): Promise<string[]> {
  const wrong: string[] = [];
  const held = [...(await store.entriesAfter(0, 1_000_000)), ...(await store.branchEntriesAfter(0, 1_000_000))].filter(({ log }) => log !== own.log);
  const hashes = new Set(held.map(({ hash }) => hash));
  if (hashes.size !== held.length) wrong.push(`twice: ${held.length - hashes.size} entries`);
  const acts = new Map<string, string[]>();
  const dossiers = new Map<string, Entry[]>();
  for (const { text, hash } of held) {
    const header = entryHeaderSchema.parse(JSON.parse(text));
    if (header.dossier === undefined || !isDossierKind(header.kind)) continue;
    dossiers.set(header.dossier, [...(dossiers.get(header.dossier) ?? []), { header, text, hash }]);
    // The desk itself notes the official code it was given.
    if (header.kind === dossierKinds.codeMapped) continue;
    acts.set(header.act, [...(acts.get(header.act) ?? []), hash]);
  }
  const known = new Set(given.map(({ act }) => act));
  for (const { act, dossier, entry, maybeLost, maybeTwice, what } of given) {
    if (entry && !hashes.has(entry.hash) && !maybeLost) wrong.push(`lost: ${what} ${act}`);
    const entries = acts.get(act) ?? [];
    const contradicted = foldDossier(dossiers.get(dossier) ?? [])?.conflicts.some(({ other }) => entries.includes(other)) === true;
    const seen = maybeTwice === true && entries.length === 2 && (contradicted || !onceOnly.has(what));
    if (entries.length > 1 && !seen) wrong.push(`twice: ${what} ${act} stands ${entries.length} times`);
  }
  for (const act of acts.keys()) if (!known.has(act)) wrong.push(`invented: ${act}`);
  for (const desk of desks) {
    const verified = desk.store.verify();
    if (!verified.ok) wrong.push(`broken: ${desk.options.name} ${verified.fault.code}`);
    const { refusals } = await refusalsOf(desk);
    for (const code of refusals) wrong.push(`refused: ${desk.options.name} ${code}`);
    const mine = await hashOfAgency(store, desk, dossiers);
    if (desk.store.stateHash() !== mine) wrong.push(`differs: ${desk.options.name} from the centre`);
  }
  return wrong;
}

async function refusalsOf(desk: MortalDesk): Promise<{ refusals: string[] }> {
  const view = await desk.call('sync.view', {});
  return { refusals: view?.ok === true ? view.value.refusals.map(({ fault }) => fault.code) : [] };
}

/** What the store of a desk of its agency has to come to, worked out from the centre's entries. One that went there later need not have what was closed by then. */
async function hashOfAgency(store: Foundation['store'], desk: MortalDesk, dossiers: ReadonlyMap<string, readonly Entry[]>): Promise<string> {
  const agency = desk.store.identity()?.agency ?? '';
  const digests: string[] = [];
  for (const [dossier, entries] of [...dossiers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!(await store.parties(dossier)).includes(agency)) continue;
    const state = foldDossier(entries);
    if (state && desk.moves > 0 && entries.some(({ header }) => closesDossier(header)) && !desk.store.read.dossier(dossier)) continue;
    if (state) digests.push(nodeHasher.sha256(canonicalBytes(state)));
  }
  return nodeHasher.sha256(new TextEncoder().encode(digests.join('\n')));
}
