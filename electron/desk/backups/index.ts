export { listBackups, type Backup } from './folder.ts';
export { backupRhythm, openBackupKeeper, type BackupKeeper } from './keeper.ts';
export { removeBackups } from './leaving.ts';
export { kept, ladder, type Rung } from './ladder.ts';
export { backupFolder, backupFolders } from './place.ts';
