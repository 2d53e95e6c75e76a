import { create } from 'zustand';
import type { Fault, Outcome } from '#shared/errors/index.ts';
import type { EnrolView, RequestOf } from '#shared/ipc/index.ts';
import { call } from '../api.ts';

interface EnrolmentStore {
  /** Undefined until the desk process has answered for the first time. */
  view: EnrolView | undefined;
  /** Why it could not be asked. */
  fault: Fault | undefined;
  load: () => Promise<void>;
  start: (request: RequestOf<'enrol.start'>) => Promise<Outcome<EnrolView>>;
}

/** How far the enrolment of this desk (ghi danh quầy) has come. */
export const useEnrolment = create<EnrolmentStore>()((set) => ({
  view: undefined,
  fault: undefined,
  load: async () => {
    const answer = await call('enrol.view', {});
    set(answer.ok ? { view: answer.value, fault: undefined } : { fault: answer.fault });
  },
  start: async (request) => {
    const answer = await call('enrol.start', request);
    if (answer.ok) set({ view: answer.value, fault: undefined });
    return answer;
  },
}));
