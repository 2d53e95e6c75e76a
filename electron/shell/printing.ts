import { BrowserWindow, type Session } from 'electron';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { channels, type ParsedRequestOf, type ResponseOf } from '#shared/ipc/index.ts';
import { fold } from '#shared/vietnamese/index.ts';
import type { PrintFolder } from './print-folder.ts';
import type { MadePage } from './protocol.ts';

/** Calls that answer a page to be printed. */
export type PrintedPage = 'receipt.html' | 'register.html' | 'close-sheet.html';

export interface PrintingOptions {
  /** Makes a session of its own, in memory, with nothing but the pages of {@link Printing.page}. Asked once, when it is needed. */
  readonly session: () => Session;
  readonly folder: PrintFolder;
  /** Asks the desk process for a form, the register or the sheet of a close; it checks the right to see it. */
  readonly ask: <Name extends PrintedPage>(name: Name, request: ParsedRequestOf<Name>) => Promise<Outcome<unknown>>;
  readonly report: (line: string) => void;
}

export interface Printing {
  print<Name extends PrintedPage>(name: Name, request: ParsedRequestOf<Name>): Promise<Outcome<ResponseOf<'receipt.print'>>>;
  show<Name extends PrintedPage>(name: Name, request: ParsedRequestOf<Name>): Promise<Outcome<ResponseOf<'receipt.show'>>>;
  /** Shows a page made here, in a window like that of a receipt. */
  showPage(html: string, title: string): Promise<void>;
  /** The page that waits under a path of the host `print`. */
  page(path: string): MadePage | undefined;
  /** Closes the windows that show receipts, and removes the printouts: nobody is signed in any more. */
  forget(): void;
}

/** How long a page may take to become a PDF, milliseconds. */
const longest = 20_000;

/** Makes PDFs of forms in a hidden window that runs no script and reaches nothing (giấy tiếp nhận, các mẫu phiếu, sổ theo dõi). */
export function openPrinting(options: PrintingOptions): Printing {
  const pages = new Map<string, string>();
  const shown = new Set<BrowserWindow>();
  let session: Session | undefined;

  /** A window with the form in it; its page is forgotten as soon as it is loaded. */
  const load = async (html: string, visible: boolean, title: string): Promise<BrowserWindow> => {
    session ??= options.session();
    const path = `/${crypto.randomUUID()}`;
    pages.set(path, html);
    const window = new BrowserWindow({
      show: false,
      width: 900,
      height: 1000,
      title,
      autoHideMenuBar: true,
      backgroundColor: '#FFFFFF',
      webPreferences: { session, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, webSecurity: true, spellcheck: false, devTools: false },
    });
    try {
      await window.loadURL(`app://print${path}`);
      if (visible) window.show();
      return window;
    } catch (error) {
      window.destroy();
      throw error;
    } finally {
      pages.delete(path);
    }
  };

  const fetchPage = async <Name extends PrintedPage>(name: Name, request: ParsedRequestOf<Name>): Promise<Outcome<{ html: string; title: string }>> => {
    const outcome = await options.ask(name, request);
    return outcome.ok ? ok(channels[name].response.parse(outcome.value)) : outcome;
  };

  const showPage = async (html: string, title: string): Promise<void> => {
    const window = await load(html, true, title);
    shown.add(window);
    window.once('closed', () => shown.delete(window));
  };

  return {
    async print(name, request) {
      const form = await fetchPage(name, request);
      if (!form.ok) return form;
      const { html, title } = form.value;
      let window: BrowserWindow | undefined;
      try {
        window = await within(longest, load(html, false, title));
        const pdf = await within(longest, window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true }));
        const file = options.folder.keep(fileName(title), pdf, new Date());
        return ok({ file, printed: await toPrinter(window, options.report) });
      } catch (error) {
        options.report(`A printout failed: ${error instanceof Error ? error.message : 'unknown reason'}`);
        return fail('print.failed');
      } finally {
        window?.destroy();
      }
    },
    async show(name, request) {
      const form = await fetchPage(name, request);
      if (!form.ok) return form;
      await showPage(form.value.html, form.value.title);
      return ok({ done: true });
    },
    showPage,
    page(path) {
      const text = pages.get(path);
      return text === undefined ? undefined : { type: 'text/html; charset=utf-8', text };
    },
    forget() {
      for (const window of shown) window.destroy();
      options.folder.clear();
    },
  };
}

/** A dossier's code, official or provisional, as it stands in a form's title. */
function codeIn(title: string): string | undefined {
  return /[0-9A-Z]+(?:\.[0-9A-Z]+)*-\d{6}-\d{4,}|T-[0-9A-Z]{4}-\d{4,}/.exec(title)?.[0];
}

/** What a printout is kept under: the dossier's code, or what else the title says in plain letters; titles hold nothing personal. */
function fileName(title: string): string {
  return codeIn(title) ?? fold(title).replace(/[^a-z0-9]+/g, '-');
}

/** Sends the page to the default printer without asking; false where there is none or it refuses. */
async function toPrinter(window: BrowserWindow, report: (line: string) => void): Promise<boolean> {
  if ((await window.webContents.getPrintersAsync()).length === 0) return false;
  return await new Promise((resolve) => {
    window.webContents.print({ silent: true, printBackground: true, pageSize: 'A4' }, (printed, reason) => {
      if (!printed) report(`The printer did not take a printout: ${reason}`);
      resolve(printed);
    });
  });
}

/** The result, unless it takes longer than `limit` milliseconds. */
async function within<Result>(limit: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${limit} ms`)), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
