import { barcode, receiptQr } from './barcode.ts';
import { closeSheet, type CloseSheetData } from './close-sheet.ts';
import { form01, type ReceiptTemplate } from './form-01.ts';
import { form02, type SupplementData } from './form-02.ts';
import { form03, type RefusalData } from './form-03.ts';
import { form04, type ApologyData } from './form-04.ts';
import { form05, type StopData } from './form-05.ts';
import { form06, type ControlData } from './form-06.ts';
import { form07, type RegisterData } from './form-07.ts';
import type { FormHead, FormMarks } from './form-data.ts';
import { html, markup, type Html } from './html.ts';
import type { ReceiptData } from './receipt-data.ts';
import { returnSlip, type ReturnSlipData } from './return-slip.ts';

/**
 * Each copy begins on a page of its own. The padding above it is not for looks: the marks over capitals reach out of their
 * line, and without room above the first line they are printed at the foot of the page before. The signatures stay together
 * with the lines around them.
 */
const style = `
@page{size:A4;margin:14mm 15mm}
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact}
body{margin:0;font:11pt/1.4 'Be Vietnam Pro','Noto Sans',Arial,sans-serif;color:#000;background:#fff}
p{margin:0}
.sheet{display:flex;flex-direction:column;min-height:266mm;padding:2.5mm .3mm 0}
.sheet+.sheet{break-before:page}
.head{display:grid;grid-template-columns:25mm 1fr 1.25fr;gap:4mm;text-align:center;font-size:10pt}
.qr svg{display:block;width:25mm;height:25mm}
.head hr{width:28mm;border:0;border-top:.3mm solid #000;margin:1mm auto 0}
.over{text-transform:uppercase}
.strong{font-weight:600}
.place{text-align:right;font-style:italic;font-size:10pt;margin:2mm 0}
.title{text-align:center;margin:2mm 0}
h1{font-size:14pt;font-weight:600;margin:0}
.copy{font-size:10pt;font-style:italic}
.code{text-align:center;margin:1mm 0 3mm}
.bars svg{display:block;height:11mm;max-width:100%;margin:0 auto 1mm}
.mono{font-variant-numeric:tabular-nums;letter-spacing:.02em}
dl{display:grid;grid-template-columns:64mm 1fr;gap:.3mm 3mm;margin:0 0 3mm}
dt,dd{padding-top:.5mm;break-inside:avoid}
dt{color:#333}
dd{margin:0;overflow-wrap:anywhere}
.why{display:block;font-size:9pt;color:#333}
table{width:100%;border-collapse:collapse;margin:0 0 3mm;font-size:10pt}
caption{text-align:left;margin-bottom:1mm;color:#333;font-size:11pt}
th,td{border:.2mm solid #555;padding:.8mm 1.6mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600}
tr{break-inside:avoid}
.narrow{width:20mm;text-align:center;white-space:nowrap}
.kind{width:34mm}
.tick{width:24mm;text-align:center}
.letter{margin:0 0 3mm;text-align:justify}
.hops{font-size:9pt}
.hops .kept{width:20mm}
.hops .empty td{height:11mm}
.close-sheet dl{margin-top:4mm}
.hash{font-size:9pt}
.proofs td{vertical-align:middle}
.end{flex:1;display:flex;flex-direction:column;break-inside:avoid}
.book{margin-bottom:4mm}
.signatures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:4mm;text-align:center;margin-bottom:2mm;overflow-wrap:anywhere}
.hint{font-style:italic;font-size:9.5pt}
.name{margin-top:20mm;font-weight:600}
@media screen{body{max-width:210mm;margin:0 auto;padding:14mm 15mm}.sheet{margin-bottom:14mm}}
footer{margin-top:auto;padding-top:2mm;border-top:.2mm solid #999;font-size:8pt;color:#333}
.proof{white-space:nowrap}
`;

/** The slip: two halves of one A4 page, to be cut apart; a half that grows takes a page of its own. */
const slipStyle = `
@page{margin:8mm 14mm}
body{font-size:9pt;line-height:1.32}
.half{display:flex;flex-direction:column;min-height:139mm;padding:2.5mm .3mm 0;break-inside:avoid}
.half+.half{border-top:.2mm dashed #777;padding-top:4mm}
.head{grid-template-columns:18mm 1fr 1.25fr;font-size:8.5pt}
.qr svg{width:18mm;height:18mm}
.heading{display:grid;grid-template-columns:1fr 72mm;gap:4mm;align-items:center;margin:0 0 2mm}
.title{margin:0}
.place{font-size:8.5pt;text-align:center;margin:0 0 1mm}
h1{font-size:12.5pt}
.copy{font-size:8.5pt}
.code{margin:0}
.bars svg{height:9mm}
dl{grid-template-columns:36mm 1fr;margin:0 0 2mm;gap:0 3mm}
dt,dd{padding-top:.3mm}
.hint{font-size:8pt}
.signatures{flex:1;min-height:26mm;max-height:34mm;margin-bottom:1mm}
.signatures>div{display:flex;flex-direction:column}
.name{margin-top:auto}
footer{font-size:7.5pt;padding-top:1mm}
@media screen{.half{min-height:0;margin-bottom:8mm}}
`;

/** The register: many columns, so it lies on its side and repeats its head on every page. */
const registerStyle = `
@page{size:A4 landscape;margin:10mm}
body{font-size:8pt;line-height:1.3}
.register{padding-top:2mm}
.register-head{display:grid;grid-template-columns:1fr 1.4fr 1fr;gap:4mm;align-items:start;margin-bottom:3mm}
.title{margin:0}
h1{font-size:13pt}
.copy{font-size:9pt}
.totals{text-align:right}
table{font-size:7.5pt;table-layout:fixed}
.mono{letter-spacing:0;white-space:nowrap}
.when{overflow-wrap:normal}
thead{display:table-header-group}
th,td{padding:.6mm 1mm}
.number{text-align:center}
footer{font-size:7pt}
@media screen{body{max-width:297mm;padding:10mm}}
`;

/**
 * Form 01 as a complete page for printing on A4: the applicant's copy and the office's. `fonts` are style rules that
 * embed the font.
 */
export function receiptPage(data: ReceiptData, fonts: string, template: ReceiptTemplate = form01): { html: string; title: string } {
  const marks = marksOf(data);
  return page(`Giấy tiếp nhận ${data.code}`, [fonts, style], [template(data, 'applicant', marks), template(data, 'office', marks)]);
}

/** The slip of a return as a complete page for printing on A4: the receiver's half and the office's. */
export function returnSlipPage(data: ReturnSlipData, fonts: string): { html: string; title: string } {
  const marks = marksOf(data);
  return page(`Giấy trả kết quả ${data.code}`, [fonts, style, slipStyle], [returnSlip(data, 'applicant', marks), returnSlip(data, 'office', marks)]);
}

/** Form 02, both copies. */
export function supplementPage(data: SupplementData, fonts: string): { html: string; title: string } {
  const marks = marksOf(data);
  return page(`Phiếu yêu cầu bổ sung ${data.code}`, [fonts, style], [form02(data, 'applicant', marks), form02(data, 'office', marks)]);
}

/** Form 03, both copies. */
export function refusalPage(data: RefusalData, fonts: string): { html: string; title: string } {
  const marks = marksOf(data);
  return page(`Phiếu từ chối ${data.code}`, [fonts, style], [form03(data, 'applicant', marks), form03(data, 'office', marks)]);
}

/** Form 04. */
export function apologyPage(data: ApologyData, fonts: string): { html: string; title: string } {
  return page(`Phiếu xin lỗi ${data.code}`, [fonts, style], [form04(data, marksOf(data))]);
}

/** Form 05, both copies. */
export function stopPage(data: StopData, fonts: string): { html: string; title: string } {
  const marks = marksOf(data);
  return page(`Phiếu dừng giải quyết ${data.code}`, [fonts, style], [form05(data, 'applicant', marks), form05(data, 'office', marks)]);
}

/** Form 06. */
export function controlPage(data: ControlData, fonts: string): { html: string; title: string } {
  return page(`Phiếu kiểm soát ${data.code}`, [fonts, style], [form06(data, marksOf(data))]);
}

/** Form 07, of a day or a span of days. */
export function registerPage(data: RegisterData, fonts: string): { html: string; title: string } {
  return page(`Sổ theo dõi hồ sơ ${data.span.replaceAll('/', '-')}`, [fonts, style, registerStyle], [form07(data)]);
}

/** The sheet of a day's close. */
export function closeSheetPage(data: CloseSheetData, fonts: string): { html: string; title: string } {
  return page(`Biên bản chốt ngày ${data.day.replaceAll('/', '-')}`, [fonts, style], [closeSheet(data)]);
}

function marksOf({ dossier, code }: FormHead): FormMarks {
  return { barcode: barcode(code), qr: receiptQr(dossier, code) };
}

/**
 * A whole page; it holds no script and its policy allows none. The title may become a file name or stand in a print queue:
 * it names the code only, nothing about the person.
 */
function page(title: string, styles: readonly string[], parts: readonly Html[]): { html: string; title: string } {
  const whole = html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${title}</title>
<style>${styles.map((text) => markup(text))}</style>
</head>
<body>
${parts}
</body>
</html>
`;
  return { html: whole.text, title };
}
