/** Starting the centre and the app in development: for `npm start`, the tour and the tests on the real window. */
export { CentreFailed, endChild, startCentre } from './centre.ts';
export type { Centre, CentreOptions, CentreReady } from './centre.ts';
export { developmentEnvironment } from './environment.ts';
