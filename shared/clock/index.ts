export { injectedClockSchema, injectedSample, injectedTruth, type InjectedClock } from './injected.ts';
