import { toSVG } from 'bwip-js/node';
import { markup, type Html } from './html.ts';

/** CODE128 of a dossier code, as SVG; read by the scanner at the return. */
export function barcode(code: string): Html {
  return markup(toSVG({ bcid: 'code128', text: code, height: 9, includetext: false, paddingwidth: 4 }));
}

/** What the QR code of a receipt says: enough to find the dossier at any desk, nothing about the person. */
export function receiptQrText(dossier: string, code: string): string {
  return `QUAY:${dossier}:${code}`;
}

/** QR code of a place in a log, as SVG: what stands on paper can be compared with the log by a scanner. */
export function headQr(log: string, seq: number, hash: string): Html {
  const options = { bcid: 'qrcode', text: `QUAY-LOG:${log}:${seq}:${hash}`, eclevel: 'M', paddingwidth: 2, paddingheight: 2 };
  return markup(toSVG(options));
}

/** QR code of a receipt, as SVG. Error correction M: receipts are folded and carried in pockets. */
export function receiptQr(dossier: string, code: string): Html {
  const options = { bcid: 'qrcode', text: receiptQrText(dossier, code), eclevel: 'M', paddingwidth: 2, paddingheight: 2 };
  return markup(toSVG(options));
}
