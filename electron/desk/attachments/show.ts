import type { OpenContent } from '#db/index.ts';
import type { MediaType } from '#shared/attachment/index.ts';
import { DomainError, fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import type { SyncClient } from '../sync/client.ts';
import type { Workplace } from '../workplace.ts';

/**
 * The content of a digitised paper, for the shell to show; fetched from the centre where it is not here. Errors: `dossier.unknown`, `attachment.unknown`,
 * `attachment.not-here`, `attachment.damaged`, `attachment.no-room`, `centre.unreachable`.
 */
export async function contentOf(workplace: Workplace, sync: SyncClient, dossier: string, sha256: string): Promise<Outcome<ResponseOf<'attachment.content'>>> {
  const { files } = workplace.attachments;
  const state = workplace.store.read.dossier(dossier);
  if (!state) return fail('dossier.unknown', { code: '' });
  const attachment = state.attachments.find((one) => one.sha256 === sha256);
  if (!attachment) return fail('attachment.unknown');
  try {
    const here = await files.open(sha256);
    if (here) return ok(await whole(here, attachment.media, state.code));
    const fetched = await files.fetch(sha256, (from) => sync.fetchContent(dossier, sha256, from));
    if (!fetched.ok) return fetched;
    const now = await files.open(sha256);
    return now ? ok(await whole(now, attachment.media, state.code)) : fail('attachment.not-here');
  } catch (error) {
    if (error instanceof DomainError && error.fault.code === 'attachment.damaged') return { ok: false, fault: error.fault };
    throw error;
  }
}

async function whole(content: OpenContent, media: MediaType, code: string): Promise<ResponseOf<'attachment.content'>> {
  try {
    const bytes = await content.read(0, content.bytes);
    return { media, title: code, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64') };
  } finally {
    await content.close();
  }
}
