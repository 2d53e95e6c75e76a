import type { Html } from './html.ts';

/** What stands at the head of every form: whose it is, and which dossier it is about. */
export interface FormHead {
  /** Agency that received, and the agency above it on the form's head, if any. */
  readonly agencyName: string;
  readonly provinceName: string;
  /** Place before the date (địa danh): "Mai Pha". */
  readonly placeName: string;
  readonly desk: string;
  readonly dossier: string;
  readonly code: string;
  readonly provisional: boolean;
}

/** The applicant (người nộp) as a form names them. */
export interface ApplicantWords {
  readonly name: string;
  readonly idNumber: string;
  readonly address: string;
  readonly phone?: string;
  readonly email?: string;
}

/** A moment as a form writes it. */
export interface MomentWords {
  /** Hours and minutes. */
  readonly hour: string;
  readonly minute: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  /** "thứ Năm". */
  readonly weekday: string;
}

/** Place of an act in the log, printed small: a rewritten log would contradict the paper. */
export interface ProofWords {
  readonly log: string;
  readonly seq: number;
  readonly hash: string;
}

/** Barcode and QR code of a dossier. */
export interface FormMarks {
  readonly barcode: Html;
  readonly qr: Html;
}

/** Which copy a page or half a page is: the citizen's or the office's. */
export type FormCopy = 'applicant' | 'office';
