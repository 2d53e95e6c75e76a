import { protocol, type ProtocolResponse, type Session } from 'electron';
import { readFile } from 'node:fs';
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
}

/**
 * Serves `app:` addresses to the pages of a session. By the older of Electron's two calls: `protocol.handle` brings in all of
 * Node's fetch first, and the first page would wait for it. It gives nothing that is needed here.
 */
export function serveScheme(session: Session, hosts: Hosts): void {
  // oxlint-disable-next-line typescript/no-deprecated -- see above
  session.protocol.registerBufferProtocol(scheme, (request, answer) => {
    const host = hostOf(request.url);
    if (host === undefined || request.method !== 'GET') return answer(notThere());
    const made = hosts.made(host, new URL(request.url).pathname);
    if (made !== undefined) return answer({ statusCode: 200, headers: headersFor(host, made.type), data: Buffer.from(made.text) });
    const file = host === 'desk' && hosts.desk !== undefined ? pageFile(hosts.desk, request.url) : undefined;
    if (file === undefined) return answer(notThere());
    readFile(file.file, (error, data) => answer(error ? notThere() : { statusCode: 200, headers: headersFor(host, file.type), data }));
  });
}

function notThere(): ProtocolResponse {
  return { statusCode: 404, headers: headersFor('failure', 'text/plain; charset=utf-8'), data: Buffer.alloc(0) };
}
