import type { FormHead, FormMarks, MomentWords, ProofWords } from './form-data.ts';
import { html, type Html } from './html.ts';
import { codeBlock, inWords, officialHead, placeAndDate, proofLine, row } from './parts.ts';

/** One hop of form 06, in words. */
export interface HopWords {
  readonly from: string;
  readonly to: string;
  readonly given?: { readonly at: MomentWords; readonly by: string };
  readonly taken?: { readonly at: MomentWords; readonly by: string };
  /** Against the time that was set for it; missing where none was. */
  readonly kept?: 'before' | 'on' | 'past';
  readonly note?: string;
}

/** Everything form 06 shows. It stays with the file: no applicant's name stands on it. */
export interface ControlData extends FormHead {
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly received: MomentWords;
  readonly due: MomentWords;
  readonly at: MomentWords;
  readonly hops: readonly HopWords[];
  /** How many empty rows to leave for hops written by hand. */
  readonly emptyRows: number;
  readonly proof: ProofWords;
}

const keptWords = { before: 'Trước hạn', on: 'Đúng hạn', past: 'Quá hạn' } as const;

/** Form 06, Phiếu kiểm soát quá trình giải quyết hồ sơ (numbering of Decree 118/2025/NĐ-CP; form 05 of Circular 01/2018/TT-VPCP). */
export function form06(data: ControlData, marks: FormMarks): Html {
  return html`<section class="sheet">
${officialHead(data, marks)}
${placeAndDate(data, data.at)}
<div class="title"><h1>PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ</h1></div>
${codeBlock(data, marks)}
<dl>
  ${row('Thủ tục', `${data.procedureName} (mã ${data.procedureCode})`)}
  ${row('Tiếp nhận hồ sơ lúc', inWords(data.received))}
  ${row('Hẹn trả kết quả lúc', html`<b>${inWords(data.due)}</b>`)}
</dl>
<table class="hops">
  <thead><tr><th>Bên giao, bên nhận</th><th>Thời gian giao</th><th>Người giao ký</th><th>Thời gian nhận</th><th>Người nhận ký</th><th class="kept">Kết quả thời hạn</th><th>Ghi chú</th></tr></thead>
  <tbody>${data.hops.map(hopRow)}${Array.from({ length: data.emptyRows }, () => html`<tr class="empty"><td>Giao:<br>Nhận:</td><td></td><td></td><td></td><td></td><td></td><td></td></tr>`)}</tbody>
</table>
<div class="end"><footer><p>Mỗi bên ghi nhận phần của mình; dòng thiếu một bên là bàn giao chưa khớp.</p>${proofLine(data.proof)}</footer></div>
</section>`;
}

function hopRow({ from, to, given, taken, kept, note }: HopWords): Html {
  return html`<tr><td>Giao: ${from}<br>Nhận: ${to}</td><td>${given ? short(given.at) : 'chưa ghi'}</td><td>${given?.by ?? ''}</td><td>${taken ? short(taken.at) : 'chưa ghi'}</td><td>${taken?.by ?? ''}</td><td class="kept">${kept ? keptWords[kept] : ''}</td><td>${note ?? ''}</td></tr>`;
}

/** "09:00, 24/11/2026". */
function short({ hour, minute, day, month, year }: MomentWords): string {
  return `${hour}:${minute}, ${day}/${month}/${year}`;
}
