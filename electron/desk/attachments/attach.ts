import { basename } from 'node:path';
import type { Staff } from '#shared/catalogue/index.ts';
import { orders } from '#shared/dossier/index.ts';
import { fail, type Outcome } from '#shared/errors/index.ts';
import type { ParsedRequestOf, RecordedAct } from '#shared/ipc/index.ts';
import { recordOrder } from '../record.ts';
import { enrolled, type Workplace } from '../workplace.ts';

/**
 * Attaches a file that a person chose: its content is durable before the entry that names it. Cut off in between, nothing is recorded, and the content is
 * tidied away later. Errors: `dossier.unknown`, those of taking a file in, those of recording.
 */
export async function attachFile(workplace: Workplace, staff: Staff, { file, ...command }: ParsedRequestOf<'attachment.add-from'>): Promise<Outcome<RecordedAct>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  // Whether it can be at all is asked before minutes of scanning are read and sealed.
  if (!workplace.store.read.dossier(command.dossier)) return fail('dossier.unknown', { code: '' });
  await workplace.attachments.ready;
  const taken = await workplace.attachments.files.take(file);
  if (!taken.ok) return taken;
  return recordOrder(workplace, staff.id, orders.attach, { ...command, ...taken.value, name: basename(file).normalize('NFC').slice(0, 255) });
}
