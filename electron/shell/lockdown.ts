import { app, type Session, type WebContents } from 'electron';
import { hostOf } from './addresses.ts';

/**
 * Takes from every page what Electron's security list says a page should not have: other addresses, new windows, embedded
 * pages. To be called before the first window. `onFollowed` hears which link
 * was followed in vain, so that the shell can answer it itself.
 */
export function lockContents(onFollowed: (contents: WebContents, address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (details) => details.preventDefault());
    // Told of every frame, and before the one above, which then is not told any more.
    contents.on('will-frame-navigate', (details) => {
      details.preventDefault();
      if (details.isMainFrame) onFollowed(contents, details.url);
    });
    contents.on('will-redirect', (details) => details.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Takes every permission, every device and the whole network from the pages of a session: all they need is in the program. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isInside(details.url) }));
  session.setSpellCheckerEnabled(false);
}

function isInside(address: string): boolean {
  if (hostOf(address) !== undefined || address.startsWith('data:')) return true;
  return globalThis.__DEVELOPMENT__ === true && address.startsWith('devtools:');
}
