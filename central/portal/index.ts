export { portalMessages, type LeftOut, type PortalAnswer, type PortalQuestion } from './messages.ts';
