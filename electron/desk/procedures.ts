import { procedureInForce, type Catalogue, type Procedure } from '#shared/catalogue/index.ts';
import { civil, dueDate, explain } from '#shared/deadline/index.ts';
import { reckoningToday } from '#shared/dossier/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { searchProcedures } from './procedure-search.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** How many procedures a search shows. */
const proceduresShown = 30;

/** Every procedure in force on a civil date, in the version that is. */
export function proceduresInForce(catalogue: Catalogue, civilDate: string): readonly Procedure[] {
  return [...new Set(catalogue.procedures.map(({ code }) => code))].flatMap((code) => {
    const found = procedureInForce(catalogue, code, civilDate);
    return found.ok ? [found.value] : [];
  });
}

/** Procedures in force today, as typed. Error: `enrol.required`. */
export function findProcedures(workplace: Workplace, text: string): Outcome<ResponseOf<'procedure.search'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const inForce = proceduresInForce(desk.value.catalogue, civil(workplace.time.best()).date);
  return ok({ procedures: searchProcedures(inForce, text, proceduresShown) });
}

/** The due date as it would stand if the dossier were accepted now. Errors: `procedure.*`, `calendar.missing`, `clock.confirm-needed`, `enrol.required`. */
export function previewReception(workplace: Workplace, code: string): Outcome<ResponseOf<'reception.preview'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const now = workplace.time.now();
  if (!now.ok) return now;
  const reckoning = reckoningToday({ catalogue: desk.value.catalogue, now: now.value }, code);
  if (!reckoning.ok) return reckoning;
  const { procedure, calendar, settings } = reckoning.value;
  const due = dueDate({ acceptedAt: now.value.at, term: procedure.term, calendar, settings });
  return due.ok ? ok({ procedure, due: due.value, explanation: explain(due.value, 'vi'), acceptedAt: now.value.at }) : due;
}
