import { removeAllBackups } from './folder.ts';
import { backupFolders, forgetBackupFolder } from './place.ts';

/**
 * Removes the backups of an installation that goes to another agency, and forgets the folder that its administrator chose: it may be the former agency's own. A folder on a disk that is not plugged in, or cannot be written, keeps its own; that is
 * reported and does not stop the desk: they are encrypted, and a desk put back from one is told to go again.
 */
export function removeBackups(data: string, installation: string, report: (line: string) => void): void {
  for (const folder of backupFolders(data)) {
    try {
      removeAllBackups(folder, installation);
    } catch (error) {
      report(`Backups of the former agency could not be removed: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'}.`);
    }
  }
  forgetBackupFolder(data);
}
