export { receiptQrText } from './barcode.ts';
export { embeddedFonts } from './fonts.ts';
export { form01, type ReceiptMarks, type ReceiptTemplate } from './form-01.ts';
export { escaped, Html, html } from './html.ts';
export { receiptPage } from './page.ts';
export { placeName } from './place-name.ts';
export { type MomentWords, type ReceiptCopy, type ReceiptData } from './receipt-data.ts';
