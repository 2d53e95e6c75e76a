import { can, type Action, type Role } from '#shared/access/index.ts';
import { useSession } from './session.ts';
import { useWindow, type Screen } from './window.ts';

/** For each screen what one may do there; any of it makes the screen of use. */
const tasks: Readonly<Record<Screen['name'], readonly Action[]>> = {
  reception: ['dossier.receive'],
  return: ['dossier.hand-over', 'dossier.mark-ready'],
  dossiers: ['dossier.read'],
  dossier: ['dossier.read'],
  duties: ['dossier.read'],
  day: ['day.read'],
  sync: ['sync.read'],
};

/** Whether somebody with these roles has anything to do on a screen. */
export function mayOpen(roles: readonly Role[], screen: Screen['name']): boolean {
  return tasks[screen].some((action) => can({ id: '', agency: '', roles }, action));
}

/** Where the work of these roles starts: the reception for those who receive, the list of dossiers for the others. */
export function landing(roles: readonly Role[]): Screen {
  return mayOpen(roles, 'reception') ? { name: 'reception' } : { name: 'dossiers' };
}

/** The screen that stands in the window: the one asked for, or the landing where the roles have no task on it. */
export function useScreen(): Screen {
  const screen = useWindow((state) => state.screen);
  const person = useSession((state) => state.view?.signedIn);
  return person === undefined || mayOpen(person.roles, screen.name) ? screen : landing(person.roles);
}
