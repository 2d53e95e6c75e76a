export { actions, can, roles, roleSchema, type Action, type Actor, type Role } from './can.ts';
