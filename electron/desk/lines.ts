import type { DossierRow } from '#db/index.ts';
import { agencyById, type Catalogue, type Procedure } from '#shared/catalogue/index.ts';
import { isLate } from '#shared/dossier/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';
import type { Workplace } from './workplace.ts';

/** The name a procedure is known by; of an old version where the code is no longer published. */
export function procedureName(catalogue: Catalogue | undefined, code: string): string {
  return catalogue?.procedures.findLast((procedure) => procedure.code === code)?.name ?? code;
}

/** The version of a procedure that a dossier came in under; it keeps it for ever. */
export function versionOf(catalogue: Catalogue | undefined, code: string, version: number): Procedure | undefined {
  const versions = catalogue?.procedures.filter((procedure) => procedure.code === code) ?? [];
  return versions.find((procedure) => procedure.version === version) ?? versions.at(-1);
}

/** The name of an agency, in force or not; its id where the catalogue does not know it. */
export function agencyName(catalogue: Catalogue | undefined, id: string): string {
  return (catalogue && agencyById(catalogue, id)?.name) ?? id;
}

/** The name of a member of the staff as a list shows them; entries that nobody's hand made are the program's own. */
export function actorName(catalogue: Catalogue | undefined, id: string): string {
  return id === 'desk' ? 'Phần mềm tự ghi' : (catalogue?.staff.find((person) => person.id === id)?.name ?? id);
}

/** Rows of the store as lines of a list. The applicant's name is empty after an erasure. */
export function dossierLines({ store, time }: Workplace, rows: readonly DossierRow[]): DossierLine[] {
  const now = time.best();
  const catalogue = store.catalogue.current();
  const own = store.identity()?.agency;
  const names = new Map<string, string>();
  return rows.map((row) => {
    const { id, code, provisional, procedure, applicantName = '', stage, competentAgency, beganAt, acceptedAt, dueAt, appointmentAt, haltedAt, readyAt, handedOverAt, sent, conflict } = row;
    const name = names.get(procedure) ?? procedureName(catalogue, procedure);
    names.set(procedure, name);
    return {
      id, code, provisional, procedure, procedureName: name, applicantName, stage, beganAt,
      ...(acceptedAt === undefined ? {} : { acceptedAt }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(readyAt === undefined ? {} : { readyAt }),
      ...(handedOverAt === undefined ? {} : { handedOverAt }),
      ...(competentAgency === own ? {} : { competentAgencyName: agencyName(catalogue, competentAgency) }),
      ...(appointmentAt === undefined || appointmentAt === dueAt ? {} : { appointmentAt }),
      late: isLate({ dueAt, haltedAt }, now), sent, conflict,
    };
  });
}
