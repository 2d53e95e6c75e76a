import type { z } from 'zod';
import { dossierEvidenceSchema, provincePaths, resultsSchema, type DossierEvidence, type Results } from '#shared/province/index.ts';

/** What the officer of the province sees, asked as the officer's pages ask it. */
export interface Officer {
  dossier(id: string): Promise<DossierEvidence>;
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
    dossier: (id) => ask(dossierEvidenceSchema, `${provincePaths.dossiers}/${id}`),
    results: (from, to) => ask(resultsSchema, `${provincePaths.results}?from=${from}&to=${to}`),
  };
}
