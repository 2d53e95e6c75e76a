import { ruleSetFor } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import { receivedPersonalSchema, type CodeMapped, type ConflictSettled, type Corrected, type CorrectedField, type ReceivedPersonal } from '../acts/index.ts';
import type { CorrectCommand, SettleConflictCommand } from '../commands.ts';
import { dossierKinds } from '../kinds.ts';
import type { DossierState } from '../state.ts';
import { at, draft, mayBeActedOn, mayHappen, rulesOf, type DecisionContext, type Draft } from './context.ts';

const applicantFields = ['kind', 'fullName', 'idNumber', 'birth', 'sex', 'address', 'phone', 'email'] as const;

const same = (a: unknown, b: unknown): boolean => canonicalText({ value: a }) === canonicalText({ value: b });

function changedFields(before: ReceivedPersonal, after: ReceivedPersonal): CorrectedField[] {
  const fields: CorrectedField[] = applicantFields.filter((name) => !same(before.applicant[name], after.applicant[name])).map((name) => `applicant.${name}` as const);
  if (!same(before.submitter, after.submitter)) fields.push('submitter');
  if (!same(before.note, after.note)) fields.push('note');
  return fields;
}

/**
 * Data taken in wrongly is set right, with the reason; what stood before stays in the log. Errors: `dossier.erased` where the personal
 * data is gone, `dossier.nothing-changed`, and where the dossier stands.
 */
export function decideCorrection(state: DossierState, command: CorrectCommand, context: DecisionContext): Outcome<Draft[]> {
  const may = mayHappen(state, dossierKinds.corrected, 'record', rulesOf(state, ruleSetFor(context.now.at, context.catalogue.settings)));
  if (!may.ok) return may;
  const before = receivedPersonalSchema.safeParse(context.personal?.());
  if (!before.success) return fail('dossier.erased', { code: state.code });
  const papers = command.papers && !same(command.papers, state.papers) ? command.papers : undefined;
  const sets = command.sets !== undefined && command.sets !== state.sets ? command.sets : undefined;
  const fields: CorrectedField[] = [
    ...changedFields(before.data, command.personal), ...(papers ? (['papers'] as const) : []), ...(sets === undefined ? [] : (['sets'] as const)),
  ];
  if (fields.length === 0) return fail('dossier.nothing-changed', { code: state.code });
  const facts: Corrected = { ...at(context), fields, ...(papers ? { papers } : {}), ...(sets === undefined ? {} : { sets }) };
  return ok([draft(dossierKinds.corrected, state, facts, { ...command.personal, reason: command.text })]);
}

/** People settle which of two contradicting acts counts. Errors: `dossier.no-such-conflict`. */
export function decideSettlement(state: DossierState, command: SettleConflictCommand, context: DecisionContext): Outcome<Draft[]> {
  const open = mayBeActedOn(state);
  if (!open.ok) return open;
  const pair = [command.keep, command.drop].sort();
  const known = state.conflicts.some(({ kept, other }) => same([kept, other].sort(), pair));
  if (!known) return fail('dossier.no-such-conflict', { code: state.code });
  const facts: ConflictSettled = { ...at(context), kept: command.keep, dropped: [command.drop] };
  return ok([draft(dossierKinds.conflictSettled, state, facts, { reason: command.text })]);
}

/** The official code that the centre gave is noted; nothing where it is noted already. */
export function decideCodeMapping(state: DossierState, mapping: CodeMapped): Draft[] {
  return state.provisional && state.code === mapping.provisional ? [draft(dossierKinds.codeMapped, state, mapping)] : [];
}
