import { app, session, type BrowserWindow } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fault, type Fault, type Outcome } from '#shared/errors/index.ts';
import type { DeskEvent, OpenMessage } from '#shared/ipc/index.ts';
import { openAttaching } from './attaching.ts';
import { openCarrying } from './carrying.ts';
import { superviseDesk, type DeskProcess } from './desk-process.ts';
import { chooseKeychain } from './development-keychain.ts';
import type { Development } from './development.ts';
import { deskForker } from './fork-desk.ts';
import { openKeychain } from './keychain.ts';
import { lockSession } from './lockdown.ts';
import { watchPower } from './power.ts';
import { openPrintFolder } from './print-folder.ts';
import { openPrinting } from './printing.ts';
import { serveScheme } from './protocol.ts';
import { relay, type Sender } from './relay.ts';

export interface CounterServiceOptions {
  /** The desk process's program. */
  readonly desk: string;
  /** The program's own folder. */
  readonly program: string;
  /** Folder of all data of this installation. */
  readonly root: string;
  readonly development: Development | undefined;
  /** The counter's window, over which dialogs open. */
  readonly window: () => BrowserWindow | undefined;
  /** Tells the counter's page. */
  readonly tell: (event: DeskEvent) => void;
  /** The desk process will not open, and trying again by itself will not help. */
  readonly onRefused: (why: Fault) => void;
  readonly report: (line: string) => void;
}

/** What stands behind the counter's window: the desk process with its key, the answers to calls, printing. */
export interface CounterService {
  /** Answers a call of a window; see {@link relay}. */
  answer(sender: Sender | undefined, name: unknown, text: unknown): Promise<Outcome<unknown>>;
  /** Starts the desk process once more after it was refused; `recover`: a damaged store is put back first. */
  retry(recover: boolean): Promise<void>;
  /** Ends the desk process in order and removes printouts. */
  close(): Promise<void>;
}

/** How often printouts are looked through for old ones, milliseconds. */
const sweepEvery = 60 * 60 * 1_000;

/** Starts the desk process. To be called once, after `ready`. */
export function openCounterService(options: CounterServiceOptions): CounterService {
  const { root, development, report } = options;
  const run = crypto.randomUUID();
  for (const folder of [root, join(root, 'data')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const prints = openPrintFolder(join(root, 'print'));
  // Nobody is signed in yet: what a killed program left behind is of no use to anybody.
  prints.clear();
  setInterval(() => prints.sweep(new Date()), sweepEvery).unref();

  const printing = openPrinting({
    session() {
      const own = session.fromPartition('print', { cache: false });
      lockSession(own);
      serveScheme(own, { made: (host, path) => (host === 'print' ? printing.page(path) : undefined) });
      return own;
    },
    folder: prints,
    ask: async (name, request) => (await desk).call(name, request),
    report,
  });

  const carrying = openCarrying({ window: options.window, ask: async (name, request) => (await desk).call(name, request) });

  const attaching = openAttaching({ window: options.window, ask: async (name, request) => (await desk).call(name, request), folder: prints, printing, report });

  const onEvent = (event: DeskEvent): void => {
    if (event.type === 'session' && event.session.signedIn === undefined) printing.forget();
    if (event.type === 'store-damaged') options.onRefused(fault('store.damaged'));
    else options.tell(event);
  };

  const startDesk = async (recover = false): Promise<DeskProcess> => {
    const { keychain, development: standIn } = chooseKeychain(await openKeychain(), root, development?.withoutKeychain === true);
    const opening: OpenMessage = {
      type: 'open',
      folder: join(root, 'data'),
      keychain: { backend: keychain.backend, available: keychain.available, allowDevelopment: standIn },
      software: app.getVersion(),
      ...(recover ? { recover: true as const } : {}),
      run,
      banners: [...(standIn ? (['development-key'] as const) : []), ...(development?.clockFile === undefined ? [] : (['injected-clock'] as const))],
      ...(development?.centre === undefined ? {} : { centre: development.centre }),
      ...(development?.clockFile === undefined ? {} : { clockFile: development.clockFile }),
      fonts: development === undefined ? join(process.resourcesPath, 'fonts') : join(options.program, 'node_modules/@fontsource/be-vietnam-pro/files'),
    };
    const process24 = join(options.program, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
    const supervised = superviseDesk({
      fork: await deskForker({ program: options.desk, node: process24, codeCache: join(root, 'window', 'desk-code') }),
      opening,
      keychain,
      after(delay, callback) {
        const timer = setTimeout(callback, delay);
        return () => clearTimeout(timer);
      },
      now: () => performance.now(),
      onEvent,
      onRefused: options.onRefused,
      report,
    });
    supervised.start();
    return supervised;
  };

  /** Damage that shows only when a page of the file is read: from there on nothing can be relied on, and the failure page leads on. */
  const damageShown = (outcome: Outcome<unknown>): Outcome<unknown> => {
    if (!outcome.ok && outcome.fault.code === 'store.damaged') options.onRefused(outcome.fault);
    return outcome;
  };

  let desk = startDesk();
  watchPower((event) => void desk.then((process) => process.tellPower(event)));

  const reportUnforeseen = (what: string, error: unknown): string => {
    const reference = crypto.randomUUID().slice(0, 8);
    report(`${reference}: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : 'no error object'}`);
    return reference;
  };

  return {
    answer: (sender, name, text) => relay(sender, name, text, {
      desk: async (channel, request) => damageShown(await (await desk).call(channel, request)),
      shell: {
        'receipt.print': (request) => printing.print('receipt.html', request),
        'receipt.show': (request) => printing.show('receipt.html', request),
        'register.print': (request) => printing.print('register.html', request),
        'register.show': (request) => printing.show('register.html', request),
        'close-sheet.print': (request) => printing.print('close-sheet.html', request),
        'close-sheet.show': (request) => printing.show('close-sheet.html', request),
        'bundle.export': () => carrying.exportBundle(),
        'bundle.read-receipt': () => carrying.readReceipt(),
        'backup.choose-folder': () => carrying.chooseBackupFolder(),
        'attachment.add': (request) => attaching.add(request),
        'attachment.show': (request) => attaching.show(request),
      },
      onAnswered(channel) {
        // Whoever comes must not find what was printed for whoever was here.
        if (channel === 'session.sign-out' || channel === 'session.sign-in') printing.forget();
      },
      report: reportUnforeseen,
    }),
    async retry(recover) {
      await (await desk).close();
      desk = startDesk(recover);
    },
    async close() {
      printing.forget();
      await (await desk).close();
    },
  };
}
