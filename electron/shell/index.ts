export { readDevelopment, type Development } from './development.ts';
export { operatorLog } from './operator-log.ts';
export { registerScheme } from './protocol.ts';
export { createShell, type Shell, type ShellOptions } from './shell.ts';
