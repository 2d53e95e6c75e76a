import type { FormCopy, FormMarks, MomentWords } from './form-data.ts';
import { html, type Html } from './html.ts';
import type { LetterData } from './letter-data.ts';
import { applicantRows, codeBlock, inWords, officialHead, placeAndDate, proofLine, row, signatures, writtenReason } from './parts.ts';

/** Everything form 05 shows. */
export interface StopData extends LetterData {
  readonly received?: MomentWords;
  /** When the applicant asked for it. */
  readonly requested?: MomentWords;
  /** When it was stopped; missing while it was only asked for. */
  readonly stopped?: MomentWords;
  /** Why, in the words of the list. */
  readonly ground: string;
  /** Where the dossier stood. */
  readonly stage: string;
  /** Fee taken and fee given back, in words and figures. */
  readonly fee: string;
  readonly refund: string;
}

const copyNames: Readonly<Record<FormCopy, string>> = { applicant: 'Liên 1: Giao người nộp hồ sơ', office: 'Liên 2: Lưu hồ sơ' };

/** Form 05, Phiếu dừng giải quyết hồ sơ (new with Decree 118/2025/NĐ-CP). */
export function form05(data: StopData, copy: FormCopy, marks: FormMarks): Html {
  return html`<section class="sheet">
${officialHead(data, marks)}
${placeAndDate(data, data.at)}
<div class="title"><h1>PHIẾU DỪNG GIẢI QUYẾT HỒ SƠ</h1><p class="copy">${copyNames[copy]}</p></div>
${codeBlock(data, marks)}
<dl>
  ${applicantRows('Hồ sơ của', data.applicant)}
  ${row('Thủ tục', `${data.procedureName} (mã ${data.procedureCode})`)}
  ${data.received === undefined ? undefined : row('Đã tiếp nhận hồ sơ lúc', inWords(data.received))}
  ${data.requested === undefined ? undefined : row('Người nộp đề nghị dừng lúc', inWords(data.requested))}
  ${row('Căn cứ dừng giải quyết', data.ground)}
  ${row('Lý do', writtenReason(data.reason))}
  ${row('Hồ sơ đang ở bước', data.stage)}
  ${row('Phí, lệ phí đã thu', data.fee)}
  ${row('Phí, lệ phí hoàn trả', data.refund)}
  ${row('Dừng giải quyết lúc', data.stopped ? html`<b>${inWords(data.stopped)}</b>` : 'đang chờ cơ quan giải quyết xác nhận')}
</dl>
<p class="letter">${data.stopped ? 'Hồ sơ giấy (nếu có) đã được trả lại cho người nộp.' : 'Hồ sơ giấy (nếu có) được trả lại khi cơ quan giải quyết xác nhận dừng.'}</p>
<div class="end">
${signatures({ title: 'NGƯỜI NỘP HỒ SƠ', name: data.applicant?.name }, { title: 'NGƯỜI TIẾP NHẬN', name: data.clerkName })}
<footer>${proofLine(data.proof)}</footer>
</div>
</section>`;
}
