import { BrowserWindow, screen, type Input, type Session, type WebContents } from 'electron';
import { join } from 'node:path';

export interface WindowOptions {
  /** The preload's bundle. */
  readonly preload: string;
  readonly icon?: string;
  readonly session: Session;
  readonly report: (line: string) => void;
}

const wanted = { width: 1366, height: 768 };
/** The paper of the look; shown until the page has drawn itself, so that nothing flashes. */
const paper = '#FBFAF7';

/** The counter's window, not yet shown and with no page in it. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const room = screen.getPrimaryDisplay().workAreaSize;
  const window = new BrowserWindow({
    width: Math.min(wanted.width, room.width),
    height: Math.min(wanted.height, room.height),
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: paper,
    title: 'Quầy Một Cửa',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      session: options.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: globalThis.__DEVELOPMENT__ === true,
    },
  });
  window.once('ready-to-show', () => window.show());
  // The window's own title stays; a page cannot pretend to be another program.
  window.on('page-title-updated', (event) => event.preventDefault());
  window.webContents.on('before-input-event', (_event, input) => zoom(window.webContents, input));
  window.webContents.on('render-process-gone', (_event, details) => {
    options.report(`The page's process ended: ${details.reason}.`);
    // What was being typed is in the drafts.
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  return window;
}

/** Zoom by keys, 80 to 200 per cent: Electron ties it to a menu, and this window has none. */
function zoom(contents: WebContents, input: Input): void {
  if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return;
  const steps = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
  const at = steps.findIndex((step) => step >= contents.getZoomFactor() - 0.01);
  const move: Readonly<Record<string, number | undefined>> = { '+': 1, '=': 1, '-': -1 };
  const by = move[input.key];
  if (input.key === '0') contents.setZoomFactor(1);
  else if (by !== undefined) contents.setZoomFactor(steps[Math.max(0, Math.min(steps.length - 1, at + by))] ?? 1);
}

/** Where the bundles lie, seen from the folder of the main bundle. */
export function bundlesBeside(folder: string): { readonly preload: string; readonly desk: string; readonly counter: string } {
  return { preload: join(folder, 'preload.cjs'), desk: join(folder, 'desk.cjs'), counter: join(folder, '..', 'renderer', 'desk') };
}
