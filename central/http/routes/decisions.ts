import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Action } from '#shared/access/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import { uuidSchema } from '#shared/log/index.ts';
import { auditRequestSchema, proposeRequestSchema, provincePaths, withdrawRequestSchema, type DossierDecisions } from '#shared/province/index.ts';
import { contentOf } from '../authenticate.ts';
import { inShape, jsonOf } from '../json.ts';
import { officerGuard } from '../officer-guard.ts';
import type { App, HttpPorts } from '../ports.ts';
import { Refused, refused } from '../refused.ts';

const dossierParams = z.object({ dossier: uuidSchema });
const proposalParams = z.object({ proposal: uuidSchema });
/** Largest proposal: 4,000 letters of why and twenty papers, bytes. */
const bodyLimit = 48 * 1024;

/** What officers decide and audit, and what waits for them: `/api/province/queue`, `…/decisions`, `…/audits`. */
export function decisionRoutes(app: App, { officers, decisions }: Pick<HttpPorts, 'officers' | 'decisions'>): void {
  const { allowed, sameSite } = officerGuard(officers);

  const shown = async (officer: string, dossier: string): Promise<DossierDecisions> => {
    const found = await decisions.ofDossier(officer, dossier);
    if (!found) throw refused('dossier.unknown', { code: dossier });
    return found;
  };
  /** Whoever may, from a page of this centre; answered with the dossier as it then stands. */
  const said = async (request: FastifyRequest, action: Action, say: (officer: string) => Promise<Outcome<string>>): Promise<DossierDecisions> => {
    sameSite(request);
    const { actor } = await allowed(request, action);
    const outcome = await say(actor.id);
    if (!outcome.ok) throw new Refused(outcome.fault);
    return shown(actor.id, outcome.value);
  };

  app.get(provincePaths.queue, async (request) => {
    const { actor } = await allowed(request, 'centre.read-results');
    return decisions.queue(actor.id);
  });

  app.get(provincePaths.queueCounts, async (request) => {
    const { actor } = await allowed(request, 'centre.read-results');
    return decisions.counts(actor.id);
  });

  app.get(`${provincePaths.dossiers}/:dossier/decisions`, async (request) => {
    const { actor } = await allowed(request, 'centre.read-results');
    return shown(actor.id, inShape(request.params, dossierParams, 'dossier').dossier);
  });

  app.post(provincePaths.decisions, { bodyLimit }, (request) => said(request, 'centre.decide', (officer) => (
    decisions.propose(officer, jsonOf(contentOf(request), proposeRequestSchema, 'proposal'))
  )));

  app.post(`${provincePaths.decisions}/:proposal/confirm`, { bodyLimit }, (request) => said(request, 'centre.decide', (officer) => (
    decisions.confirm(officer, inShape(request.params, proposalParams, 'proposal').proposal)
  )));

  app.post(`${provincePaths.decisions}/:proposal/withdraw`, { bodyLimit }, (request) => said(request, 'centre.decide', (officer) => {
    const { why } = jsonOf(contentOf(request), withdrawRequestSchema, 'withdrawal');
    return decisions.withdraw(officer, inShape(request.params, proposalParams, 'proposal').proposal, why);
  }));

  app.post(provincePaths.audits, { bodyLimit }, (request) => said(request, 'centre.audit', (officer) => (
    decisions.audit(officer, jsonOf(contentOf(request), auditRequestSchema, 'audit'))
  )));
}
