/** Everything form 01 shows, already in words; the template only places it. */
export interface ReceiptData {
  /** Agency that received, and the agency above it on the form's head, if any. */
  readonly agencyName: string;
  readonly provinceName: string;
  /** Place before the date (địa danh): "Mai Pha". */
  readonly placeName: string;
  readonly desk: string;
  readonly dossier: string;
  readonly code: string;
  readonly provisional: boolean;
  /** Missing after an erasure by law. */
  readonly applicant?: {
    readonly name: string;
    readonly idNumber: string;
    readonly address: string;
    readonly phone?: string;
    readonly email?: string;
  };
  /** Who handed it in, when not the applicant. */
  readonly submitterName?: string;
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly papers: readonly { readonly name: string; readonly kind: string; readonly quantity: number }[];
  readonly sets: number;
  /** Statutory term in words. */
  readonly term: string;
  readonly received: MomentWords;
  readonly due: MomentWords;
  readonly dueProvisional: boolean;
  /** Sentences that explain the due date. */
  readonly explanation: readonly string[];
  readonly placeOfReturn: string;
  readonly fee: string;
  readonly note?: string;
  readonly clerkName: string;
  /** Year of the register (quyển số) and line in it (số thứ tự); dotted lines where the desk keeps none. */
  readonly register?: { readonly book: string; readonly line: string };
  /** Place of the reception in the log, printed small: a rewritten log would contradict the paper. */
  readonly proof: { readonly log: string; readonly seq: number; readonly hash: string };
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

/** Which copy a page is. */
export type ReceiptCopy = 'applicant' | 'office';
