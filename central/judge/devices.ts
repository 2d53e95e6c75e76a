import type { AcceptedDossier } from '#shared/dossier/index.ts';
import type { Device } from '#shared/evidence/index.ts';
import type { ReadEntry } from '#shared/log/index.ts';
import type { CentreWord, EnrolledDesk } from './centre-word.ts';
import type { WeighedLog } from './evidence-of-logs.ts';

/**
 * Every device that could complete a dossier by its due date: an installation of an agency that receives it, is competent, or
 * gave it on or took it over, whether it serves that agency still or did. Left out are those that came there after the due date, those taken out of service before the reception, and those that
 * cannot know of the dossier: they recorded nothing about it and were not heard from when the centre learned of it to the due date, so they
 * cannot have been told. That they were not heard is known once it is written down who was heard up to the due date.
 */
export function devicesOf(state: AcceptedDossier, entries: readonly ReadEntry[], logs: ReadonlyMap<string, WeighedLog>, word: CentreWord): Device[] {
  const { origin } = state.received;
  const agencies = new Set([state.receivingAgency, state.competentAgency, ...state.hops.flatMap(({ fromAgency, toAgency }) => [fromAgency, toAgency])]);
  const authors = new Set(entries.map(({ header }) => header.log));
  const reception = logs.get(origin.log)?.evidence;
  const receivedFrom = reception?.interval(origin.seq)?.min ?? -Infinity;
  const learnedAt = reception?.arrival(origin.seq)?.at ?? Infinity;
  return word.desks
    .filter(({ services }) => services.some(({ agency, from }) => agencies.has(agency) && from <= state.due.at))
    .filter((desk) => (desk.revokedAt ?? Infinity) >= receivedFrom)
    .filter((desk) => desk.logs.some((log) => authors.has(log)) || word.hearing.horizon <= state.due.at || lastHeard(desk, word) >= learnedAt)
    .map((desk) => ({ installation: desk.installation, coveredTo: coveredFor(desk, agencies, state.due.at, logs, word.now) }));
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
  return leastOf(openLogs(desk, desk.logs, logs), logs);
}

/**
 * The same for what it can have done for some agencies by a due date. Where it serves them, or is on its way there, all its logs count. Where it has left them those it wrote
 * there: once each is closed, no more of it can come, now or later.
 */
function coveredFor(desk: EnrolledDesk, agencies: ReadonlySet<string>, due: number, logs: ReadonlyMap<string, WeighedLog>, now: number): number | null {
  const theirs = desk.services.filter(({ agency, from }) => agencies.has(agency) && from <= due);
  if (theirs.some(({ agency, logs: own }) => agency === desk.agency || agency === desk.goesTo || own.length === 0)) return coveredTo(desk, logs);
  const open = openLogs(desk, theirs.flatMap(({ logs: own }) => own), logs);
  return open.length === 0 ? now : leastOf(open, logs);
}

/** Those that no successor has closed. */
function openLogs(desk: EnrolledDesk, some: readonly string[], logs: ReadonlyMap<string, WeighedLog>): readonly string[] {
  const closed = new Set<string>();
  for (const id of desk.logs) {
    const parent = logs.get(id)?.parent;
    if (parent && logs.get(parent.log)?.entries[parent.seq - 1]?.hash === parent.hash) closed.add(parent.log);
  }
  return some.filter((id) => !closed.has(id));
}

function leastOf(open: readonly string[], logs: ReadonlyMap<string, WeighedLog>): number | null {
  const least = Math.min(Infinity, ...open.map((id) => logs.get(id)?.evidence.coveredTo ?? -Infinity));
  return Number.isFinite(least) ? least : null;
}
