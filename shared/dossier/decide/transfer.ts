import { agencyById } from '#shared/catalogue/index.ts';
import { formatDateTime, ruleSetFor } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Forwarded, TakenOver } from '../acts/index.ts';
import type { ForwardCommand, TakeOverCommand } from '../commands.ts';
import { dossierKinds } from '../kinds.ts';
import type { DossierState } from '../state.ts';
import { at, draft, mayHappen, rulesOf, wasAccepted, type DecisionContext, type Draft } from './context.ts';

/** The units of an agency that the catalogue names; an agency without any is one unit. */
interface Way {
  readonly fromAgency: string;
  readonly fromUnit?: string;
  readonly toAgency: string;
  readonly toUnit?: string;
}

function way(from: { readonly agency: string; readonly unit?: string | undefined }, to: { readonly agency: string; readonly unit?: string | undefined }): Way {
  return {
    fromAgency: from.agency, ...(from.unit === undefined ? {} : { fromUnit: from.unit }),
    toAgency: to.agency, ...(to.unit === undefined ? {} : { toUnit: to.unit }),
  };
}

/**
 * The giver's half of a hop of form 06 (Art. 18, Decree 118/2025/NĐ-CP). The first hop after the reception carries its time limit. Errors:
 * `transfer.unknown-agency`, `transfer.nowhere` for a hop to where it is, and where the dossier stands.
 */
export function decideForwarding(state: DossierState, command: ForwardCommand, context: DecisionContext): Outcome<Draft[]> {
  const may = mayHappen(state, dossierKinds.forwarded, 'transfer', rulesOf(state, ruleSetFor(context.now.at, context.catalogue.settings)));
  if (!may.ok) return may;
  const accepted = wasAccepted(state, 'transfer', context.catalogue.settings);
  if (!accepted.ok) return accepted;
  const from = { agency: context.agency, unit: command.fromUnit };
  if (!agencyById(context.catalogue, command.to.agency)) return fail('transfer.unknown-agency', { agency: command.to.agency });
  if (from.agency === command.to.agency && from.unit === command.to.unit) return fail('transfer.nowhere');
  const by = state.hops.length === 0 ? state.received?.transferBy : undefined;
  const facts: Forwarded = { ...at(context), hop: command.hop, ...way(from, command.to), ...(by === undefined ? {} : { by }), paper: command.paper };
  return ok([draft(dossierKinds.forwarded, state, facts, { note: command.note })]);
}

/**
 * The receiver's half. Errors: `transfer.taken` for a hop taken over before, `transfer.elsewhere` for one that went to another agency,
 * `form.invalid` where neither the giver's half is known nor a giver named, and where the dossier stands.
 */
export function decideTakingOver(state: DossierState, command: TakeOverCommand, context: DecisionContext): Outcome<Draft[]> {
  const may = mayHappen(state, dossierKinds.takenOver, 'transfer', rulesOf(state, ruleSetFor(context.now.at, context.catalogue.settings)));
  if (!may.ok) return may;
  const accepted = wasAccepted(state, 'transfer', context.catalogue.settings);
  if (!accepted.ok) return accepted;
  const known = state.hops.find(({ hop }) => hop === command.hop);
  if (known?.taken) return fail('transfer.taken', { code: state.code, at: formatDateTime(known.taken.at) });
  if (known?.given && known.toAgency !== context.agency) {
    return fail('transfer.elsewhere', { code: state.code, agency: agencyById(context.catalogue, known.toAgency)?.name ?? known.toAgency });
  }
  const from = known?.given ? { agency: known.fromAgency, unit: known.fromUnit } : command.from;
  if (!from) return fail('form.invalid', { fields: 'from' });
  if (!agencyById(context.catalogue, from.agency)) return fail('transfer.unknown-agency', { agency: from.agency });
  const to = { agency: context.agency, unit: command.toUnit ?? known?.toUnit };
  const facts: TakenOver = { ...at(context), hop: command.hop, ...way(from, to), missingPapers: command.missingPapers };
  return ok([draft(dossierKinds.takenOver, state, facts, { note: command.note })]);
}
