import { orders } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ChannelName } from '#shared/ipc/index.ts';
import type { FakeDesk, Handlers } from './fake-desk.ts';

export interface Scanned {
  readonly sha256: string;
  readonly bytes: number;
  readonly media: 'application/pdf' | 'image/jpeg' | 'image/png';
  readonly name: string;
}

type OfTheShell = Extract<ChannelName, `bundle.${string}` | `backup.${string}` | `attachment.${string}` | `receipt.${string}` | `register.${string}` | `close-sheet.${string}`>;

const notForPages = (channel: ChannelName) => (): Outcome<never> => fail('message.unknown-channel', { channel });

/** What goes through the shell: its dialogs, in which somebody chooses what the desk was given for it or closes them, and its printing. */
export function throughTheShell(desk: FakeDesk): Pick<Handlers, OfTheShell> {
  return {
    // Whoever opens a dialog chooses what `stick` holds; without one they close it.
    'bundle.export': () => {
      const { entries, bytes } = desk.sync.waiting;
      if (!desk.stick) return ok({ chosen: false });
      if (entries === 0) return fail('bundle.nothing-waits');
      return ok({ chosen: true, name: 'goi.quaygoi', folder: desk.stick.folder, entries, bytes, left: 0 });
    },
    'bundle.export-to': notForPages('bundle.export-to'),
    'bundle.read-receipt': () => {
      if (!desk.stick?.receipt) return ok({ chosen: false });
      const { at, refusals } = desk.stick.receipt;
      const marked = desk.sync.waiting.entries;
      desk.setSync({ waiting: { dossiers: 0, entries: 0, bytes: 0 } });
      return ok({ chosen: true, at, marked, waiting: 0, refusals });
    },
    'bundle.read-receipt-from': notForPages('bundle.read-receipt-from'),
    'backup.make': () => {
      const { backup } = desk.sync;
      if (backup) desk.setSync({ backup: { folder: backup.folder, sameDisk: backup.sameDisk, count: backup.count + 1, lastAt: desk.now, stale: false } });
      return ok(desk.sync);
    },
    'backup.choose-folder': () => {
      const { backup } = desk.sync;
      if (!desk.stick || !backup) return ok({ chosen: false });
      desk.setSync({ backup: { ...backup, folder: desk.stick.folder, sameDisk: false } });
      return ok({ chosen: true });
    },
    'attachment.add-from': notForPages('attachment.add-from'),
    'attachment.content': notForPages('attachment.content'),
    'attachment.add': ({ act, dossier, of, paper, note }) => {
      if (desk.scanned === undefined) return ok({ chosen: false });
      const done = desk.decide(orders.attach, orders.attach.command.parse({ act, dossier, of, paper, note, ...desk.scanned }));
      return done.ok ? ok({ ...done.value, chosen: true }) : done;
    },
    'attachment.show': ({ sha256 }) => {
      desk.shownContents.push(sha256);
      return ok({ done: true });
    },
    'backup.move-to': notForPages('backup.move-to'),
    'receipt.html': () => ok({ html: '', title: '' }),
    'receipt.print': () => ok({ file: '/in/giay-tiep-nhan.pdf', printed: desk.hasPrinter }),
    'receipt.show': () => ok({ done: true }),
    'register.html': () => ok({ html: '', title: '' }),
    'register.print': () => ok({ file: '/in/so-theo-doi.pdf', printed: desk.hasPrinter }),
    'register.show': () => ok({ done: true }),
    'close-sheet.html': () => ok({ html: '', title: '' }),
    'close-sheet.print': () => ok({ file: '/in/bien-ban-chot-ngay.pdf', printed: desk.hasPrinter }),
    'close-sheet.show': () => ok({ done: true }),
  };
}
