/**
 * The counter's pages in an ordinary browser, on a desk in memory: `vite build test/renderer/harness --outDir …`, then
 * open it. `#full` fills the desk with dossiers, `#full-specialist` (or another of `people`) with that person at it,
 * `#full-clerk-stages` adds one dossier of every stage, `#enrol` takes its enrolment away; the desk is `fakeDesk` in the console.
 */
import '#renderer/desk/eval-free.ts';
import { FakeDesk } from '../desk/fake-desk.ts';
import { fill } from './dossiers.ts';
import { everyStage } from './mechanism.ts';

const fakeDesk = new FakeDesk();
if (location.hash.includes('full')) fill(fakeDesk, location.hash.split('-')[1]);
if (location.hash.includes('stages')) everyStage(fakeDesk);
if (location.hash.includes('enrol')) fakeDesk.setEnrolled(false);
Object.assign(window, { desk: fakeDesk, fakeDesk });
await import('#renderer/desk/main.tsx');
