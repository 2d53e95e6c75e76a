import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { channels, type ChannelName, type ParsedRequestOf, type ResponseOf } from '#shared/ipc/index.ts';
import { windowForDialog } from './dialogs.ts';
import type { PrintFolder } from './print-folder.ts';
import type { Printing } from './printing.ts';

export interface AttachingOptions {
  readonly window: () => BrowserWindow | undefined;
  /** Asks the desk process; it checks the right to do it. */
  readonly ask: (name: ChannelName, request: unknown) => Promise<Outcome<unknown>>;
  readonly folder: PrintFolder;
  readonly printing: Printing;
  readonly report: (line: string) => void;
}

/** Digitised papers: asks for the file of a new one, and shows those there are. The page never names a place on the disk. */
export interface Attaching {
  add(request: ParsedRequestOf<'attachment.add'>): Promise<Outcome<ResponseOf<'attachment.add'>>>;
  show(request: ParsedRequestOf<'attachment.show'>): Promise<Outcome<ResponseOf<'attachment.show'>>>;
}

export function openAttaching({ window, ask, folder, printing, report }: AttachingOptions): Attaching {
  return {
    async add(request) {
      const counter = await windowForDialog(window, async () => {
        const asked = await ask('dossier.get', { dossier: request.dossier });
        if (!asked.ok) return asked;
        return channels['dossier.get'].response.parse(asked.value).possible.includes('attach') ? asked : fail('access.denied');
      });
      if (!counter.ok) return counter;
      const { canceled, filePaths: [file] } = await dialog.showOpenDialog(counter.value, openOptions);
      if (canceled || file === undefined) return ok({ chosen: false });
      const outcome = await ask('attachment.add-from', { ...request, file });
      return outcome.ok ? ok({ ...channels['attachment.add-from'].response.parse(outcome.value), chosen: true }) : outcome;
    },
    async show(request) {
      const outcome = await ask('attachment.content', request);
      if (!outcome.ok) return outcome;
      const { media, title, base64 } = channels['attachment.content'].response.parse(outcome.value);
      if (media !== 'application/pdf') {
        await printing.showPage(`<!doctype html><html lang="vi"><meta charset="utf-8"><title>${title.replaceAll(/[<>&]/g, '')}</title><style>body{margin:0;background:#fff}img{display:block;max-width:100%;margin:0 auto}</style><img alt="" src="data:${media};base64,${base64}"></html>`, title);
        return ok({ done: true });
      }
      // The system's own viewer reads files only. This one goes like a printout: when the clerk signs out, at the latest after a day.
      const why = await shell.openPath(folder.keep(title, Buffer.from(base64, 'base64'), new Date()));
      if (why === '') return ok({ done: true });
      report(`A digitised paper was not shown: ${why}`);
      return fail('attachment.no-viewer');
    },
  };
}

const openOptions: OpenDialogOptions = {
  title: 'Chọn bản quét để đính kèm',
  filters: [{ name: 'Bản quét (PDF, JPEG, PNG)', extensions: ['pdf', 'jpg', 'jpeg', 'png'] }],
  properties: ['openFile'],
};
