import { barcode, receiptQr } from './barcode.ts';
import { form01, type ReceiptTemplate } from './form-01.ts';
import { html, markup } from './html.ts';
import type { ReceiptData } from './receipt-data.ts';

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
.end{flex:1;display:flex;flex-direction:column;break-inside:avoid}
.book{margin-bottom:4mm}
.signatures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:4mm;text-align:center;margin-bottom:2mm;overflow-wrap:anywhere}
.hint{font-style:italic;font-size:9.5pt}
.name{margin-top:20mm;font-weight:600}
@media screen{body{max-width:210mm;margin:0 auto;padding:14mm 15mm}.sheet{margin-bottom:14mm}}
footer{margin-top:auto;padding-top:2mm;border-top:.2mm solid #999;font-size:8pt;color:#333}
.proof{white-space:nowrap}
`;

/**
 * Form 01 as a complete page for printing on A4: the applicant's copy and the office's. `fonts` are style rules that
 * embed the font. The page holds no script and its policy allows none.
 */
export function receiptPage(data: ReceiptData, fonts: string, template: ReceiptTemplate = form01): { html: string; title: string } {
  const marks = { barcode: barcode(data.code), qr: receiptQr(data.dossier, data.code) };
  // The title may become a file name or stand in a print queue: the code only, nothing about the person.
  const title = `Giấy tiếp nhận ${data.code}`;
  const page = html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${title}</title>
<style>${markup(fonts)}${markup(style)}</style>
</head>
<body>
${template(data, 'applicant', marks)}
${template(data, 'office', marks)}
</body>
</html>
`;
  return { html: page.text, title };
}
