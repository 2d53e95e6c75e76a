export { buildApp, type App, type HttpPorts } from './app.ts';
export { nonces, type Nonces } from './nonces.ts';
