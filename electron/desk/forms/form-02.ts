import type { FormCopy, FormMarks, MomentWords } from './form-data.ts';
import { html, type Html } from './html.ts';
import type { AskedPaperWords, LetterData } from './letter-data.ts';
import { applicantRows, codeBlock, inWords, officialHead, placeAndDate, proofLine, row, signatures, writtenReason } from './parts.ts';

/** Everything form 02 shows. */
export interface SupplementData extends LetterData {
  readonly papers: readonly AskedPaperWords[];
  /** Asked for at the counter, before any term runs, or in the examination. */
  readonly stage: 'counter' | 'examination';
  readonly effect: 'none' | 'restart' | 'pause';
  readonly completeBy: MomentWords;
  /** Whom to ask. */
  readonly contact?: string;
}

const copyNames: Readonly<Record<FormCopy, string>> = { applicant: 'Liên 1: Giao người nộp hồ sơ', office: 'Liên 2: Lưu tại nơi tiếp nhận' };

const termWords = {
  none: 'Thời hạn giải quyết chưa được tính; hồ sơ được tiếp nhận khi đủ thành phần theo yêu cầu.',
  restart: 'Thời hạn giải quyết được tính lại từ đầu kể từ khi nhận đủ hồ sơ bổ sung.',
  pause: 'Thời hạn giải quyết tạm dừng và được tính tiếp khi nhận đủ hồ sơ bổ sung.',
} as const;

/** Form 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (numbering of Decree 118/2025/NĐ-CP). */
export function form02(data: SupplementData, copy: FormCopy, marks: FormMarks): Html {
  return html`<section class="sheet">
${officialHead(data, marks)}
${placeAndDate(data, data.at)}
<div class="title"><h1>PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ</h1><p class="copy">${copyNames[copy]}</p></div>
${codeBlock(data, marks)}
<dl>
  ${applicantRows('Hồ sơ của', data.applicant)}
  ${row('Nội dung đề nghị giải quyết', `${data.procedureName} (mã ${data.procedureCode})`)}
  ${row('Yêu cầu bổ sung lúc', inWords(data.at))}
</dl>
<table>
  <caption>Đề nghị ông/bà bổ sung, hoàn thiện các giấy tờ sau</caption>
  <thead><tr><th class="narrow">STT</th><th>Tên giấy tờ</th><th class="tick">Bản chính</th><th class="tick">Bản sao chứng thực</th><th class="tick">Bản sao</th></tr></thead>
  <tbody>${paperRows(data.papers)}</tbody>
</table>
<dl>
  ${row('Lý do, nội dung cần hoàn thiện', writtenReason(data.reason))}
  ${row('Hoàn thiện trước', html`<b>${inWords(data.completeBy)}</b>`)}
  ${row('Thời hạn giải quyết', termWords[data.effect])}
  ${data.contact === undefined ? undefined : row('Liên hệ hướng dẫn', data.contact)}
</dl>
<div class="end">
${signatures({ title: 'NGƯỜI NỘP HỒ SƠ', name: data.applicant?.name }, { title: 'NGƯỜI HƯỚNG DẪN', name: data.clerkName })}
<footer><p>${data.stage === 'counter'
    ? 'Khi đến nộp bổ sung, đề nghị ông/bà mang theo phiếu này.'
    : 'Quá thời hạn nêu trên mà hồ sơ không được bổ sung, cơ quan giải quyết dừng giải quyết và trả lại hồ sơ.'}</p>${proofLine(data.proof)}</footer>
</div>
</section>`;
}

function paperRows(papers: readonly AskedPaperWords[]): Html[] {
  if (papers.length === 0) return [html`<tr><td colspan="5">Nội dung cần hoàn thiện ghi tại mục lý do</td></tr>`];
  return papers.map(({ name, kind, quantity }, index) => {
    const cell = (column: AskedPaperWords['kind']): string => (column === kind ? String(quantity) : '');
    return html`<tr><td class="narrow">${index + 1}</td><td>${name}</td><td class="tick">${cell('original')}</td><td class="tick">${cell('certifiedCopy')}</td><td class="tick">${cell('copy')}</td></tr>`;
  });
}
