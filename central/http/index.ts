export { buildApp, type App, type HttpPorts, type ProvinceReports } from './app.ts';
export { nonces, type Nonces } from './nonces.ts';
