import { DomainError } from '#shared/errors/index.ts';
import { verifier } from '../keys/index.ts';
import { portalMessages, type PortalQuestion } from '../portal/index.ts';
import { withFolder, type Asked } from './acting.ts';
import type { Output } from '#shared/command/index.ts';

/**
 * `quay portal messages`: the messages for the national portal, as JSON; nothing is sent. They hold personal data, so they go to
 * standard output alone.
 */
export async function portalMessagesCommand(asked: Asked & { readonly question: PortalQuestion }, output: Output): Promise<void> {
  const { question, json } = asked;
  await withFolder(asked, 'centre.read-portal', async ({ store, keys, time }) => {
    const answer = await portalMessages({ store, now: time.read().now, centreKeys: [keys.signer.publicKey], verifier }, question);
    if (!answer) throw new DomainError('dossier.unknown', { code: 'dossier' in question ? question.dossier : '' });
    output.line(json ? JSON.stringify(answer) : JSON.stringify(answer, null, 2));
  });
}
