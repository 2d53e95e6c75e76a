import type { Catalogue } from '#shared/catalogue/index.ts';
import { actOf, type DossierState } from '#shared/dossier/index.ts';
import { credibleTime, toldTime, type EvidencePorts } from '#shared/evidence/index.ts';
import type { ReadEntry } from '#shared/log/index.ts';
import { portalDossier, portalProgress, type PortalMessage, type PortalSource } from '#shared/portal/index.ts';
import { judgeProvince, provinceSource, type JudgedProvince, type JudgeReader, type UnacceptedDossier } from '../judge/index.ts';
import type { CentreReader } from '../store/index.ts';

/** Which messages: of one dossier with its whole course, or of all of which something arrived from an instant on (milliseconds). */
export type PortalQuestion = { readonly dossier: string } | { readonly since: number };

/** A dossier without messages, and why. */
export interface LeftOut {
  readonly dossier: string;
  /** The portal knows official codes only. */
  readonly why: 'provisional-code';
}

export interface PortalAnswer {
  readonly messages: readonly PortalMessage[];
  readonly leftOut: readonly LeftOut[];
}

interface PortalPorts extends EvidencePorts {
  readonly store: JudgeReader & Pick<CentreReader, 'entries'>;
  /** The centre's time, milliseconds. */
  readonly now: number;
}

/**
 * The messages for the national portal as the centre knows the dossiers now; personal fields come from the sealed bodies it holds.
 * Nothing is sent. Undefined for a dossier the centre does not hold.
 */
export async function portalMessages(ports: PortalPorts, question: PortalQuestion): Promise<PortalAnswer | undefined> {
  const data = await provinceSource(ports.store).read();
  const judged = judgeProvince(data, ports.now, ports);
  const held = new Map<string, UnacceptedDossier>([...judged.dossiers, ...judged.unaccepted]);
  const since = 'since' in question ? question.since : undefined;
  const isNew = (entry: ReadEntry): boolean => since === undefined || (arrivalOf(entry, judged) ?? Infinity) >= since;
  const asked = 'dossier' in question ? [held.get(question.dossier)].filter((one) => one !== undefined) : [...held.values()].filter(({ entries }) => entries.some(isNew));
  if ('dossier' in question && asked.length === 0) return undefined;

  const messages: PortalMessage[] = [];
  const leftOut: LeftOut[] = [];
  for (const { state, entries } of asked) {
    if (state.provisional) {
      leftOut.push({ dossier: state.id, why: 'provisional-code' });
      continue;
    }
    const source = await sourceOf(state, entries, judged, data.catalogues.at(-1), ports.store);
    messages.push({ service: 'DongBoHoSoMC', isUpdating: entries.every(isNew) ? 'False' : 'True', data: [portalDossier(source)] });
    const steps = portalProgress(source, entries, isNew);
    if (steps.length > 0) messages.push({ service: 'CapNhatTienDoHoSoMC', data: steps });
  }
  return { messages, leftOut };
}

function arrivalOf(entry: ReadEntry, judged: JudgedProvince): number | undefined {
  return judged.evidenceFor(entry)?.arrival(entry.header.seq)?.at;
}

async function sourceOf(state: DossierState, entries: readonly ReadEntry[], judged: JudgedProvince, catalogue: Catalogue | undefined, store: PortalPorts['store']): Promise<PortalSource> {
  const byHash = new Map(entries.map((entry) => [entry.hash, entry]));
  const bodies = new Map<string, unknown>();
  for (const hash of [state.personalEntry, ...state.supplements.map(({ requested }) => requested.origin.entry)]) {
    const header = byHash.get(hash)?.header;
    const [held] = header ? await store.entries(header.log, header.seq, 1) : [];
    // A body that did not fit its hash says nothing that can be trusted.
    if (held?.hash === hash && !held.marked && held.body && 'body' in held.body) bodies.set(hash, JSON.parse(held.body.body));
  }
  return {
    state, catalogue,
    personal: (entry) => bodies.get(entry),
    credible: (hash) => {
      const entry = byHash.get(hash);
      const act = entry && actOf(entry);
      const interval = entry && judged.evidenceFor(entry)?.interval(entry.header.seq);
      return act && interval ? credibleTime(interval, toldTime(act)?.at ?? entry.header.clock.wall) : undefined;
    },
  };
}
