export { type DecisionContext, type Draft } from './context.ts';
export { decideCodeMapping, decideCorrection, decideSettlement } from './correction.ts';
export { article, type Rule } from './articles.ts';
export { changesOf, dueStoryOf, reckoningOf, reckoningToday, type Reckoning } from './reckon.ts';
export { decideReception, decideRefusal, decideSubmission } from './reception.ts';
export { decideHandOver, decideNotice, decideResultCorrection, decideResultCorrectionRequest, decideResultReady } from './result.ts';
export { decideSupplementCompletion, decideSupplementRequest } from './supplement.ts';
export { decideApology, decideDueAgain, decideExtension, decidePayment, decidePaymentRequest, decideStop, decideStopRequest } from './term.ts';
export { decideForwarding, decideTakingOver } from './transfer.ts';
