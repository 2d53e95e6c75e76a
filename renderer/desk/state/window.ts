import { create } from 'zustand';
import { sentence, type Fault } from '#shared/errors/index.ts';
import type { Language } from '#renderer/i18n/index.ts';
import type { OrderName } from '#shared/dossier/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';

/** What the window shows. */
export type Screen =
  | { readonly name: 'reception' }
  | { readonly name: 'return'; readonly dossier?: string; readonly choices?: readonly DossierLine[] }
  | { readonly name: 'dossiers' }
  /** `act`: which act's form is open on it. */
  | { readonly name: 'dossier'; readonly dossier: string; readonly act?: OrderName; readonly from?: 'dossiers' | 'duties' | 'day' | 'sync' }
  | { readonly name: 'duties' }
  | { readonly name: 'day' }
  | { readonly name: 'sync' };

/** What the status line says. `redo` names what can be done about it. */
export interface Said {
  readonly tone: 'plain' | 'positive' | 'danger';
  readonly words: string;
  readonly redo?: { readonly label: string; readonly act: () => void };
}

interface WindowStore {
  screen: Screen;
  said: Said | undefined;
  /** Who is at the window, and where each who was here before left off. */
  person: string | undefined;
  leftOff: ReadonlyMap<string, Screen>;
  go: (screen: Screen) => void;
  /** Somebody signed in: their own screen comes back, or `first` where they were not here before. */
  enter: (person: string, first: Screen) => void;
  say: (said: Said | undefined) => void;
}

/** Where the clerk is and what was said last. */
export const useWindow = create<WindowStore>()((set, get) => ({
  screen: { name: 'reception' },
  said: undefined,
  person: undefined,
  leftOff: new Map(),
  go: (screen) => set({ screen, said: undefined }),
  enter: (person, first) => {
    const { person: before, screen, leftOff } = get();
    if (person === before) return;
    const known = before === undefined ? leftOff : new Map([...leftOff, [before, screen]]);
    set({ person, leftOff: known, screen: known.get(person) ?? (before === undefined ? screen : first), said: undefined });
  },
  say: (said) => set({ said }),
}));

/**
 * Says in the status line why something was not done. A desk process on its way back is no alarm: the banner of the screen
 * says it already.
 */
export function sayFault(fault: Fault, language: Language): void {
  const calm = fault.code === 'desk.unavailable';
  useWindow.getState().say({ tone: calm ? 'plain' : 'danger', words: sentence(fault, language) });
}

export const scanFieldId = 'scan-field';

/** Puts the cursor into the scan field, its words chosen so that the next scan replaces them. */
export function focusScanField(): void {
  const field = document.getElementById(scanFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}
