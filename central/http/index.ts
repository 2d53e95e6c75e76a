export { buildApp } from './app.ts';
export type { App, HttpPorts } from './ports.ts';
export { nonces, type Nonces } from './nonces.ts';
