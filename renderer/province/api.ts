import { z } from 'zod';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import {
  desksSchema, dossierEvidenceSchema, officerSessionSchema, provincePaths, resultsSchema,
  type Desks, type DossierEvidence, type OfficerSession, type Results, type SignInRequest,
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

/** The centre behind this page. */
export const api: ProvinceApi = {
  session: () => ask(officerSessionSchema, provincePaths.session),
  signIn: (request) => ask(officerSessionSchema, provincePaths.session, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) }),
  signOut: () => ask(z.unknown(), provincePaths.session, { method: 'DELETE' }),
  results: ({ from, to }) => ask(resultsSchema, `${provincePaths.results}?${new URLSearchParams({ from: String(from), to: String(to) }).toString()}`),
  desks: () => ask(desksSchema, provincePaths.desks),
  dossier: (id) => ask(dossierEvidenceSchema, `${provincePaths.dossiers}/${encodeURIComponent(id)}`),
};
