export * from './acts/index.ts';
export * from './commands.ts';
export * from './decide/index.ts';
export { dutiesAt, dutiesOf, type Duty, type DutyName } from './duties.ts';
export { erasureOf } from './erasure.ts';
export { actOf, foldDossier, inFoldOrder } from './fold.ts';
export { forecastAhead, forecastOf, type Forecast } from './forecast.ts';
export { unmatchedHops } from './hops.ts';
export { haltedAt, isLate, toldAt } from './lateness.ts';
export { dossierKinds, type DossierKind } from './kinds.ts';
export { orders, type OrderName } from './orders.ts';
export { possibleOrders, type Standpoint } from './possible.ts';
export { factsOf, isDossierKind, personalOf, type Act } from './shapes.ts';
export { openStages, possibleIn, runningStages, stageGroups, stageSchema, statusOf, type PortalStatus, type Stage } from './stage.ts';
export { agenciesOfEntry, closesDossier, codeInEntry, partiesOf, type PartHeader } from './parts.ts';
export {
  dossierStateSchema, isAccepted, openResultCorrection, openSupplement, originSchema, portalStatus,
  type AcceptedDossier, type Conflict, type DossierState, type Hop, type Origin, type Recorded, type ResultCorrection, type Stretch, type Supplement,
} from './state.ts';
