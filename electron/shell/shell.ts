import { app, session, type BrowserWindow } from 'electron';
import type { Fault } from '#shared/errors/index.ts';
import { counterAddress, failureAddress, hostOf, recoverAddress, retryAddress, type Host } from './addresses.ts';
import { sendEvent, serveCalls } from './calls.ts';
import type { CounterService } from './counter-service.ts';
import type { Development } from './development.ts';
import { lockContents, lockSession } from './lockdown.ts';
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
  /** Opens the window, and then what stands behind it. To be called once, after `ready`. */
  open(): Promise<void>;
  /** Reports what nobody foresaw, and shows that the program cannot go on. */
  fail(error: unknown): void;
  /** Brings the window to the front. */
  focus(): void;
  /** Ends the desk process in order and removes printouts. */
  close(): Promise<void>;
}

/** Chromium's number for a page given up because another was asked for (net::ERR_ABORTED). */
const loadAborted = -3;

/**
 * The window comes first and by itself: whatever it does not need to take keys (schemas, keychain, the desk process,
 * printing) is loaded and started once its page is drawn. Started side by side, on a machine of two cores, they keep each
 * other waiting, and the clerk waits for both (`npm run bench -- window`).
 */
export function createShell(options: ShellOptions): Shell {
  const { report } = options;
  const bundles = bundlesBeside(options.bundles);
  // The page calls as soon as it has drawn itself. It is told at the latest when it is loaded, or cannot be.
  const pageDrawn = Promise.withResolvers<void>();
  let window: BrowserWindow | undefined;
  let service: Promise<CounterService> | undefined;
  /** The pages of the host `failure`, by path; none while nothing failed. */
  let failure: ReadonlyMap<string, MadePage> | undefined;

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

  const refuse = async (why: Fault): Promise<void> => {
    report(`Stopped: ${why.code}`);
    const { failurePage, failureStyle } = await import('./errors-page.ts');
    failure = new Map([['/', failurePage(why, app.getVersion())], ['/style.css', failureStyle]]);
    await show(failureAddress);
  };

  const refuseUnforeseen = async (reference: string): Promise<void> => {
    const { fault } = await import('#shared/errors/index.ts');
    await refuse(fault('internal.unexpected', { reference }));
  };

  const retry = async (recover: boolean): Promise<void> => {
    failure = undefined;
    await (await service)?.retry(recover);
    await show(counterAddress);
  };

  const failureHost = (host: Host, path: string): MadePage | undefined => (host === 'failure' ? failure?.get(path) : undefined);

  const startService = async (): Promise<CounterService> => {
    await pageDrawn.promise;
    const { openCounterService } = await import('./counter-service.ts');
    return openCounterService({
      desk: bundles.desk, program: options.program, root: options.root, development: options.development, report,
      window: () => window,
      tell: (event) => sendEvent(window, event),
      onRefused: (why) => void refuse(why),
    });
  };

  return {
    async open() {
      lockContents((contents, address) => {
        if (window !== undefined && contents === window.webContents && hostOf(contents.getURL()) === 'failure' && (address === retryAddress || address === recoverAddress)) void retry(address === recoverAddress);
      });
      const counterSession = session.fromPartition('persist:counter', { cache: false });
      lockSession(counterSession);
      serveScheme(counterSession, { desk: bundles.counter, made: failureHost });
      window = openWindow({ preload: bundles.preload, session: counterSession, report });
      const started = startService();
      service = started;
      serveCalls(() => window, async (sender, name, text) => {
        pageDrawn.resolve();
        return (await started).answer(sender, name, text);
      });
      const shown = show(counterAddress).finally(pageDrawn.resolve);
      await Promise.all([shown, started]);
    },
    fail(error) {
      report(`unforeseen: ${error instanceof Error ? (error.stack ?? error.message) : 'no error object'}`);
      void refuseUnforeseen(error instanceof Error ? error.name : 'unknown');
    },
    focus() {
      if (window === undefined || window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    async close() {
      pageDrawn.resolve();
      await (await service)?.close();
    },
  };
}
