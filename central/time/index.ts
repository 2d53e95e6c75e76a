export { centreMachine, injectedTime } from './injected.ts';
export type { CentreReading, CentreTime } from './port.ts';
export { assumedTime, boundFromChrony, boundFromTimedatectl, boundWithoutFigures, machineSample, machineTime } from './system.ts';
