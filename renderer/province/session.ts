import { create } from 'zustand';
import { can, roleSchema, type Action } from '#shared/access/index.ts';
import type { Fault } from '#shared/errors/index.ts';
import type { OfficerSession, SignInRequest } from '#shared/province/index.ts';
import { api } from './api.ts';

interface SessionStore {
  /** Undefined until the centre was asked; null when nobody is signed in. */
  session: OfficerSession | null | undefined;
  fault: Fault | undefined;
  start: () => Promise<void>;
  signIn: (request: SignInRequest) => Promise<void>;
  signOut: () => Promise<void>;
}

/** A one-time token in the address (`#token=…`) signs in once and is taken out of the address at once. */
function tokenInAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? new URLSearchParams(location.search).get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname);
  return token;
}

export const useSession = create<SessionStore>()((set) => ({
  session: undefined,
  fault: undefined,
  start: async () => {
    const token = tokenInAddress();
    const outcome = token === undefined ? await api.session() : await api.signIn({ token });
    if (outcome.ok) set({ session: outcome.value, fault: undefined });
    else set({ session: null, fault: outcome.fault.code === 'session.required' ? undefined : outcome.fault });
  },
  signIn: async (request) => {
    const outcome = await api.signIn(request);
    set(outcome.ok ? { session: outcome.value, fault: undefined } : { fault: outcome.fault });
  },
  signOut: async () => {
    const outcome = await api.signOut();
    set(outcome.ok ? { session: null, fault: undefined } : { fault: outcome.fault });
  },
}));

/** Whether who is signed in may do something; the centre asks again itself. */
export function useMay(action: Action): boolean {
  const { session } = useSession();
  const roles = (session?.roles ?? []).flatMap((role) => roleSchema.safeParse(role).data ?? []);
  return can({ id: '', agency: 'province', roles }, action);
}
