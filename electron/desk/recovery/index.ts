export { recoveredView } from './noted.ts';
export { firstPageDamaged, recoverStore, type Recovered } from './recover.ts';
export { rejoinRemainder } from './remainder.ts';
export { finishSwap } from './swap.ts';
