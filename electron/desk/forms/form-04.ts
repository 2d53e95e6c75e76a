import type { FormMarks, MomentWords } from './form-data.ts';
import { html, type Html } from './html.ts';
import type { LetterData } from './letter-data.ts';
import { applicantRows, codeBlock, inWords, officialHead, placeAndDate, proofLine, row, writtenReason } from './parts.ts';

/** Everything form 04 shows. */
export interface ApologyData extends LetterData {
  readonly received: MomentWords;
  readonly previous: MomentWords;
  readonly appointment: MomentWords;
  /** Where the cause lies, in the words of the list. */
  readonly cause: string;
  readonly signatory?: string;
}

/** Form 04, Phiếu xin lỗi và hẹn lại ngày trả kết quả (numbering of Decree 118/2025/NĐ-CP); one copy, the office keeps the log's. */
export function form04(data: ApologyData, marks: FormMarks): Html {
  return html`<section class="sheet">
${officialHead(data, marks)}
${placeAndDate(data, data.at)}
<div class="title"><h1>PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ</h1></div>
${codeBlock(data, marks)}
<dl>
  ${applicantRows('Kính gửi', data.applicant)}
  ${row('Thủ tục', `${data.procedureName} (mã ${data.procedureCode})`)}
  ${row('Đã tiếp nhận hồ sơ lúc', inWords(data.received))}
  ${row('Đã hẹn trả kết quả lúc', inWords(data.previous))}
</dl>
<p class="letter">${data.agencyName} chưa thể trả kết quả đúng thời hạn đã hẹn và chân thành xin lỗi ông/bà về sự chậm trễ này.</p>
<dl>
  ${row('Nguyên nhân', data.cause)}
  ${row('Lý do', writtenReason(data.reason))}
  ${row('Hẹn lại ngày trả kết quả', html`<b>${inWords(data.appointment)}</b>`)}
</dl>
<p class="letter">Rất mong ông/bà thông cảm và đến nhận kết quả vào thời gian nêu trên.</p>
<div class="end">
<div class="signatures"><div></div><div><p class="strong">ĐẠI DIỆN CƠ QUAN GIẢI QUYẾT</p><p class="hint">(Ký, đóng dấu và ghi rõ họ tên)</p><p class="name">${data.signatory ?? data.clerkName}</p></div></div>
<footer>${proofLine(data.proof)}</footer>
</div>
</section>`;
}
