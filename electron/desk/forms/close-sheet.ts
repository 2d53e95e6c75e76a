import { headQr } from './barcode.ts';
import { html, type Html } from './html.ts';
import { grouped, row } from './parts.ts';

/** Everything the sheet of a day's close shows, in words. */
export interface CloseSheetData {
  readonly agencyName: string;
  readonly provinceName: string;
  readonly desk: string;
  /** `dd/MM/yyyy`. */
  readonly day: string;
  /** `dd/MM/yyyy HH:mm`, and how the desk knew the time. */
  readonly closedAt: string;
  readonly timeSource: string;
  readonly supervisor: string;
  readonly received: number;
  readonly ready: number;
  readonly returned: number;
  readonly unsent: number;
  /** Whether something was recorded for the day after the close. */
  readonly actsSince: boolean;
  readonly log: string;
  /** The end of the log that the supervisor confirmed, and the entry of the close itself. */
  readonly confirmed: { readonly seq: number; readonly hash: string };
  readonly close: { readonly seq: number; readonly hash: string };
}

/**
 * The sheet of a day's close (biên bản chốt ngày): what the desk recorded on the day and where its log ended, signed on paper. Paper
 * outside the machine fixes the log up to there: a disk that is put back or rewritten later cannot fit the hash any more. A
 * form of this office; no annex of the decree prescribes it.
 */
export function closeSheet(data: CloseSheetData): Html {
  return html`<section class="sheet close-sheet">
<header class="head">
  <div class="qr" role="img" aria-label="Mã QR của mục chốt ngày">${headQr(data.log, data.close.seq, data.close.hash)}</div>
  <div class="agency"><p class="over">${data.provinceName}</p><p class="strong">${data.agencyName}</p><p>Bộ phận Một cửa · ${data.desk}</p><hr></div>
  <div class="nation"><p class="strong">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p class="strong">Độc lập - Tự do - Hạnh phúc</p><hr></div>
</header>
<div class="title"><h1>BIÊN BẢN CHỐT NGÀY</h1><p class="copy">Ngày ${data.day}</p></div>
<dl>
  ${row('Thời điểm chốt', `${data.closedAt} (${data.timeSource})`)}
  ${row('Người chốt', data.supervisor)}
  ${row('Tiếp nhận trong ngày', `${data.received} hồ sơ`)}
  ${row('Có kết quả trong ngày', `${data.ready} hồ sơ`)}
  ${row('Đã trả trong ngày', `${data.returned} hồ sơ`)}
  ${row('Mục nhật ký trung tâm chưa xác nhận khi chốt', `${data.unsent}`)}
  ${data.actsSince ? row('Lưu ý', html`<b>Sau khi chốt, quầy đã ghi thêm cho ngày này; cần chốt lại.</b>`) : undefined}
</dl>
<table class="proofs">
  <caption>Nhật ký ${data.log}</caption>
  <thead><tr><th class="kind">Nội dung</th><th class="narrow">Mục số</th><th>Mã băm SHA-256</th></tr></thead>
  <tbody>
    <tr><td>Cuối nhật ký được xác nhận</td><td class="narrow">${data.confirmed.seq}</td><td class="mono hash">${grouped(data.confirmed.hash)}</td></tr>
    <tr><td>Mục chốt ngày</td><td class="narrow">${data.close.seq}</td><td class="mono hash">${grouped(data.close.hash)}</td></tr>
  </tbody>
</table>
<p class="letter">Người ký xác nhận các thao tác nêu trên đã diễn ra tại quầy trong ngày. Biên bản này được lưu tại bộ phận; khi kiểm tra, mã băm trên giấy phải trùng với mã băm của mục cùng số trong nhật ký mà trung tâm giữ.</p>
<div class="end">
  <div class="signatures">
    <div><p class="strong">NGƯỜI TRỰC QUẦY</p><p class="hint">(Ký và ghi rõ họ tên)</p><p class="name"></p></div>
    <div><p class="strong">LÃNH ĐẠO BỘ PHẬN</p><p class="hint">(Ký và ghi rõ họ tên)</p><p class="name">${data.supervisor}</p></div>
  </div>
</div>
</section>`;
}
