import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { DeskEvent } from '#shared/ipc/index.ts';
import { hostOf } from './addresses.ts';
import type { Sender } from './relay.ts';

/** The one channel on which windows call. */
const callChannel = 'desk';
/** The one channel on which the counter's window is told of events. */
const eventChannel = 'desk-event';

/** Hands every call to `answer`, with who sent it as it was at that moment. */
export function serveCalls(counterWindow: () => BrowserWindow | undefined, answer: (sender: Sender | undefined, name: unknown, text: unknown) => Promise<unknown>): void {
  ipcMain.handle(callChannel, (event, name: unknown, text: unknown) => answer(senderOf(event, counterWindow()), name, text));
}

function senderOf(event: IpcMainInvokeEvent, counter: BrowserWindow | undefined): Sender | undefined {
  const frame = event.senderFrame;
  if (frame === null || counter === undefined || counter.isDestroyed()) return undefined;
  return { counterWindow: event.sender === counter.webContents, mainFrame: frame === counter.webContents.mainFrame, address: frame.url };
}

/** Tells the counter's page of an event, if it is the page that is shown. */
export function sendEvent(window: BrowserWindow | undefined, event: DeskEvent): void {
  if (window === undefined || window.isDestroyed() || hostOf(window.webContents.getURL()) !== 'desk') return;
  window.webContents.send(eventChannel, event);
}
