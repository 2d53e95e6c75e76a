/** The shell of the desk app: the order in which it starts and ends. What each step does stands in `shell/`. */
import { app, Menu } from 'electron';
import { join } from 'node:path';
import { createShell, operatorLog, readDevelopment, registerScheme } from './shell/index.ts';

const development = readDevelopment(process.env);
const root = development?.dataFolder ?? join(app.getPath('appData'), 'quay-mot-cua');

// Chromium's own files apart from the desk's; Windows keeps the key of its keychain in `userData`, so that stays.
app.setPath('userData', root);
app.setPath('sessionData', join(root, 'window'));
// As root, which only development does, Chromium starts without its sandbox or not at all.
if (!(development !== undefined && app.commandLine.hasSwitch('no-sandbox'))) app.enableSandbox();

const report = operatorLog(join(root, 'log'));
const shell = createShell({ bundles: import.meta.dirname, program: app.getAppPath(), root, development, report });

process.on('uncaughtException', (error) => shell.fail(error));
process.on('unhandledRejection', (error) => shell.fail(error));

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  registerScheme();
  Menu.setApplicationMenu(null);
  app.on('second-instance', () => shell.focus());
  app.on('window-all-closed', () => app.quit());

  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void shell.close().finally(() => {
      closed = true;
      // A quit asked for while this event is still being told would be lost.
      setImmediate(() => app.quit());
    });
  });
  void app.whenReady().then(() => shell.open());
}
