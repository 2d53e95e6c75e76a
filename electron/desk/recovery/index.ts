export { recoveredView } from './noted.ts';
export { firstPageDamaged, recoverStore, type Recovered } from './recover.ts';
export { rejoinRemainder, waitingRemainder } from './remainder.ts';
export { asideSince, finishSwap, freeName, recoveredName, removeStore, swapIn } from './swap.ts';
