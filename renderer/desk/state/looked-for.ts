import { create } from 'zustand';
import type { RequestOf } from '#shared/ipc/index.ts';

export type ListFilter = RequestOf<'dossier.list'>['filter'];

/** What was looked for in the list of dossiers; kept, so that a look into one of them does not lose the list. */
export const useLookedFor = create<{ text: string; filter: ListFilter }>()(() => ({ text: '', filter: 'open' }));
