import { explain, termText } from '#shared/deadline/index.ts';
import { article, isAccepted } from '#shared/dossier/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { amountInWords } from '#shared/vietnamese/index.ts';
import { formHead, momentWords, proofOf, staffName } from './form-words.ts';
import { receiptPage, type ReceiptData } from './forms/index.ts';
import { versionOf } from './lines.ts';
import type { Workplace } from './workplace.ts';

const kindWords = { original: 'Bản chính', certifiedCopy: 'Bản sao chứng thực', copy: 'Bản sao' } as const;

/** Form 01 of a dossier, both copies, as a page for printing; the same however often it is asked for. Errors: `dossier.unknown`, `dossier.not-accepted-yet`. */
export function receiptHtml(workplace: Workplace, dossier: string): Outcome<ResponseOf<'receipt.html'>> {
  const data = receiptData(workplace, dossier);
  return data.ok ? ok(receiptPage(data.value, workplace.fonts)) : data;
}

function receiptData(workplace: Workplace, id: string): Outcome<ReceiptData> {
  const { store } = workplace;
  const state = store.read.dossier(id);
  if (!state) return fail('dossier.unknown', { code: '' });
  if (!isAccepted(state)) return fail('dossier.not-accepted-yet', { code: state.code, article: article('reception', 'nd118') });
  const catalogue = store.catalogue.current();
  const { received, corrections } = state;
  // A reprint shows what was set right since, and the binding date in place of a provisional one; the term as it was received else.
  const papers = corrections.findLast((correction) => correction.papers)?.papers ?? received.papers;
  const sets = corrections.findLast((correction) => correction.sets !== undefined)?.sets ?? received.sets;
  const due = received.due.provisional ? state.due : received.due;
  const procedure = versionOf(catalogue, received.procedure, received.procedureVersion);
  const personal = store.read.personal(id);
  const applicant = personal?.applicant;
  const head = formHead(workplace, catalogue, state);
  const present = papers.filter((paper) => paper.present);
  return ok({
    ...head,
    ...(applicant ? {
      applicant: {
        name: applicant.fullName, idNumber: applicant.idNumber, address: applicant.address,
        ...(applicant.phone === undefined ? {} : { phone: applicant.phone }),
        ...(applicant.email === undefined ? {} : { email: applicant.email }),
      },
    } : {}),
    ...(personal?.submitter ? { submitterName: personal.submitter.fullName } : {}),
    procedureCode: received.procedure,
    procedureName: procedure?.name ?? received.procedure,
    papers: present.map(({ code, kind, quantity }) => ({ name: procedure?.papers.find((paper) => paper.code === code)?.name ?? code, kind: kindWords[kind], quantity })),
    sets,
    term: termText(received.term, 'vi'),
    received: momentWords(received.acceptedAt),
    due: momentWords(due.at),
    dueProvisional: due.provisional,
    explanation: explain(due, 'vi'),
    placeOfReturn: `Bộ phận Một cửa, ${head.agencyName}`,
    fee: feeWords(received.fee),
    clerkName: staffName(catalogue, received.origin.actor),
    proof: proofOf(received.origin),
  });
}

/** A fee in figures and, where there is one, in words: words are harder to alter. */
function feeWords(fee: number): string {
  const figures = `${new Intl.NumberFormat('vi-VN').format(fee)} đồng`;
  return fee === 0 ? figures : `${figures} (bằng chữ: ${amountInWords(fee)})`;
}
