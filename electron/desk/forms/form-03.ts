import type { FormCopy, FormMarks } from './form-data.ts';
import { html, type Html } from './html.ts';
import type { LetterData } from './letter-data.ts';
import { applicantRows, codeBlock, inWords, officialHead, placeAndDate, proofLine, row, signatures, writtenReason } from './parts.ts';

/** Everything form 03 shows. */
export interface RefusalData extends LetterData {
  /** Whether the reception was refused, or the request itself after its examination. */
  readonly stage: 'reception' | 'examination';
  /** The ground in the words of the list, without what the clerk wrote. */
  readonly ground?: string;
}

const copyNames: Readonly<Record<FormCopy, string>> = { applicant: 'Liên 1: Giao người nộp hồ sơ', office: 'Liên 2: Lưu hồ sơ' };

/** Form 03, Phiếu từ chối tiếp nhận, giải quyết hồ sơ (numbering of Decree 118/2025/NĐ-CP). */
export function form03(data: RefusalData, copy: FormCopy, marks: FormMarks): Html {
  const what = data.stage === 'reception' ? 'tiếp nhận' : 'giải quyết';
  return html`<section class="sheet">
${officialHead(data, marks)}
${placeAndDate(data, data.at)}
<div class="title"><h1>PHIẾU TỪ CHỐI ${what.toLocaleUpperCase('vi')} HỒ SƠ</h1><p class="copy">${copyNames[copy]}</p></div>
${codeBlock(data, marks)}
<dl>
  ${applicantRows('Hồ sơ của', data.applicant)}
  ${row('Nội dung đề nghị giải quyết', `${data.procedureName} (mã ${data.procedureCode})`)}
  ${row(`Từ chối ${what} lúc`, inWords(data.at))}
  ${data.ground === undefined ? undefined : row('Căn cứ', data.ground)}
  ${row('Lý do', writtenReason(data.reason))}
</dl>
<p class="letter">Bộ phận Một cửa trả lại hồ sơ cùng phiếu này. Trường hợp không đồng ý, ông/bà có quyền gửi phản ánh, kiến nghị hoặc khiếu nại theo quy định của pháp luật.</p>
<div class="end">
${signatures({ title: 'NGƯỜI NỘP HỒ SƠ', name: data.applicant?.name }, { title: data.stage === 'reception' ? 'NGƯỜI TIẾP NHẬN HỒ SƠ' : 'NGƯỜI GIẢI QUYẾT HỒ SƠ', name: data.clerkName })}
<footer>${proofLine(data.proof)}</footer>
</div>
</section>`;
}
