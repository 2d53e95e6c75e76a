import type { ApplicantWords, FormHead, MomentWords, ProofWords } from './form-data.ts';

/** Everything form 01 shows, already in words; the template only places it. */
export interface ReceiptData extends FormHead {
  /** Missing after an erasure by law. */
  readonly applicant?: ApplicantWords;
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
  /** The reception. */
  readonly proof: ProofWords;
}
