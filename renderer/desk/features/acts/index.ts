/** Acts on a dossier: which can be begun, with which key, and the form of each. */
export { actForms, placeName, RefuseReception, RequestSupplement } from './forms/index.ts';
export { useFinish } from './finish.ts';
export { useKindWords } from './kind-words.ts';
export { actKeys, actOfDuty, channelOfAct, nextAct, offeredActs, type ActName } from './offered.ts';
export { PlaceField, usePlaces, type PlaceChoice } from './place-field.tsx';
export { useAct, actForm } from './use-act.ts';
export { ActPanel } from './act-panel.tsx';
