import { html, type Html } from './html.ts';

/** One line of the register, in words; times as `dd/MM/yyyy HH:mm`. */
export interface RegisterLine {
  readonly code: string;
  readonly procedure: string;
  readonly sets: number;
  /** Name, address and phone; missing after an erasure by law. */
  readonly applicant?: { readonly name: string; readonly address: string; readonly phone: string };
  readonly handlingAgency: string;
  readonly received: string;
  readonly due: string;
  readonly forwarded: string;
  readonly result: string;
  readonly returned: string;
  readonly method: string;
  readonly note: string;
}

/** Everything form 07 shows. */
export interface RegisterData {
  readonly agencyName: string;
  readonly provinceName: string;
  readonly desk: string;
  /** "ngày 24/11/2026", "từ ngày 01/11/2026 đến ngày 24/11/2026". */
  readonly span: string;
  readonly lines: readonly RegisterLine[];
  readonly counts: { readonly received: number; readonly returned: number; readonly open: number };
  /** Where the log stood when it was printed. */
  readonly proof: string;
}

/** Widths of the columns in millimetres, 277 in all: codes and dates stand in one line, names get what is left. */
const widths = [8, 29, 35.5, 7, 42, 19, 17.5, 17.5, 17.5, 17.5, 17.5, 13, 15, 21];

/** Form 07, Sổ theo dõi hồ sơ (numbering of Decree 118/2025/NĐ-CP; form 06 of Circular 01/2018/TT-VPCP), landscape. */
export function form07(data: RegisterData): Html {
  return html`<section class="register">
<header class="register-head"><div><p class="over">${data.provinceName}</p><p class="strong">${data.agencyName}</p><p>Bộ phận Một cửa · ${data.desk}</p></div>
<div class="title"><h1>SỔ THEO DÕI HỒ SƠ</h1><p class="copy">${data.span}</p></div>
<div class="totals"><p>Tiếp nhận: <b>${data.counts.received}</b></p><p>Đã trả: <b>${data.counts.returned}</b></p><p>Đang giải quyết: <b>${data.counts.open}</b></p></div></header>
<table>
  <colgroup>${widths.map((width) => html`<col style="width:${width}mm">`)}</colgroup>
  <thead><tr><th class="number">STT</th><th>Mã hồ sơ</th><th>Thủ tục</th><th class="number">Bộ</th><th>Người nộp</th><th>Cơ quan giải quyết</th><th>Nhận</th><th>Hẹn trả</th><th>Chuyển</th><th>Có kết quả</th><th>Trả</th><th>Hình thức</th><th>Ký nhận</th><th>Ghi chú</th></tr></thead>
  <tbody>${data.lines.length === 0 ? [html`<tr><td colspan="14">Không có hồ sơ trong thời gian này</td></tr>`] : data.lines.map(lineRow)}</tbody>
</table>
<footer><p>${data.proof}</p></footer>
</section>`;
}

function lineRow(line: RegisterLine, index: number): Html {
  const who = line.applicant ? [line.applicant.name, line.applicant.address, line.applicant.phone].filter((part) => part !== '').join('; ') : 'Đã xóa theo quy định';
  return html`<tr><td class="number">${index + 1}</td><td class="mono">${line.code}</td><td>${line.procedure}</td><td class="number">${line.sets}</td><td>${who}</td><td>${line.handlingAgency}</td><td class="when">${line.received}</td><td class="when">${line.due}</td><td class="when">${line.forwarded}</td><td class="when">${line.result}</td><td class="when">${line.returned}</td><td>${line.method}</td><td></td><td>${line.note}</td></tr>`;
}
