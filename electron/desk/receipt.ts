import { agencyById } from '#shared/catalogue/index.ts';
import { civil, explain, termText, weekdayName } from '#shared/deadline/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { ResponseOf } from '#shared/ipc/index.ts';
import { placeName, receiptPage, type MomentWords, type ReceiptData } from './forms/index.ts';
import { versionOf } from './queries.ts';
import type { Workplace } from './workplace.ts';

const kindWords = { original: 'Bản chính', certifiedCopy: 'Bản sao chứng thực', copy: 'Bản sao' } as const;

/** Form 01 of a dossier, both copies, as a page for printing; the same however often it is asked for. Error: `dossier.unknown`. */
export function receiptHtml(workplace: Workplace, dossier: string): Outcome<ResponseOf<'receipt.html'>> {
  const data = receiptData(workplace, dossier);
  return data.ok ? ok(receiptPage(data.value, workplace.fonts)) : data;
}

function receiptData({ store }: Workplace, id: string): Outcome<ReceiptData> {
  const state = store.read.dossier(id);
  if (!state) return fail('dossier.unknown', { code: id });
  const catalogue = store.catalogue.current();
  const { received } = state;
  const agency = catalogue ? agencyById(catalogue, received.receivingAgency) : undefined;
  const procedure = versionOf(catalogue, received.procedure, received.procedureVersion);
  const personal = store.read.personal(id);
  const applicant = personal?.applicant;
  const desk = store.identity()?.desk ?? '';
  const agencyName = agency?.name ?? received.receivingAgency;
  const provinceName = catalogue?.province.name ?? '';
  const present = received.papers.filter((paper) => paper.present);
  return ok({
    agencyName, provinceName, placeName: placeName(agencyName, provinceName), desk, dossier: id, code: received.code, provisional: received.provisional,
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
    sets: received.sets,
    term: termText(received.term, 'vi'),
    received: momentWords(received.acceptedAt),
    due: momentWords(received.due.at),
    dueProvisional: received.due.provisional,
    explanation: explain(received.due, 'vi'),
    placeOfReturn: `Bộ phận Một cửa, ${agencyName}`,
    fee: `${new Intl.NumberFormat('vi-VN').format(received.fee)} đồng`,
    clerkName: catalogue?.staff.find((person) => person.id === received.origin.actor)?.name ?? '',
    proof: { log: shortLog(received.origin.log), seq: received.origin.seq, hash: shortHash(received.origin.entry) },
  });
}

function momentWords(at: number): MomentWords {
  const { date, time, weekday } = civil(at);
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = ''] = time.split(':');
  return { hour, minute, day, month, year, weekday: weekdayName(weekday, 'vi') };
}

/** The random end of a log's id: enough to tell the logs of a province apart on paper. */
function shortLog(log: string): string {
  return log.slice(-12);
}

/** 64 bits of the hash in groups of four: short enough to be read out, long enough not to be found by trying. */
function shortHash(hash: string): string {
  return hash.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');
}
