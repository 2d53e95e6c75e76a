import { html, type Html } from './html.ts';
import type { MomentWords, ReceiptCopy, ReceiptData } from './receipt-data.ts';

/** Barcode and QR code of a receipt. */
export interface ReceiptMarks {
  readonly barcode: Html;
  readonly qr: Html;
}

/** Draws one copy of form 01; the official annex can take this function's place without any other change. */
export type ReceiptTemplate = (data: ReceiptData, copy: ReceiptCopy, marks: ReceiptMarks) => Html;

const copyNames: Readonly<Record<ReceiptCopy, string>> = { applicant: 'Liên 1: Giao người nộp hồ sơ', office: 'Liên 2: Lưu tại nơi tiếp nhận' };

/**
 * Form 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả (numbering of Decree 118/2025/NĐ-CP). The QR code stands at the top
 * left (TCVN 7322:2009).
 */
export const form01: ReceiptTemplate = (data, copy, marks) => html`<section class="sheet">
<header class="head">
  <div class="qr" role="img" aria-label="Mã QR của hồ sơ">${marks.qr}</div>
  <div class="agency"><p class="over">${data.provinceName}</p><p class="strong">${data.agencyName}</p><p>Bộ phận Một cửa · ${data.desk}</p><hr></div>
  <div class="nation"><p class="strong">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p class="strong">Độc lập - Tự do - Hạnh phúc</p><hr></div>
</header>
<p class="place">${dateLine(data)}</p>
<div class="title"><h1>GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ</h1><p class="copy">${copyNames[copy]}</p></div>
<div class="code"><div class="bars" role="img" aria-label="Mã vạch của mã hồ sơ">${marks.barcode}</div><p>Mã hồ sơ: <b class="mono">${data.code}</b>${data.provisional ? ' (mã tạm, sẽ được đối chiếu với mã chính thức)' : ''}</p></div>
<dl>
  ${row('Bộ phận tiếp nhận', `${data.agencyName} · ${data.desk}`)}
  ${data.applicant ? applicantRows(data.applicant) : row('Tiếp nhận hồ sơ của', 'Thông tin cá nhân đã được xóa theo quy định')}
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
<div class="signatures">
  <div><p class="strong">NGƯỜI NỘP HỒ SƠ</p><p class="hint">(Ký và ghi rõ họ tên)</p><p class="name">${data.submitterName ?? data.applicant?.name}</p></div>
  <div><p class="strong">NGƯỜI TIẾP NHẬN HỒ SƠ</p><p class="hint">(Ký và ghi rõ họ tên)</p><p class="name">${data.clerkName}</p></div>
</div>
<footer><p>Khi đến nhận kết quả, đề nghị ông/bà mang theo giấy này và giấy tờ tùy thân.</p><p class="proof">Số ghi nhận: nhật ký ${data.proof.log} · mục ${data.proof.seq} · ${data.proof.hash}</p></footer>
</div>
</section>`;

function row(term: string, value: string): Html {
  return html`<dt>${term}</dt><dd>${value}</dd>`;
}

function applicantRows(applicant: NonNullable<ReceiptData['applicant']>): Html {
  const contact = [applicant.phone, applicant.email].filter((part) => part !== undefined && part !== '').join(' · ');
  return html`${row('Tiếp nhận hồ sơ của', applicant.name)}${row('Số định danh', applicant.idNumber)}${row('Địa chỉ', applicant.address)}${contact === '' ? undefined : row('Điện thoại, thư điện tử', contact)}`;
}

function paperRows(data: ReceiptData): Html[] {
  if (data.papers.length === 0) return [html`<tr><td colspan="4">Không có giấy tờ kèm theo</td></tr>`];
  return data.papers.map((paper, index) => html`<tr><td class="narrow">${index + 1}</td><td>${paper.name}</td><td>${paper.kind}</td><td class="narrow">${paper.quantity}</td></tr>`);
}

function explanation(data: ReceiptData): Html | undefined {
  return data.explanation.length === 0 ? undefined : html`<span class="why">${data.explanation.join(' · ')}</span>`;
}

function inWords({ hour, minute, day, month, year, weekday }: MomentWords): string {
  return `${hour} giờ ${minute} phút, ${weekday} ngày ${day} tháng ${month} năm ${year}`;
}

function dateLine({ placeName, received }: ReceiptData): string {
  return `${placeName === '' ? 'Ngày' : `${placeName}, ngày`} ${received.day} tháng ${received.month} năm ${received.year}`;
}
