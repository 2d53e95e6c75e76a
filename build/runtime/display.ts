import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A display in memory. `name` is the value for `DISPLAY`. */
export interface VirtualDisplay {
  readonly name: string;
  stop(): Promise<void>;
}

/** How long Xvfb may take to say which display it has taken. */
const startLimit = 20_000;

/** Whether windows can be shown to somebody here. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== 'linux') return true;
  return (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
}

/**
 * Starts an Xvfb of its own on the first free display number, which Xvfb chooses itself, so that several can run at once.
 * Throws an Error when it does not come up. `size` is in pixels.
 */
export async function startVirtualDisplay(size: { width: number; height: number } = { width: 1440, height: 900 }): Promise<VirtualDisplay> {
  const screen = `${size.width}x${size.height}x24`;
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const channel = child.stdio[3];
  const gone = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended at once with code ${code ?? 'none'}`)));
    setTimeout(() => reject(new Error('Xvfb did not come up')), startLimit).unref();
  });
  const number = new Promise<string>((resolve) => {
    let text = '';
    channel?.on('data', (chunk: unknown) => {
      text += String(chunk);
      if (text.includes('\n')) resolve(text.trim());
    });
  });

  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  try {
    const name = `:${await Promise.race([number, gone])}`;
    return {
      name,
      stop: async () => {
        process.off('exit', endWithUs);
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      },
    };
  } catch (error) {
    endWithUs();
    throw error;
  } finally {
    // From here on an end of Xvfb is noticed by those whose windows are on it.
    gone.catch(() => undefined);
  }
}
