import { openStages, type Applicant } from '#shared/dossier/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { procedureInForce } from '#shared/catalogue/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ScanResult } from '#shared/ipc/index.ts';
import { classifyScan, type CitizenCard } from '#shared/vietnamese/index.ts';
import { dossierLines } from './lines.ts';
import { proceduresInForce } from './procedures.ts';
import { searchProcedures } from './procedure-search.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** How much of each kind one scan shows. */
const shown = { dossiers: 20, procedures: 10 } as const;

/**
 * What the one scan field leads to: a citizen card to its holder and their open dossiers, a receipt to its dossier, a
 * procedure's code to the procedure, anything else to a search. Errors: `scan.*`, `dossier.unknown`, `procedure.unknown`,
 * `procedure.not-in-force`, `enrol.required`.
 */
export function resolveScan(workplace: Workplace, text: string): Outcome<ScanResult> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const { catalogue } = desk.value;
  const { read } = workplace.store;
  const now = workplace.time.best();
  const scan = classifyScan(text);
  switch (scan.kind) {
    case 'fault': return { ok: false, fault: scan.fault };
    case 'citizenCard': {
      const rows = read.byIdNumber(scan.card.number, 50).filter(({ stage }) => openStages.includes(stage)).slice(0, shown.dossiers);
      return ok({ kind: 'card', applicant: applicantOf(scan.card), contradictions: scan.card.contradictions, dossiers: dossierLines(workplace, rows) });
    }
    case 'dossierCode': {
      const known = (scan.dossier === undefined ? undefined : read.dossier(scan.dossier)) ?? read.dossierByCode(scan.code);
      return known ? ok({ kind: 'dossier', dossier: known.id }) : fail('dossier.unknown', { code: scan.code });
    }
    case 'procedureCode': {
      const procedure = procedureInForce(catalogue, scan.code, civil(now).date);
      return procedure.ok ? ok({ kind: 'procedure', procedure: procedure.value }) : procedure;
    }
    case 'idNumber': return ok({ kind: 'search', text: scan.number, dossiers: dossierLines(workplace, read.byIdNumber(scan.number, shown.dossiers)), procedures: [] });
    case 'phone': return ok({ kind: 'search', text: scan.number, dossiers: dossierLines(workplace, read.search(scan.number, { limit: shown.dossiers }).rows), procedures: [] });
    // words
    default: {
      return ok({
        kind: 'search', text: scan.text,
        dossiers: dossierLines(workplace, read.search(scan.text, { limit: shown.dossiers }).rows),
        procedures: searchProcedures(proceduresInForce(catalogue, civil(now).date), scan.text, shown.procedures),
      });
    }
  }
}

function applicantOf(card: CitizenCard): Applicant {
  return {
    kind: 'citizen', fullName: card.fullName, idNumber: card.number, birth: card.birth.date ?? String(card.birth.year), sex: card.sex, address: card.address,
  };
}
