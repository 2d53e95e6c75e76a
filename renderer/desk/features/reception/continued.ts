import type { Procedure } from '#shared/catalogue/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { formatBirth } from '#renderer/i18n/index.ts';
import { emptyValues, papersOf, type Values } from './form.ts';

/** The fields of a reception as what was submitted fills them in; the rest is the clerk's. */
export function valuesOf({ state, personal, competentAgencyName }: DossierView, procedure: Procedure): Values {
  const { submitted } = state;
  const applicant = personal?.applicant;
  const submitter = personal?.submitter;
  const elsewhere = state.competentAgency !== state.receivingAgency;
  return {
    ...emptyValues,
    kind: applicant?.kind ?? 'citizen', idNumber: applicant?.idNumber ?? '', fullName: applicant?.fullName ?? '', birth: applicant?.birth ? formatBirth(applicant.birth) : '',
    sex: applicant?.sex ?? '', address: applicant?.address ?? '', phone: applicant?.phone ?? '', email: applicant?.email ?? '',
    bySubmitter: submitter !== undefined, submitterName: submitter?.fullName ?? '', submitterNumber: submitter?.idNumber ?? '', authorisation: submitter?.authorisation ?? '',
    note: personal?.note ?? '', procedure, papers: papersOf(procedure), channel: submitted?.channel ?? 'counter',
    elsewhere, competent: elsewhere ? { id: state.competentAgency, name: competentAgencyName } : null, portalCode: submitted?.portalCode ?? '',
    submission: {
      code: state.code, at: submitted?.submittedAt ?? 0, incomplete: state.stage === 'incomplete',
      ...(submitted?.answerBy === undefined ? {} : { answerBy: submitted.answerBy }),
    },
  };
}
