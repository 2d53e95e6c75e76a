import { printResult, type Output } from '#shared/command/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { eraseDossier } from '../erasure/index.ts';
import type { CentreReader } from '../store/index.ts';
import { withFolder, type Asked } from './acting.ts';

/** A dossier by its id, or by a code that only one dossier has. */
export type DossierQuestion = { readonly dossier: string } | { readonly code: string };

/** `quay central erase`: erases the personal data of a finished dossier by a decision. */
export async function eraseCommand(asked: Asked & { readonly question: DossierQuestion; readonly authority: string }, output: Output): Promise<void> {
  await withFolder(asked, 'centre.erase', async (foundation) => {
    const dossier = await dossierOf(foundation.store, asked.question);
    const done = await eraseDossier(foundation, { dossier, authority: asked.authority });
    if (!done.ok) throw new DomainError(done.fault.code, done.fault.params);
    const { bodies, contents, cleansed } = done.value;
    printResult(output, asked.json, done.value, [
      `${dossier}: ${bodies} sealed bodies and ${contents} digitised papers erased. The desks concerned erase theirs at their next contact.`,
      ...(cleansed ? [] : ['Somebody was reading the database: give the command once more, so that nothing is left in its files either.']),
    ]);
  });
}

async function dossierOf(store: CentreReader, question: DossierQuestion): Promise<string> {
  if ('dossier' in question) return question.dossier;
  const [found, ...others] = await store.dossiersOfCode(question.code);
  if (found === undefined || others.length > 0) throw new DomainError('dossier.unknown', { code: question.code });
  return found;
}
