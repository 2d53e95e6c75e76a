import type { ApplicantWords, FormCopy, FormHead, FormMarks, MomentWords, ProofWords } from './form-data.ts';
import { html, type Html } from './html.ts';
import { applicantRows, codeBlock, erasedWords, inWords, officialHead, placeAndDate, proofLine, row, signatures } from './parts.ts';

/** Everything the slip of a return shows, already in words. */
export interface ReturnSlipData extends FormHead {
  /** Missing after an erasure by law. */
  readonly applicant?: Pick<ApplicantWords, 'name' | 'idNumber' | 'address'>;
  readonly procedureCode: string;
  readonly procedureName: string;
  /** Names of the results handed over. */
  readonly results: readonly string[];
  /** How many copies of them. */
  readonly resultCount: number;
  readonly received: MomentWords;
  readonly due: MomentWords;
  /** When the result was ready; missing where it was recorded by the hand-over itself. */
  readonly ready?: MomentWords;
  /** The earlier time the clerk claimed for it. */
  readonly readyClaimed?: MomentWords;
  readonly handedOver: MomentWords;
  readonly handedOverClaimed?: MomentWords;
  /** "Trực tiếp tại quầy". */
  readonly method: string;
  /** Who took the results; a proxy's facts are missing after an erasure by law. */
  readonly receiver:
    | { readonly kind: 'applicant' }
    | { readonly kind: 'proxy'; readonly person?: { readonly name: string; readonly idNumber: string; readonly authorisation: string } };
  /** Whether the receipt was given back (thu lại giấy tiếp nhận); otherwise the identity was checked. */
  readonly receiptGivenBack: boolean;
  readonly note?: string;
  readonly clerkName: string;
  /** The hand-over. */
  readonly proof: ProofWords;
}

const copyNames: Readonly<Record<FormCopy, string>> = { applicant: 'Liên 1: Giao người nhận kết quả', office: 'Liên 2: Lưu hồ sơ' };

/**
 * One half of the slip of a return (giấy xác nhận trả kết quả): what was handed over, when, to whom and by whom. It is a
 * form of this office, for the file and for the person who came; no annex of the decree prescribes it, and it takes the
 * place of none: the decree's register (sổ theo dõi hồ sơ) is kept beside it.
 */
export function returnSlip(data: ReturnSlipData, copy: FormCopy, marks: FormMarks): Html {
  return html`<section class="half">
${officialHead(data, marks)}
<div class="heading">
  <div class="title"><h1>GIẤY XÁC NHẬN TRẢ KẾT QUẢ</h1><p class="copy">${copyNames[copy]}</p></div>
  <div>${placeAndDate(data, data.handedOver)}${codeBlock(data, marks)}</div>
</div>
<dl>
  ${applicantRows('Người nộp hồ sơ', data.applicant)}
  ${row('Thủ tục', `${data.procedureName} (mã ${data.procedureCode})`)}
  ${row('Kết quả đã trao', results(data))}
  ${row('Thời gian nhận hồ sơ', inWords(data.received))}
  ${row('Thời gian hẹn trả', inWords(data.due))}
  ${row('Có kết quả', claimed(data.ready ? inWords(data.ready) : 'ghi nhận cùng lúc trả', data.readyClaimed))}
  ${row('Thời gian trả kết quả', html`<b>${inWords(data.handedOver)}</b>${claimed('', data.handedOverClaimed)}`)}
  ${row('Người nhận', receiver(data.receiver))}
  ${row('Căn cứ, hình thức trả', `${data.receiptGivenBack ? 'đã thu lại giấy tiếp nhận hồ sơ' : 'không có giấy tiếp nhận, đã kiểm tra giấy tờ tùy thân'}; ${data.method}`)}
  ${data.note === undefined ? undefined : row('Ghi chú', data.note)}
</dl>
<div class="end">
${signatures({ title: 'NGƯỜI NHẬN KẾT QUẢ', name: receiverName(data) }, { title: 'NGƯỜI TRẢ KẾT QUẢ', name: data.clerkName })}
<footer>${proofLine(data.proof)}</footer>
</div>
</section>`;
}

function results({ results: names, resultCount }: ReturnSlipData): string {
  const count = `${resultCount} bản`;
  return names.length === 0 ? count : `${names.join('; ')} (${count})`;
}

function claimed(words: string, claim: MomentWords | undefined): string {
  return claim === undefined ? words : `${words} (khai thời điểm thực tế: ${inWords(claim)})`;
}

function receiver(who: ReturnSlipData['receiver']): string {
  if (who.kind === 'applicant') return 'người nộp hồ sơ';
  if (!who.person) return `người nhận thay; ${erasedWords.toLocaleLowerCase('vi')}`;
  const { name, idNumber, authorisation } = who.person;
  return ['người nhận thay: ' + name, ...(idNumber === '' ? [] : [`số định danh ${idNumber}`]), ...(authorisation === '' ? [] : [`ủy quyền: ${authorisation}`])].join(', ');
}

function receiverName({ receiver: who, applicant }: ReturnSlipData): string | undefined {
  return who.kind === 'applicant' ? applicant?.name : who.person?.name;
}
