import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { uuidSchema } from '#shared/log/index.ts';
import { provincePaths, resultsRequestSchema, signInRequestSchema, type OfficerSession } from '#shared/province/index.ts';
import { latestCatalogue } from '../../catalogue/index.ts';
import { sessionLifetime, type SignedIn } from '../../officers/index.ts';
import type { App, HttpPorts } from '../ports.ts';
import { contentOf } from '../authenticate.ts';
import { inShape, jsonOf } from '../json.ts';
import { Refused, refused } from '../refused.ts';
import { officerGuard } from '../officer-guard.ts';
import { sessionToken, setSessionToken } from '../session-cookie.ts';
import { decisionRoutes } from './decisions.ts';
import { jsonLimit } from './desk.ts';
import { ticketRoutes } from './tickets.ts';

const wholeNumber = z.string().regex(/^-?\d{1,15}$/).transform(Number);
const periodQuery = z.object({ from: wholeNumber, to: wholeNumber, now: wholeNumber.optional() });
const nowQuery = z.object({ now: wholeNumber.optional() });
const dossierParams = z.object({ dossier: uuidSchema });

/** The calls of the officer's pages, `/api/province/…`, behind a session. */
export function officerRoutes(app: App, ports: HttpPorts): void {
  const { officers, reports } = ports;

  const { signedIn, allowed, sameSite } = officerGuard(officers);
  const keep = (reply: FastifyReply, token: string): FastifyReply =>
    setSessionToken(reply, token, sessionLifetime / 1000, ports.secure);
  const described = async ({ officer, actor }: SignedIn): Promise<OfficerSession> => {
    const catalogue = await latestCatalogue(ports.store);
    return { name: officer.name, roles: [...actor.roles], provinceName: catalogue?.province.name ?? '', now: ports.time.read().now, banners: [...ports.banners] };
  };

  app.get(provincePaths.session, async (request) => described(await signedIn(request)));

  app.post(provincePaths.session, { bodyLimit: jsonLimit, config: { rateLimit: { max: 30, timeWindow: 60_000 } } }, async (request, reply) => {
    sameSite(request);
    const asked = jsonOf(contentOf(request), signInRequestSchema, 'sign-in');
    const answer = 'token' in asked ? await officers.acceptInvitation(asked.token) : await officers.signIn(asked.name, asked.password);
    if (!answer.ok) throw new Refused(answer.fault, answer.fault.code === 'officer.throttled' ? { retryAfter: Number(answer.fault.params['seconds']) } : {});
    return keep(reply, answer.value.token).send(await described(answer.value.signedIn));
  });

  app.delete(provincePaths.session, async (request, reply) => {
    sameSite(request);
    const token = sessionToken(request);
    if (token !== undefined) await officers.signOut(token);
    return setSessionToken(reply, '', 0, ports.secure).code(204).send();
  });

  app.get(provincePaths.results, async (request) => {
    await allowed(request, 'centre.read-results');
    const query = inShape(request.query, periodQuery, 'results');
    return reports.results(inShape(query, resultsRequestSchema, 'results'));
  });

  app.get(provincePaths.desks, async (request) => {
    await allowed(request, 'centre.read-desks');
    return reports.desks(inShape(request.query, nowQuery, 'desks'));
  });

  app.get(`${provincePaths.dossiers}/:dossier`, async (request) => {
    await allowed(request, 'centre.read-results');
    const { dossier } = inShape(request.params, dossierParams, 'dossier');
    const evidence = await reports.dossier(dossier, inShape(request.query, nowQuery, 'dossier'));
    if (!evidence) throw refused('dossier.unknown', { code: dossier });
    return evidence;
  });

  decisionRoutes(app, ports);
  ticketRoutes(app, ports);
}
