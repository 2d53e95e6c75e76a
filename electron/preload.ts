/** Runs before the counter's page, in a world of its own: gives it `window.desk` and nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import type { DeskBridge } from '#shared/ipc/index.ts';

const bridge: DeskBridge = {
  // As text, so that the shell can weigh it before it reads it. What comes back is checked by the page's own schemas.
  call: (name, request) => ipcRenderer.invoke('desk', name, JSON.stringify(request)),
  listen(listener) {
    const forward = (_event: unknown, event: Parameters<typeof listener>[0]): void => listener(event);
    ipcRenderer.on('desk-event', forward);
    return () => void ipcRenderer.off('desk-event', forward);
  },
};

contextBridge.exposeInMainWorld('desk', bridge);
