/** The pieces that the forms of the desk share. */
import type { ApplicantWords, FormHead, FormMarks, MomentWords, ProofWords } from './form-data.ts';
import { html, type Html } from './html.ts';

/** The head: QR code at the top left (TCVN 7322:2009), the agency, and the nation's name and motto (Decree 30/2020/NĐ-CP). */
export function officialHead(head: FormHead, marks: FormMarks): Html {
  return html`<header class="head">
  <div class="qr" role="img" aria-label="Mã QR của hồ sơ">${marks.qr}</div>
  <div class="agency"><p class="over">${head.provinceName}</p><p class="strong">${head.agencyName}</p><p>Bộ phận Một cửa · ${head.desk}</p><hr></div>
  <div class="nation"><p class="strong">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p class="strong">Độc lập - Tự do - Hạnh phúc</p><hr></div>
</header>`;
}

/** "Mai Pha, ngày 24 tháng 11 năm 2026". */
export function placeAndDate({ placeName }: FormHead, { day, month, year }: MomentWords): Html {
  return html`<p class="place">${placeName === '' ? 'Ngày' : `${placeName}, ngày`} ${day} tháng ${month} năm ${year}</p>`;
}

/** Barcode and code of the dossier. */
export function codeBlock({ code, provisional }: FormHead, marks: FormMarks): Html {
  return html`<div class="code"><div class="bars" role="img" aria-label="Mã vạch của mã hồ sơ">${marks.barcode}</div><p>Mã hồ sơ: <b class="mono">${code}</b>${provisional ? ' (mã tạm, sẽ được đối chiếu với mã chính thức)' : ''}</p></div>`;
}

/** One line of facts: term and value. */
export function row(term: string, value: string | Html): Html {
  return html`<dt>${term}</dt><dd>${value}</dd>`;
}

/** Stands where a person would, after an erasure by law. */
export const erasedWords = 'Thông tin cá nhân đã được xóa theo quy định';

/** What a clerk wrote as a reason. */
export function writtenReason(reason: string | undefined): string {
  return reason ?? erasedWords;
}

/** Who handed in, under the term the form uses for it. */
export function applicantRows(term: string, applicant: ApplicantWords | undefined): Html {
  if (!applicant) return row(term, erasedWords);
  const contact = [applicant.phone, applicant.email].filter((part) => part !== undefined && part !== '').join(' · ');
  return html`${row(term, applicant.name)}${row('Số định danh', applicant.idNumber)}${row('Địa chỉ', applicant.address)}${contact === '' ? undefined : row('Điện thoại, thư điện tử', contact)}`;
}

/** "17 giờ 00 phút, thứ Ba ngày 24 tháng 11 năm 2026". */
export function inWords({ hour, minute, day, month, year, weekday }: MomentWords): string {
  return `${hour} giờ ${minute} phút, ${weekday} ngày ${day} tháng ${month} năm ${year}`;
}

/** Two places to sign, the citizen's at the left. */
export function signatures(citizen: { title: string; name: string | undefined }, clerk: { title: string; name: string }): Html {
  return html`<div class="signatures">
  <div><p class="strong">${citizen.title}</p><p class="hint">(Ký và ghi rõ họ tên)</p><p class="name">${citizen.name}</p></div>
  <div><p class="strong">${clerk.title}</p><p class="hint">(Ký và ghi rõ họ tên)</p><p class="name">${clerk.name}</p></div>
</div>`;
}

/** A hash, or its beginning, in groups of four, so that it can be read out and compared. */
export function grouped(hash: string): string {
  return hash.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The place in the log, in one line. */
export function proofLine({ log, seq, hash }: ProofWords): Html {
  return html`<p class="proof">Số ghi nhận: nhật ký ${log} · mục ${seq} · ${hash}</p>`;
}
