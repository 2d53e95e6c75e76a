import { create } from 'zustand';
import { can, type Action } from '#shared/access/index.ts';
import type { Outcome } from '#shared/errors/index.ts';
import type { SessionView, SyncView } from '#shared/ipc/index.ts';
import { call } from '../api.ts';
import { keepLastPerson } from './last-person.ts';

interface SessionStore {
  /** Undefined until the desk process has answered for the first time. */
  view: SessionView | undefined;
  deskProcess: 'up' | 'down';
  /** It went down and came back; true until something is saved. */
  cameBack: boolean;
  sync: SyncView | undefined;
  /** Today by the desk's working time, `yyyy-MM-dd`. The computer's own clock is never asked. */
  today: string | undefined;
  /** The desk's working time when it was last told, milliseconds, and what the page's own running time was then. */
  now: { readonly at: number; readonly since: number } | undefined;
  /** The desk locked itself; until the next sign-in. */
  locked: boolean;
  load: () => Promise<void>;
  /** Asks for the sync view and for today's date; both need a signed-in user. */
  refresh: () => Promise<void>;
  signIn: (staff: string, pin: string) => Promise<Outcome<SessionView>>;
  signOut: () => Promise<void>;
}

/** Who works here and in what state the desk is. */
export const useSession = create<SessionStore>()((set, get) => ({
  view: undefined,
  deskProcess: 'up',
  cameBack: false,
  sync: undefined,
  today: undefined,
  now: undefined,
  locked: false,
  load: async () => {
    const answer = await call('session.view', {});
    if (answer.ok) set({ view: answer.value });
    else if (answer.fault.code === 'desk.unavailable') set({ deskProcess: 'down' });
  },
  refresh: async () => {
    if (!get().view?.signedIn) return;
    const [sync, day] = await Promise.all([call('sync.view', {}), call('day.view', {})]);
    set({ ...(sync.ok ? { sync: sync.value } : {}), ...(day.ok ? { today: day.value.date } : {}), ...(day.ok && day.value.now !== undefined ? { now: { at: day.value.now, since: performance.now() } } : {}) });
  },
  signIn: async (staff, pin) => {
    const answer = await call('session.sign-in', { staff, pin });
    if (answer.ok) {
      set({ view: answer.value, locked: false });
      keepLastPerson(staff);
      await get().refresh();
    }
    return answer;
  },
  signOut: async () => {
    const answer = await call('session.sign-out', {});
    if (answer.ok) set({ view: answer.value, locked: false });
  },
}));

/** Whether the one who is signed in may do something; the desk process decides again when it is done. */
export function useMay(action: Action): boolean {
  const person = useSession((state) => state.view?.signedIn);
  return person !== undefined && can({ id: person.id, agency: '', roles: person.roles }, action);
}
