import { can, type Actor } from '#shared/access/index.ts';
import { agencyById, type Catalogue } from '#shared/catalogue/index.ts';
import { addDays, civil, explain, formatDueDate } from '#shared/deadline/index.ts';
import { actOf, dutiesAt, orders, portalStatus, possibleOrders, type DossierState, type OrderName } from '#shared/dossier/index.ts';
import type { DossierLine, DossierView, DutyLine, HistoryLine, PlaceView } from '#shared/ipc/index.ts';
import { dossierForms } from './fake-forms.ts';
import { ownAgency } from './fake-catalogue.ts';
import type { FakeLog } from './fake-log.ts';

/** What the views of a desk are made from. */
export interface Seen {
  readonly log: FakeLog;
  readonly catalogue: Catalogue;
  readonly now: number;
  readonly actor: Actor | undefined;
  nameOf(actor: string): string;
}

const agencyName = ({ catalogue }: Seen, id: string): string => agencyById(catalogue, id)?.name ?? id;

function procedureOf({ catalogue }: Seen, state: DossierState): Catalogue['procedures'][number] {
  const found = catalogue.procedures.find(({ code, version }) => code === state.procedure && version === state.procedureVersion);
  if (!found) throw new Error(`no procedure ${state.procedure}`);
  return found;
}

function isLate(state: DossierState, now: number): boolean {
  if (!state.due || state.stage === 'stopped') return false;
  const done = state.ready?.at ?? state.handedOver?.at;
  const halted = state.stage === 'supplement' || state.stage === 'payment';
  return (done ?? (halted ? 0 : now)) > state.due.at;
}

export function lineOf(seen: Seen, state: DossierState): DossierLine {
  const { received, submitted, due, appointment, ready, handedOver } = state;
  return {
    id: state.id, code: state.code, provisional: state.provisional, procedure: state.procedure, procedureName: procedureOf(seen, state).name,
    applicantName: seen.log.personal(state)?.applicant.fullName ?? '', stage: state.stage,
    ...(state.competentAgency === ownAgency ? {} : { competentAgencyName: agencyName(seen, state.competentAgency) }),
    beganAt: submitted?.submittedAt ?? received?.acceptedAt ?? 0,
    ...(received ? { acceptedAt: received.acceptedAt } : {}), ...(due ? { dueAt: due.at } : {}),
    ...(appointment && appointment.at !== due?.at ? { appointmentAt: appointment.at } : {}),
    ...(ready ? { readyAt: ready.at } : {}), ...(handedOver ? { handedOverAt: handedOver.at } : {}),
    late: isLate(state, seen.now), sent: seen.log.of(state.id).every(({ hash }) => seen.log.sent.has(hash)), conflict: state.conflicts.length > 0,
  };
}

function timelineOf(seen: Seen, state: DossierState): HistoryLine[] {
  return seen.log.of(state.id).map((entry) => {
    const { kind, actor, agency, clock, seq } = entry.header;
    const body = seen.log.body(entry.hash);
    const said = typeof body === 'object' && body !== null ? ('reason' in body ? body.reason : 'note' in body ? body.note : undefined) : undefined;
    const act = actOf(entry);
    const due = act && 'due' in act.facts ? act.facts.due : undefined;
    return {
      kind, at: clock.wall, actorName: seen.nameOf(actor), agencyName: agencyName(seen, agency), seq, hash: entry.hash, sent: seen.log.sent.has(entry.hash),
      ...(typeof said === 'string' && said !== '' ? { words: said } : {}),
      details: due && kind !== 'dossier.received' ? [`hạn mới ${formatDueDate(due.at)}`] : [],
      dropped: state.dropped.includes(entry.hash),
    };
  });
}

function possibleFor(seen: Seen, state: DossierState): OrderName[] {
  const { actor } = seen;
  if (!actor) return [];
  const standpoint = { procedure: procedureOf(seen, state), erased: seen.log.personal(state) === undefined };
  return possibleOrders(state, standpoint).filter((name) => can(actor, orders[name].may));
}

export function viewOf(seen: Seen, state: DossierState): DossierView {
  const procedure = procedureOf(seen, state);
  const personal = seen.log.personal(state);
  const history = timelineOf(seen, state);
  const side = (hash: string): HistoryLine => {
    const found = history.find((line) => line.hash === hash);
    if (!found) throw new Error('a conflict without its entry');
    return found;
  };
  const places = state.hops.flatMap(({ fromAgency, fromUnit, toAgency, toUnit }) => [[fromAgency, fromUnit], [toAgency, toUnit]] as const);
  return {
    id: state.id, state, portalStatus: portalStatus(state), ...(personal ? { personal } : {}), procedureName: procedure.name, field: procedure.field.name,
    receivingAgencyName: agencyName(seen, state.receivingAgency), competentAgencyName: agencyName(seen, state.competentAgency),
    placeNames: Object.fromEntries(places.flatMap(([agency, unit]) => [
      [agency, agencyName(seen, agency)],
      ...(unit === undefined ? [] : [[`${agency}/${unit}`, agencyById(seen.catalogue, agency)?.units?.find(({ id }) => id === unit)?.name ?? unit]]),
    ])),
    papers: state.papers.flatMap(({ code, quantity, present }) => {
      const paper = procedure.papers.find((one) => one.code === code);
      return paper ? [{ paper, quantity, present }] : [];
    }),
    results: procedure.results.map(({ name }) => name), late: isLate(state, seen.now), explanation: state.due ? explain(state.due, 'vi') : [],
    readOnly: state.unknown.length > 0, possible: possibleFor(seen, state),
    duties: [...dutiesAt(state, seen.now)],
    forms: dossierForms(state),
    conflicts: state.conflicts.map(({ kept, other }) => ({ kept: side(kept), other: side(other) })),
    attachments: state.attachments.map(({ sha256, of, bytes, media, at }) => ({ sha256, of, bytes, media, at, standing: 'waiting' as const })),
    history,
  };
}

/** What is to be done, the most urgent first. */
export function dutyLines(seen: Seen, states: readonly DossierState[]): DutyLine[] {
  return states
    .flatMap((state) => dutiesAt(state, seen.now).map((duty) => ({ ...duty, line: lineOf(seen, state) })))
    .sort((a, b) => a.by - b.by);
}

/** Whether a line belongs to a filter of the list. */
export function belongs(line: DossierLine, filter: string, today: string): boolean {
  switch (filter) {
    case 'all': return true;
    case 'open': return !['returned', 'not-accepted', 'stopped'].includes(line.stage);
    case 'submitted': return line.stage === 'submitted';
    case 'waiting': return ['incomplete', 'supplement', 'payment'].includes(line.stage);
    case 'ended': return ['not-accepted', 'stopped'].includes(line.stage);
    case 'overdue': return line.stage === 'processing' && line.late;
    case 'due-tomorrow': return line.stage === 'processing' && line.dueAt !== undefined && civil(line.dueAt).date === addDays(today, 1);
    default: return line.stage === filter;
  }
}

export function placesOf({ catalogue, now }: Seen): PlaceView[] {
  const { date } = civil(now);
  return catalogue.agencies
    .filter(({ validFrom, validTo }) => validFrom <= date && date <= (validTo ?? date))
    .map(({ id, name, level, units = [] }) => ({ id, name, level, own: id === ownAgency, units }));
}
