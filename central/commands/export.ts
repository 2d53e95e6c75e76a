import { keyFingerprint, writeExport } from '../export/index.ts';
import { hasher } from '../keys/index.ts';
import { withFolder, type Asked } from './acting.ts';
import { printResult, type Output } from '#shared/command/index.ts';

/** `quay export`: all logs, or those named, in one file that `quay verify` reads on any machine. */
export async function exportCommand(asked: Asked & { readonly file: string; readonly logs?: readonly string[] | undefined; readonly bodies: boolean }, output: Output): Promise<void> {
  const { file, logs, bodies, software } = asked;
  await withFolder(asked, 'centre.read-logs', async (foundation) => {
    const { now, logs: count, entries, verdicts } = await writeExport(foundation, { file, logs, bodies, software });
    const fingerprint = keyFingerprint(foundation.keys.signer.publicKey, hasher);
    printResult(output, asked.json, { file, now, logs: count, entries, bodies, fingerprint, ...(verdicts ? { verdicts } : {}) }, [
      `${entries} entries of ${count} logs are in ${file}${bodies ? ', with personal data' : ', without personal data'}.`,
      `Key of the centre: ${fingerprint}`,
      ...(verdicts ? [`Verdicts: ${verdicts.count}, digest ${verdicts.sha256}`] : []),
    ]);
  });
}
