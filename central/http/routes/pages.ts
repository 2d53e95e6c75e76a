import { existsSync } from 'node:fs';
import { join } from 'node:path';
import files from '@fastify/static';
import type { App } from '../ports.ts';

/** What the officer's pages may load: their own files, nothing inline, nothing from elsewhere. */
export const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Serves the officer's pages (built, static) at `/province/`, if the folder is there. */
export async function pages(app: App, folder: string | undefined): Promise<void> {
  app.get('/', async (_request, reply) => reply.redirect('/province/', 302));
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) return;
  await app.register(files, {
    root: folder,
    prefix: '/province/',
    redirect: false,
    dotfiles: 'deny',
    setHeaders: (response) => {
      response.header('content-security-policy', pagePolicy);
      response.header('referrer-policy', 'no-referrer');
    },
  });
  app.get('/province', async (_request, reply) => reply.redirect('/province/', 302));
}
