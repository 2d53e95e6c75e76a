import type { AcceptedDossier } from '#shared/dossier/index.ts';
import type { Device } from '#shared/evidence/index.ts';
import type { Entry } from '#shared/log/index.ts';
import type { CentreWord, EnrolledDesk } from './centre-word.ts';
import type { WeighedLog } from './evidence-of-logs.ts';

/**
 * Every device that could complete a dossier by its due date: an installation of an agency that receives it, is competent, or
 * gave it on or took it over. Left out are those enrolled after the due date, those taken out of service before the reception, and those that
 * cannot know of the dossier: they recorded nothing about it and were not heard from when the centre learned of it to the due date, so they
 * cannot have been told. That they were not heard is known once it is written down who was heard up to the due date.
 */
export function devicesOf(state: AcceptedDossier, entries: readonly Entry[], logs: ReadonlyMap<string, WeighedLog>, word: CentreWord): Device[] {
  const { origin } = state.received;
  const agencies = new Set([state.receivingAgency, state.competentAgency, ...state.hops.flatMap(({ fromAgency, toAgency }) => [fromAgency, toAgency])]);
  const authors = new Set(entries.map(({ header }) => header.log));
  const reception = logs.get(origin.log)?.evidence;
  const receivedFrom = reception?.interval(origin.seq)?.min ?? -Infinity;
  const learnedAt = reception?.arrival(origin.seq)?.at ?? Infinity;
  return word.desks
    .filter(({ agency }) => agencies.has(agency))
    .filter((desk) => desk.enrolledAt <= state.due.at && (desk.revokedAt ?? Infinity) >= receivedFrom)
    .filter((desk) => desk.logs.some((log) => authors.has(log)) || word.hearing.horizon <= state.due.at || lastHeard(desk, word) >= learnedAt)
    .map((desk) => ({ installation: desk.installation, coveredTo: coveredTo(desk, logs) }));
}

function lastHeard(desk: EnrolledDesk, word: CentreWord): number {
  return Math.max(-Infinity, ...desk.logs.map((log) => word.hearing.lastAt(log) ?? -Infinity));
}

/**
 * Up to when all that a device did is at the centre: the coverage of its present log, and of every earlier one that its
 * successor has not closed. A successor closes its parent by naming a head that the centre holds; what may have followed that
 * head on a lost disk is lost.
 */
export function coveredTo(desk: EnrolledDesk, logs: ReadonlyMap<string, WeighedLog>): number | null {
  const closed = new Set<string>();
  for (const id of desk.logs) {
    const parent = logs.get(id)?.parent;
    if (parent && logs.get(parent.log)?.entries[parent.seq - 1]?.hash === parent.hash) closed.add(parent.log);
  }
  let least = Infinity;
  for (const id of desk.logs) {
    if (!closed.has(id)) least = Math.min(least, logs.get(id)?.evidence.coveredTo ?? -Infinity);
  }
  return Number.isFinite(least) ? least : null;
}
