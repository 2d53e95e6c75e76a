import { ruleSetFor } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Attached } from '../acts/index.ts';
import type { AttachCommand } from '../commands.ts';
import { dossierKinds } from '../kinds.ts';
import type { DossierState } from '../state.ts';
import { at, draft, mayHappen, rulesOf, type DecisionContext, type Draft } from './context.ts';

/** A digitised paper joins the dossier. Errors: `attachment.already` where the same content is there, and where the dossier stands. */
export function decideAttachment(state: DossierState, command: AttachCommand, context: DecisionContext): Outcome<Draft[]> {
  const may = mayHappen(state, dossierKinds.attached, 'record', rulesOf(state, ruleSetFor(context.now.at, context.catalogue.settings)));
  if (!may.ok) return may;
  const { of, paper, sha256, bytes, media } = command;
  if (state.attachments.some((other) => other.sha256 === sha256)) return fail('attachment.already', { code: state.code });
  const facts: Attached = { ...at(context), of, ...(paper === undefined ? {} : { paper }), sha256, bytes, media };
  return ok([draft(dossierKinds.attached, state, facts, { name: command.name, note: command.note })]);
}
