import type { Foundation } from './foundation.ts';
import type { ProvinceReports } from './http/index.ts';

/** The officer's reports over an open centre. */
export function provinceReports(_foundation: Foundation): ProvinceReports {
  const missing = (): Promise<never> => Promise.reject(new Error('the reports are not there yet'));
  return { results: missing, desks: missing, dossier: missing };
}
