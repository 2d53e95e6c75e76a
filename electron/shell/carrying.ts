import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { channels, type ChannelName, type ResponseOf } from '#shared/ipc/index.ts';
import { windowForDialog } from './dialogs.ts';

export interface CarryingOptions {
  readonly window: () => BrowserWindow | undefined;
  /** Asks the desk process; it checks the right to do it. */
  readonly ask: (name: ChannelName, request: unknown) => Promise<Outcome<unknown>>;
}

/** Asks where a bundle goes, where a receipt is and where backups are kept: the page never names a place on the disk. */
export interface Carrying {
  exportBundle(): Promise<Outcome<ResponseOf<'bundle.export'>>>;
  readReceipt(): Promise<Outcome<ResponseOf<'bundle.read-receipt'>>>;
  chooseBackupFolder(): Promise<Outcome<ResponseOf<'backup.choose-folder'>>>;
}

export function openCarrying({ window, ask }: CarryingOptions): Carrying {
  const shown = (): Promise<Outcome<BrowserWindow>> => windowForDialog(window, () => ask('sync.view', {}));

  return {
    async exportBundle() {
      const counter = await shown();
      if (!counter.ok) return counter;
      const { canceled, filePath } = await dialog.showSaveDialog(counter.value, saveOptions(new Date()));
      if (canceled || filePath === '') return ok({ chosen: false });
      const outcome = await ask('bundle.export-to', { file: filePath });
      return outcome.ok ? ok(channels['bundle.export-to'].response.parse(outcome.value)) : outcome;
    },
    async readReceipt() {
      const counter = await shown();
      if (!counter.ok) return counter;
      const { canceled, filePaths: [file] } = await dialog.showOpenDialog(counter.value, openOptions);
      if (canceled || file === undefined) return ok({ chosen: false });
      const outcome = await ask('bundle.read-receipt-from', { file });
      return outcome.ok ? ok(channels['bundle.read-receipt-from'].response.parse(outcome.value)) : outcome;
    },
    async chooseBackupFolder() {
      const counter = await shown();
      if (!counter.ok) return counter;
      const { canceled, filePaths: [folder] } = await dialog.showOpenDialog(counter.value, { title: 'Chọn thư mục sao lưu', properties: ['openDirectory', 'createDirectory'] });
      if (canceled || folder === undefined) return ok({ chosen: false });
      const outcome = await ask('backup.move-to', { folder });
      return outcome.ok ? ok(channels['backup.move-to'].response.parse(outcome.value)) : outcome;
    },
  };
}

function saveOptions(now: Date): SaveDialogOptions {
  const two = (value: number): string => String(value).padStart(2, '0');
  const stamp = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}`;
  return {
    title: 'Ghi gói dữ liệu ra USB',
    defaultPath: `goi-du-lieu-${stamp}.quaygoi`,
    filters: [{ name: 'Gói dữ liệu của quầy', extensions: ['quaygoi'] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  };
}

const openOptions: OpenDialogOptions = {
  title: 'Chọn giấy báo nhận của trung tâm',
  filters: [{ name: 'Giấy báo nhận của trung tâm', extensions: ['quaynhan'] }],
  properties: ['openFile'],
};
