/** Kinds of entries about a dossier (hồ sơ). A kind never changes its meaning once released. */
export const dossierKinds = {
  submitted: 'dossier.submitted',
  received: 'dossier.received',
  notAccepted: 'dossier.not-accepted',
  forwarded: 'dossier.forwarded',
  takenOver: 'dossier.taken-over',
  supplementRequested: 'dossier.supplement-requested',
  supplementCompleted: 'dossier.supplement-completed',
  paymentRequested: 'dossier.payment-requested',
  paid: 'dossier.paid',
  extended: 'dossier.extended',
  apologised: 'dossier.apologised',
  dueComputedAgain: 'dossier.due-computed-again',
  stopRequested: 'dossier.stop-requested',
  stopped: 'dossier.stopped',
  resultReady: 'dossier.result-ready',
  notified: 'dossier.notified',
  handedOver: 'dossier.handed-over',
  corrected: 'dossier.corrected',
  resultCorrectionRequested: 'dossier.result-correction-requested',
  resultCorrected: 'dossier.result-corrected',
  codeMapped: 'dossier.code-mapped',
  conflictSettled: 'dossier.conflict-settled',
  attached: 'dossier.attached',
  /** Written by the centre alone. */
  erased: 'dossier.erased',
} as const;

export type DossierKind = (typeof dossierKinds)[keyof typeof dossierKinds];
