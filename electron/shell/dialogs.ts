import type { BrowserWindow } from 'electron';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';

/** The window over which a dialog opens. Nobody who may not is shown the folders of this computer: `may` is asked first, of the desk process. */
export async function windowForDialog(window: () => BrowserWindow | undefined, may: () => Promise<Outcome<unknown>>): Promise<Outcome<BrowserWindow>> {
  const allowed = await may();
  if (!allowed.ok) return allowed;
  const counter = window();
  return counter === undefined || counter.isDestroyed() ? fail('desk.unavailable') : ok(counter);
}
