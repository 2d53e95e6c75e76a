export { officerDesk, sessionLifetime, type OfficerDesk, type SignedIn } from './sign-in.ts';
