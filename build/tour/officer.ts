import type { z } from 'zod';
import type { Verdict } from '#shared/evidence/index.ts';
import { dossierEvidenceSchema, provincePaths, resultsSchema, type DossierEvidence, type Results } from '#shared/province/index.ts';

/** The evidence of an accepted dossier. */
export interface JudgedEvidence extends DossierEvidence {
  readonly verdict: Verdict;
}

/** What the officer of the province sees, asked as the officer's pages ask it. */
export interface Officer {
  /** Throws for a dossier that is not accepted. */
  dossier(id: string): Promise<JudgedEvidence>;
  results(from: number, to: number): Promise<Results>;
}

/** Signs in with the sample officer's name. Throws an Error with the centre's answer when it refuses. */
export async function signInOfficer(url: string, credentials: { login: string; password: string }): Promise<Officer> {
  const body = JSON.stringify({ name: credentials.login, password: credentials.password });
  const answer = await fetch(url + provincePaths.session, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`the centre does not let the officer in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const ask = async <T>(schema: z.ZodType<T>, path: string): Promise<T> => {
    const response = await fetch(url + path, { headers: { cookie } });
    if (!response.ok) throw new Error(`the centre does not answer ${path}: ${response.status} ${await response.text()}`);
    return schema.parse(await response.json());
  };
  return {
    dossier: async (id) => {
      const evidence = await ask(dossierEvidenceSchema, `${provincePaths.dossiers}/${id}`);
      if (!evidence.verdict) throw new Error(`${evidence.code} is not accepted`);
      return { ...evidence, verdict: evidence.verdict };
    },
    results: (from, to) => ask(resultsSchema, `${provincePaths.results}?from=${from}&to=${to}`),
  };
}
