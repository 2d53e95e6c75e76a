export { recoveredView } from './noted.ts';
export { firstPageDamaged, recoverStore, type Recovered } from './recover.ts';
export { rejoinRemainder, waitingRemainder } from './remainder.ts';
export { finishSwap, freeName, recoveredName, swapIn } from './swap.ts';
