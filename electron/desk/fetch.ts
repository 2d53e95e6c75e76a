import { parseDossierCode, type Staff } from '#shared/catalogue/index.ts';
import { fail, type Outcome } from '#shared/errors/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { classifyScan } from '#shared/vietnamese/index.ts';
import { viewDossierByCode } from './dossier-view.ts';
import type { SyncClient } from './sync/client.ts';
import type { Workplace } from './workplace.ts';

/**
 * Fetches a dossier that is not here from the centre, by its code as typed or scanned. Only what has a code's own shape
 * leaves the desk: what was typed in a wrong field may be personal. Errors: `dossier.unknown`, `centre.unreachable`, the
 * centre's, the store's.
 */
export async function fetchDossier(workplace: Workplace, sync: SyncClient, text: string, staff: Staff): Promise<Outcome<DossierView>> {
  const scan = classifyScan(text);
  const code = parseDossierCode(scan.kind === 'dossierCode' ? scan.code : text)?.code;
  if (code === undefined) return fail('dossier.unknown', { code: '' });
  const fetched = await sync.fetch(code);
  return fetched.ok ? viewDossierByCode(workplace, code, staff) : fetched;
}
