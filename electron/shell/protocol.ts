import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { hostOf, scheme, type Host } from './addresses.ts';
import { headersFor } from './headers.ts';
import { pageFile } from './page-files.ts';

/** To be called before `ready`: makes `app:` addresses origins like those of the web, with nothing more. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, codeCache: true } }]);
}

/** A page that stands in no file. */
export interface MadePage {
  readonly type: string;
  readonly text: string;
}

export interface Hosts {
  /** Folder of the counter's page. */
  readonly desk?: string;
  /** Pages made here, by path. */
  readonly made: (host: Host, path: string) => MadePage | undefined;
  /** Told of every file that was served, by its path. */
  readonly onServed?: (path: string) => void;
}

/** Serves `app:` addresses to the pages of a session. */
export function serveScheme(session: Session, hosts: Hosts): void {
  session.protocol.handle(scheme, async (request) => {
    const host = hostOf(request.url);
    if (host === undefined || request.method !== 'GET') return notThere();
    const made = hosts.made(host, new URL(request.url).pathname);
    if (made !== undefined) return new Response(made.text, { headers: headersFor(host, made.type) });
    const file = host === 'desk' && hosts.desk !== undefined ? pageFile(hosts.desk, request.url) : undefined;
    if (file === undefined) return notThere();
    try {
      const response = new Response(new Uint8Array(await readFile(file.file)), { headers: headersFor(host, file.type) });
      hosts.onServed?.(file.file);
      return response;
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return notThere();
      throw error;
    }
  });
}

function notThere(): Response {
  return new Response('', { status: 404, headers: headersFor('failure', 'text/plain; charset=utf-8') });
}
