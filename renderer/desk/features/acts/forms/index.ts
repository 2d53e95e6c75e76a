import type { ActName } from '../offered.ts';
import type { ActFormProps } from '../use-act.ts';
import { SettleConflictForm } from './conflict.tsx';
import { CorrectForm } from './correct.tsx';
import { RecordPaymentForm, RequestPaymentForm } from './payment.tsx';
import { RefuseReceptionForm } from './refusal.tsx';
import { MarkReadyForm, NotifyForm, RecordResultCorrectionForm, RequestResultCorrectionForm } from './result.tsx';
import { RequestStopForm, StopForm } from './stop.tsx';
import { CompleteSupplementForm, RequestSupplementForm } from './supplement.tsx';
import { ApologiseForm, ComputeDueAgainForm, ExtendForm } from './term.tsx';
import { ForwardForm, TakeOverForm } from './transfer.tsx';

/** The form of each act that is done on the dossier's page; reception and return have screens of their own. */
export const actForms: Readonly<Record<Exclude<ActName, 'receive' | 'handOver'>, (props: ActFormProps) => React.JSX.Element | null>> = {
  settleConflict: SettleConflictForm, takeOver: TakeOverForm, requestSupplement: RequestSupplementForm, completeSupplement: CompleteSupplementForm, forward: ForwardForm,
  requestPayment: RequestPaymentForm, recordPayment: RecordPaymentForm, markReady: MarkReadyForm, notify: NotifyForm, apologise: ApologiseForm, extend: ExtendForm,
  computeDueAgain: ComputeDueAgainForm, requestStop: RequestStopForm, stop: StopForm, refuseReception: RefuseReceptionForm,
  requestResultCorrection: RequestResultCorrectionForm, recordResultCorrection: RecordResultCorrectionForm, correct: CorrectForm,
};
export { RefuseReception } from './refusal.tsx';
export { RequestSupplement } from './supplement.tsx';
export { placeName } from './transfer.tsx';
