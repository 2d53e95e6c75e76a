/** A desk and a centre on this machine, the line between them and their clock, all in the hands of a script: the tour and the tests on the real window. */
export { driveClock, type DrivenClock } from './clock.ts';
export { cardText, closeDay, fillReception, handOver, markReady, openReturn, said, saveReception, scan, scanField, signIn, takeCard } from './counter.ts';
export { startDeskApp, type DeskApp, type DeskAppOptions } from './desk-app.ts';
export { openLine, type Line } from './line.ts';
