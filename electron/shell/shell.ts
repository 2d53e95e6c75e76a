import { app, session, type BrowserWindow } from 'electron';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '#shared/errors/index.ts';
import type { DeskEvent, OpenMessage } from '#shared/ipc/index.ts';
import { counterAddress, failureAddress, hostOf, retryAddress, type Host } from './addresses.ts';
import { sendEvent, serveCalls } from './calls.ts';
import { superviseDesk, type DeskProcess } from './desk-process.ts';
import { chooseKeychain } from './development-keychain.ts';
import type { Development } from './development.ts';
import { failurePage, failureStyle } from './errors-page.ts';
import { deskForker } from './fork-desk.ts';
import { openKeychain } from './keychain.ts';
import { lockContents, lockSession } from './lockdown.ts';
import { watchPower } from './power.ts';
import { openPrintFolder } from './print-folder.ts';
import { openPrinting, type Printing } from './printing.ts';
import { serveScheme, type MadePage } from './protocol.ts';
import { bundlesBeside, openWindow } from './window.ts';

export interface ShellOptions {
  /** Folder of the main bundle. */
  readonly bundles: string;
  /** The program's own folder. */
  readonly program: string;
  /** Folder of all data of this installation. */
  readonly root: string;
  readonly development: Development | undefined;
  readonly report: (line: string) => void;
}

export interface Shell {
  /** Opens the window and the desk process, side by side. To be called once, after `ready`. */
  open(): Promise<void>;
  /** Shows why the program cannot go on. */
  fail(why: Fault): void;
  /** Brings the window to the front. */
  focus(): void;
  /** Ends the desk process in order and removes printouts. */
  close(): Promise<void>;
}

/** Chromium's number for a page given up because another was asked for (net::ERR_ABORTED). */
const loadAborted = -3;
/** How often printouts are looked through for old ones, milliseconds. */
const sweepEvery = 60 * 60 * 1_000;

export function createShell(options: ShellOptions): Shell {
  const { root, development, report } = options;
  const bundles = bundlesBeside(options.bundles);
  const prints = openPrintFolder(join(root, 'print'));
  const run = randomUUID();
  let window: BrowserWindow | undefined;
  let printing: Printing | undefined;
  let desk: Promise<DeskProcess> | undefined;
  let failure: Fault | undefined;

  const show = async (address: string): Promise<void> => {
    if (window === undefined || window.isDestroyed()) return;
    try {
      await window.loadURL(address);
    } catch (error) {
      // Another page was asked for before this one was there, or the window was closed.
      if (error instanceof Error && 'errno' in error && error.errno === loadAborted) return;
      throw error;
    }
  };

  const refuse = (why: Fault): void => {
    report(`Stopped: ${why.code}`);
    failure = why;
    void show(failureAddress);
  };

  const onEvent = (event: DeskEvent): void => {
    if (event.type === 'session' && event.session.signedIn === undefined) printing?.forget();
    sendEvent(window, event);
  };

  const startDesk = async (): Promise<DeskProcess> => {
    const { keychain, development: standIn } = chooseKeychain(await openKeychain(), root, development?.withoutKeychain === true);
    const opening: OpenMessage = {
      type: 'open',
      folder: join(root, 'data'),
      keychain: { backend: keychain.backend, available: keychain.available, allowDevelopment: standIn },
      software: app.getVersion(),
      run,
      banners: [...(standIn ? (['development-key'] as const) : []), ...(development?.clockFile === undefined ? [] : (['injected-clock'] as const))],
      ...(development?.centre === undefined ? {} : { centre: development.centre }),
      ...(development?.clockFile === undefined ? {} : { clockFile: development.clockFile }),
      fonts: development === undefined ? join(process.resourcesPath, 'fonts') : join(options.program, 'node_modules/@fontsource/be-vietnam-pro/files'),
    };
    const process24 = join(options.program, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
    const supervised = superviseDesk({
      fork: deskForker({ program: bundles.desk, node: process24, codeCache: join(root, 'window', 'desk-code') }),
      opening,
      keychain,
      after(delay, callback) {
        const timer = setTimeout(callback, delay);
        return () => clearTimeout(timer);
      },
      now: () => performance.now(),
      onEvent,
      onRefused: refuse,
      report,
    });
    supervised.start();
    return supervised;
  };

  const retry = async (): Promise<void> => {
    failure = undefined;
    await (await desk)?.close();
    desk = startDesk();
    await show(counterAddress);
  };

  const failureHost = (host: Host, path: string): MadePage | undefined => {
    if (host !== 'failure') return undefined;
    if (path === '/style.css') return failureStyle;
    return path === '/' && failure !== undefined ? failurePage(failure, app.getVersion()) : undefined;
  };

  return {
    async open() {
      for (const folder of [root, join(root, 'data')]) mkdirSync(folder, { recursive: true, mode: 0o700 });
      // Nobody is signed in yet: what a killed program left behind is of no use to anybody.
      prints.clear();
      setInterval(() => prints.sweep(new Date()), sweepEvery).unref();

      lockContents((contents, address) => {
        if (window !== undefined && contents === window.webContents && hostOf(contents.getURL()) === 'failure' && address === retryAddress) void retry();
      });
      const counterSession = session.fromPartition('persist:counter', { cache: false });
      const printSession = session.fromPartition('print', { cache: false });
      lockSession(counterSession);
      lockSession(printSession);
      const receipts = openPrinting({ session: printSession, folder: prints, ask: async (name, request) => (await started()).call(name, request), report });
      printing = receipts;
      serveScheme(counterSession, { desk: bundles.counter, made: failureHost });
      serveScheme(printSession, { made: (host, path) => (host === 'print' ? receipts.page(path) : undefined) });

      desk = startDesk();
      window = openWindow({ preload: bundles.preload, session: counterSession, report });
      serveCalls(() => window, {
        desk: async (name, request) => (await started()).call(name, request),
        shell: {
          'receipt.print': (request) => receipts.print('receipt.html', request),
          'receipt.show': (request) => receipts.show('receipt.html', request),
          'register.print': (request) => receipts.print('register.html', request),
          'register.show': (request) => receipts.show('register.html', request),
        },
        onAnswered: (name) => {
          if (name === 'session.sign-out') receipts.forget();
        },
        report: reportUnforeseen,
      });
      watchPower((event) => void started().then((process) => process.tellPower(event)));
      await Promise.all([show(counterAddress), desk]);
    },
    fail: refuse,
    focus() {
      if (window === undefined || window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    async close() {
      printing?.forget();
      await (await desk)?.close();
    },
  };

  async function started(): Promise<DeskProcess> {
    if (desk === undefined) throw new Error('the desk process is not asked for yet');
    return await desk;
  }

  function reportUnforeseen(what: string, error: unknown): string {
    const reference = randomUUID().slice(0, 8);
    report(`${reference}: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : 'no error object'}`);
    return reference;
  }
}
