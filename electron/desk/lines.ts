import type { DossierRow } from '#db/index.ts';
import type { Catalogue } from '#shared/catalogue/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';

/**
 * Late (trễ hạn) by the desk's own working time: the result was ready after the due instant, or it is not ready and the
 * instant has passed. The province judges by credible time; this only warns the clerk.
 */
export function isLate(times: { dueAt: number; readyAt?: number | undefined; handedOverAt?: number | undefined }, now: number): boolean {
  const done = Math.min(times.readyAt ?? Infinity, times.handedOverAt ?? Infinity);
  return (Number.isFinite(done) ? done : now) > times.dueAt;
}

/** The name a procedure is known by; of an old version where the code is no longer published. */
export function procedureName(catalogue: Catalogue | undefined, code: string): string {
  return catalogue?.procedures.findLast((procedure) => procedure.code === code)?.name ?? code;
}

/** Rows of the store as lines of a list. The name is empty after an erasure. */
export function dossierLines(rows: readonly DossierRow[], catalogue: Catalogue | undefined, now: number): DossierLine[] {
  const names = new Map<string, string>();
  return rows.map((row) => {
    const name = names.get(row.procedure) ?? procedureName(catalogue, row.procedure);
    names.set(row.procedure, name);
    return {
      id: row.id, code: row.code, provisional: row.provisional, procedure: row.procedure, procedureName: name,
      applicantName: row.applicantName ?? '', stage: row.stage, acceptedAt: row.acceptedAt, dueAt: row.dueAt,
      ...(row.readyAt === undefined ? {} : { readyAt: row.readyAt }),
      ...(row.handedOverAt === undefined ? {} : { handedOverAt: row.handedOverAt }),
      late: isLate(row, now), sent: row.sent, conflict: row.conflict,
    };
  });
}
