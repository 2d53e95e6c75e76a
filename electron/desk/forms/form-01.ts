import type { FormCopy, FormMarks } from './form-data.ts';
import { html, type Html } from './html.ts';
import { applicantRows, codeBlock, inWords, officialHead, placeAndDate, proofLine, row, signatures } from './parts.ts';
import type { ReceiptData } from './receipt-data.ts';

/** Draws one copy of form 01; the official annex can take this function's place without any other change. */
export type ReceiptTemplate = (data: ReceiptData, copy: FormCopy, marks: FormMarks) => Html;

const copyNames: Readonly<Record<FormCopy, string>> = { applicant: 'Liên 1: Giao người nộp hồ sơ', office: 'Liên 2: Lưu tại nơi tiếp nhận' };

/**
 * Form 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả (numbering of Decree 118/2025/NĐ-CP). The QR code stands at the top
 * left (TCVN 7322:2009).
 */
export const form01: ReceiptTemplate = (data, copy, marks) => html`<section class="sheet">
${officialHead(data, marks)}
${placeAndDate(data, data.received)}
<div class="title"><h1>GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ</h1><p class="copy">${copyNames[copy]}</p></div>
${codeBlock(data, marks)}
<dl>
  ${row('Bộ phận tiếp nhận', `${data.agencyName} · ${data.desk}`)}
  ${applicantRows('Tiếp nhận hồ sơ của', data.applicant)}
  ${data.submitterName === undefined ? undefined : row('Người nộp thay', data.submitterName)}
  ${row('Thủ tục', `${data.procedureName} (mã ${data.procedureCode})`)}
</dl>
<table>
  <caption>Thành phần hồ sơ gồm</caption>
  <thead><tr><th class="narrow">STT</th><th>Tên giấy tờ</th><th class="kind">Hình thức</th><th class="narrow">Số lượng</th></tr></thead>
  <tbody>${paperRows(data)}</tbody>
</table>
<dl>
  ${row('Số lượng hồ sơ', `${data.sets} bộ`)}
  ${row('Thời gian giải quyết theo quy định', data.term)}
  ${row('Thời gian nhận hồ sơ', inWords(data.received))}
  <dt>Thời gian trả kết quả</dt><dd><b>${inWords(data.due)}</b>${data.dueProvisional ? ' (tạm tính)' : ''}${explanation(data)}</dd>
  ${row('Nhận kết quả tại', data.placeOfReturn)}
  ${row('Phí, lệ phí', data.fee)}
  ${data.note === undefined ? undefined : row('Ghi chú', data.note)}
</dl>
<div class="end">
<p class="book">Vào Sổ theo dõi hồ sơ, quyển số: ${data.register?.book ?? '……………'} Số thứ tự: ${data.register?.line ?? '……………'}</p>
${signatures({ title: 'NGƯỜI NỘP HỒ SƠ', name: data.submitterName ?? data.applicant?.name }, { title: 'NGƯỜI TIẾP NHẬN HỒ SƠ', name: data.clerkName })}
<footer><p>Khi đến nhận kết quả, đề nghị ông/bà mang theo giấy này và giấy tờ tùy thân.</p>${proofLine(data.proof)}</footer>
</div>
</section>`;

function paperRows(data: ReceiptData): Html[] {
  if (data.papers.length === 0) return [html`<tr><td colspan="4">Không có giấy tờ kèm theo</td></tr>`];
  return data.papers.map((paper, index) => html`<tr><td class="narrow">${index + 1}</td><td>${paper.name}</td><td>${paper.kind}</td><td class="narrow">${paper.quantity}</td></tr>`);
}

function explanation(data: ReceiptData): Html | undefined {
  return data.explanation.length === 0 ? undefined : html`<span class="why">${data.explanation.join(' · ')}</span>`;
}
