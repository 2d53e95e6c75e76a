import { z } from 'zod';
import * as acts from './acts/index.ts';
import { dossierKinds, type DossierKind } from './kinds.ts';

/** The shapes of the facts of each kind. */
export const factsOf = {
  [dossierKinds.submitted]: acts.submittedSchema,
  [dossierKinds.received]: acts.receivedSchema,
  [dossierKinds.notAccepted]: acts.notAcceptedSchema,
  [dossierKinds.forwarded]: acts.forwardedSchema,
  [dossierKinds.takenOver]: acts.takenOverSchema,
  [dossierKinds.supplementRequested]: acts.supplementRequestedSchema,
  [dossierKinds.supplementCompleted]: acts.supplementCompletedSchema,
  [dossierKinds.paymentRequested]: acts.paymentRequestedSchema,
  [dossierKinds.paid]: acts.paidSchema,
  [dossierKinds.extended]: acts.extendedSchema,
  [dossierKinds.apologised]: acts.apologisedSchema,
  [dossierKinds.dueComputedAgain]: acts.dueComputedAgainSchema,
  [dossierKinds.stopRequested]: acts.stopRequestedSchema,
  [dossierKinds.stopped]: acts.stoppedSchema,
  [dossierKinds.resultReady]: acts.resultReadySchema,
  [dossierKinds.notified]: acts.notifiedSchema,
  [dossierKinds.handedOver]: acts.handedOverSchema,
  [dossierKinds.corrected]: acts.correctedSchema,
  [dossierKinds.resultCorrectionRequested]: acts.resultCorrectionRequestedSchema,
  [dossierKinds.resultCorrected]: acts.resultCorrectedSchema,
  [dossierKinds.codeMapped]: acts.codeMappedSchema,
  [dossierKinds.conflictSettled]: acts.conflictSettledSchema,
  [dossierKinds.attached]: acts.attachedSchema,
  [dossierKinds.erased]: acts.erasedSchema,
} as const satisfies Record<DossierKind, z.ZodType>;

/** The shapes of the sealed bodies, of the kinds that may have one. */
export const personalOf: Readonly<Partial<Record<DossierKind, z.ZodType>>> = {
  [dossierKinds.submitted]: acts.receivedPersonalSchema,
  [dossierKinds.received]: acts.receivedPersonalSchema,
  [dossierKinds.notAccepted]: acts.reasonPersonalSchema,
  [dossierKinds.forwarded]: acts.notePersonalSchema,
  [dossierKinds.takenOver]: acts.notePersonalSchema,
  [dossierKinds.supplementRequested]: acts.supplementPersonalSchema,
  [dossierKinds.supplementCompleted]: acts.notePersonalSchema,
  [dossierKinds.paymentRequested]: acts.notePersonalSchema,
  [dossierKinds.paid]: acts.notePersonalSchema,
  [dossierKinds.extended]: acts.reasonPersonalSchema,
  [dossierKinds.apologised]: acts.apologyPersonalSchema,
  [dossierKinds.stopRequested]: acts.reasonPersonalSchema,
  [dossierKinds.stopped]: acts.reasonPersonalSchema,
  [dossierKinds.resultReady]: acts.resultReadyPersonalSchema,
  [dossierKinds.notified]: acts.notePersonalSchema,
  [dossierKinds.handedOver]: acts.handedOverPersonalSchema,
  [dossierKinds.corrected]: acts.correctedPersonalSchema,
  [dossierKinds.resultCorrectionRequested]: acts.reasonPersonalSchema,
  [dossierKinds.resultCorrected]: acts.notePersonalSchema,
  [dossierKinds.conflictSettled]: acts.reasonPersonalSchema,
  [dossierKinds.attached]: acts.attachedPersonalSchema,
};

const known: ReadonlySet<string> = new Set(Object.values(dossierKinds));

/** Whether this program knows a kind of entry about a dossier. */
export function isDossierKind(kind: string): kind is DossierKind {
  return known.has(kind);
}

function act<Kind extends DossierKind>(kind: Kind): z.ZodObject<{ kind: z.ZodLiteral<Kind>; facts: (typeof factsOf)[Kind] }> {
  return z.object({ kind: z.literal(kind), facts: factsOf[kind] });
}

/** One act of a dossier with its facts read; `kind` tells the shape of `facts`. */
export const actSchema = z.discriminatedUnion('kind', [
  act(dossierKinds.submitted), act(dossierKinds.received), act(dossierKinds.notAccepted), act(dossierKinds.forwarded), act(dossierKinds.takenOver),
  act(dossierKinds.supplementRequested), act(dossierKinds.supplementCompleted), act(dossierKinds.paymentRequested), act(dossierKinds.paid),
  act(dossierKinds.extended), act(dossierKinds.apologised), act(dossierKinds.dueComputedAgain), act(dossierKinds.stopRequested),
  act(dossierKinds.stopped), act(dossierKinds.resultReady), act(dossierKinds.notified), act(dossierKinds.handedOver), act(dossierKinds.corrected),
  act(dossierKinds.resultCorrectionRequested), act(dossierKinds.resultCorrected), act(dossierKinds.codeMapped), act(dossierKinds.conflictSettled),
  act(dossierKinds.attached), act(dossierKinds.erased),
]);
export type Act = z.infer<typeof actSchema>;
