import type { ApplicantWords, FormHead, MomentWords, ProofWords } from './form-data.ts';

/** What every letter about a dossier shows (forms 02 to 05), already in words. */
export interface LetterData extends FormHead {
  /** Missing after an erasure by law. */
  readonly applicant?: ApplicantWords;
  readonly procedureCode: string;
  readonly procedureName: string;
  /** When the act was recorded that the letter is about. */
  readonly at: MomentWords;
  /** What the clerk wrote as the reason; missing after an erasure. */
  readonly reason?: string;
  /** Who signs for the office. */
  readonly clerkName: string;
  /** The act. */
  readonly proof: ProofWords;
}

/** A paper asked for, as a table shows it. */
export interface AskedPaperWords {
  readonly name: string;
  readonly kind: 'original' | 'certifiedCopy' | 'copy';
  readonly quantity: number;
}
