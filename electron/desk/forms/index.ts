export { receiptQrText } from './barcode.ts';
export { embeddedFonts } from './fonts.ts';
export { form01, type ReceiptTemplate } from './form-01.ts';
export { type ApplicantWords, type FormCopy, type FormHead, type FormMarks, type MomentWords, type ProofWords } from './form-data.ts';
export { escaped, Html, html } from './html.ts';
export { receiptPage, returnSlipPage } from './page.ts';
export { placeName } from './place-name.ts';
export { type ReceiptData } from './receipt-data.ts';
export { type ReturnSlipData } from './return-slip.ts';
