import { can } from '#shared/access/index.ts';
import { parseDossierCode, type Catalogue, type Staff } from '#shared/catalogue/index.ts';
import { explain } from '#shared/deadline/index.ts';
import { dutiesAt, haltedAt, isLate, orders, portalStatus, possibleOrders, type DossierState, type OrderName } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { DossierForm, DossierView } from '#shared/ipc/index.ts';
import { classifyScan } from '#shared/vietnamese/index.ts';
import { attachmentLines } from './attachments/index.ts';
import { historyOf } from './history.ts';
import { unitName } from './history-details.ts';
import { agencyName, procedureName, versionOf } from './lines.ts';
import { actorOf, type Workplace } from './workplace.ts';

/** One dossier whole, as the person signed in may work on it. Error: `dossier.unknown`. */
export function viewDossier(workplace: Workplace, id: string, staff: Staff): Outcome<DossierView> {
  const state = workplace.store.read.dossier(id);
  return state ? ok(dossierView(workplace, state, staff)) : fail('dossier.unknown', { code: '' });
}

/** By its code, as typed or scanned from barcode or QR. Error: `dossier.unknown`. */
export function viewDossierByCode(workplace: Workplace, text: string, staff: Staff): Outcome<DossierView> {
  const { read } = workplace.store;
  const scan = classifyScan(text);
  const code = scan.kind === 'dossierCode' ? scan.code : (parseDossierCode(text)?.code ?? text.trim());
  const byId = scan.kind === 'dossierCode' && scan.dossier !== undefined ? read.dossier(scan.dossier) : undefined;
  const state = byId ?? read.dossierByCode(code);
  // What was typed in a wrong field may be personal: only a code's own shape goes into the sentence.
  return state ? ok(dossierView(workplace, state, staff)) : fail('dossier.unknown', { code: parseDossierCode(code)?.code ?? '' });
}

function dossierView({ store, time }: Workplace, state: DossierState, staff: Staff): DossierView {
  const now = time.best();
  const catalogue = store.catalogue.current();
  const procedure = versionOf(catalogue, state.procedure, state.procedureVersion);
  const personal = store.read.personal(state.id);
  const history = historyOf(store.read, state, { catalogue, procedure });
  const lines = new Map(history.map((line) => [line.hash, line]));
  const agency = store.identity()?.agency ?? staff.agency;
  const possible = possibleOrders(state, { procedure, erased: personal === undefined });
  return {
    id: state.id, state,
    portalStatus: portalStatus(state),
    ...(personal ? { personal } : {}),
    procedureName: procedure?.name ?? procedureName(catalogue, state.procedure),
    field: procedure?.field.name ?? '',
    receivingAgencyName: agencyName(catalogue, state.receivingAgency),
    competentAgencyName: agencyName(catalogue, state.competentAgency),
    placeNames: placeNames(state, catalogue),
    papers: state.papers.map(({ code, kind, quantity, present }) => ({
      paper: procedure?.papers.find((paper) => paper.code === code) ?? { code, name: code, kind, quantity: Math.max(1, quantity), required: false },
      quantity, present,
    })),
    results: procedure?.results.map(({ name }) => name) ?? [],
    late: isLate({ dueAt: state.due?.at, haltedAt: haltedAt(state) }, now),
    explanation: state.appointment ? explain(state.appointment, 'vi') : [],
    readOnly: state.unknown.length > 0,
    possible: possible.filter((name: OrderName) => can(actorOf(staff), orders[name].may, { agency })),
    duties: [...dutiesAt(state, now)],
    forms: formsOf(state),
    conflicts: state.conflicts.flatMap((conflict) => {
      const [kept, other] = [lines.get(conflict.kept), lines.get(conflict.other)];
      return kept && other ? [{ kept, other }] : [];
    }),
    attachments: attachmentLines(store, state, procedure),
    history,
  };
}

function placeNames(state: DossierState, catalogue: Catalogue | undefined): Record<string, string> {
  const places: (readonly [string, string | undefined])[] = [
    [state.competentAgency, state.received?.handlingUnit],
    ...state.hops.flatMap(({ fromAgency, fromUnit, toAgency, toUnit }) => [[fromAgency, fromUnit], [toAgency, toUnit]] as const),
  ];
  return Object.fromEntries(places.flatMap(([agency, unit]) => [
    [agency, agencyName(catalogue, agency)],
    ...(unit === undefined ? [] : [[`${agency}/${unit}`, unitName(catalogue, agency, unit)]]),
  ]));
}

/** Forms that the dossier's acts give reason to print. */
function formsOf(state: DossierState): DossierForm[] {
  const reasons: readonly (readonly [DossierForm, boolean])[] = [
    ['reception', state.received !== undefined],
    ['supplement', state.supplements.length > 0],
    ['refusal', state.notAccepted !== undefined || state.ready?.outcome === 'refused'],
    ['apology', state.apologised !== undefined],
    ['stop', state.stopRequested !== undefined || state.stopped !== undefined],
    ['control', state.received !== undefined],
    ['return', state.handedOver !== undefined],
  ];
  return reasons.flatMap(([form, holds]) => (holds ? [form] : []));
}
