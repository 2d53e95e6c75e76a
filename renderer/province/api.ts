import { z } from 'zod';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import {
  desksSchema, dossierDecisionsSchema, ticketsSchema, dossierEvidenceSchema, officerSessionSchema, provincePaths, queueCountsSchema, queueSchema, resultsSchema, takenBundleSchema,
  type AuditRequest, type Desks, type DossierDecisions, type DossierEvidence, type OfficerSession, type ProposeRequest, type Queue, type QueueCounts, type Results,
  type SignInRequest, type TakenBundleView, type TicketRequest, type Tickets,
} from '#shared/province/index.ts';
import { problemSchema } from '#shared/sync/index.ts';

/** What the officer's pages ask of the centre. Every answer is parsed; nothing is kept between calls. */
export interface ProvinceApi {
  session(): Promise<Outcome<OfficerSession>>;
  signIn(request: SignInRequest): Promise<Outcome<OfficerSession>>;
  signOut(): Promise<Outcome<unknown>>;
  /** Dossiers accepted from `from` up to before `to`, milliseconds. */
  results(period: { from: number; to: number }): Promise<Outcome<Results>>;
  desks(): Promise<Outcome<Desks>>;
  dossier(id: string): Promise<Outcome<DossierEvidence>>;
  queue(): Promise<Outcome<Queue>>;
  counts(): Promise<Outcome<QueueCounts>>;
  /** What people said about a dossier; so answer the calls that say something, as it then stands. */
  decisions(dossier: string): Promise<Outcome<DossierDecisions>>;
  propose(request: ProposeRequest): Promise<Outcome<DossierDecisions>>;
  confirm(proposal: string): Promise<Outcome<DossierDecisions>>;
  withdraw(proposal: string, why: string): Promise<Outcome<DossierDecisions>>;
  audit(request: AuditRequest): Promise<Outcome<DossierDecisions>>;
  /** Operators' tickets; the calls that say something answer them as they then stand. */
  tickets(): Promise<Outcome<Tickets>>;
  recordTicket(request: TicketRequest): Promise<Outcome<Tickets>>;
  withdrawTicket(ticket: string): Promise<Outcome<Tickets>>;
  /** Takes in a bundle that a desk sent by USB. */
  takeBundle(file: Blob): Promise<Outcome<TakenBundleView>>;
}

async function ask<T>(schema: z.ZodType<T>, path: string, init: RequestInit = {}): Promise<Outcome<T>> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch {
    return fail('centre.unreachable');
  }
  const text = await response.text().catch(() => '');
  const body = asJson(text);
  if (!response.ok) {
    const problem = problemSchema.safeParse(body);
    return problem.success ? { ok: false, fault: problem.data.fault } : fail('message.malformed', { where: path });
  }
  const parsed = schema.safeParse(body);
  return parsed.success ? ok(parsed.data) : fail('message.malformed', { where: path });
}

/** An empty answer (204) and one that is not JSON are both `undefined`: the schema then says whether that is right. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function post(value: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** The centre behind this page. */
export const api: ProvinceApi = {
  session: () => ask(officerSessionSchema, provincePaths.session),
  signIn: (request) => ask(officerSessionSchema, provincePaths.session, post(request)),
  signOut: () => ask(z.unknown(), provincePaths.session, { method: 'DELETE' }),
  results: ({ from, to }) => ask(resultsSchema, `${provincePaths.results}?${new URLSearchParams({ from: String(from), to: String(to) }).toString()}`),
  desks: () => ask(desksSchema, provincePaths.desks),
  dossier: (id) => ask(dossierEvidenceSchema, `${provincePaths.dossiers}/${encodeURIComponent(id)}`),
  queue: () => ask(queueSchema, provincePaths.queue),
  counts: () => ask(queueCountsSchema, provincePaths.queueCounts),
  decisions: (dossier) => ask(dossierDecisionsSchema, `${provincePaths.dossiers}/${encodeURIComponent(dossier)}/decisions`),
  propose: (request) => ask(dossierDecisionsSchema, provincePaths.decisions, post(request)),
  confirm: (proposal) => ask(dossierDecisionsSchema, `${provincePaths.decisions}/${proposal}/confirm`, post({})),
  withdraw: (proposal, why) => ask(dossierDecisionsSchema, `${provincePaths.decisions}/${proposal}/withdraw`, post({ why })),
  takeBundle: (file) => ask(takenBundleSchema, provincePaths.bundles, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file }),
  audit: (request) => ask(dossierDecisionsSchema, provincePaths.audits, post(request)),
  tickets: () => ask(ticketsSchema, provincePaths.tickets),
  recordTicket: (request) => ask(ticketsSchema, provincePaths.tickets, post(request)),
  withdrawTicket: (ticket) => ask(ticketsSchema, `${provincePaths.tickets}/${ticket}/withdraw`, post({})),
};
