import { create } from 'zustand';
import type { DossierLine } from '#shared/ipc/index.ts';

/** What the window shows. */
export type Screen =
  | { readonly name: 'reception' }
  | { readonly name: 'return'; readonly dossier?: string; readonly choices?: readonly DossierLine[] }
  | { readonly name: 'dossiers' }
  | { readonly name: 'dossier'; readonly dossier: string }
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
  go: (screen: Screen) => void;
  say: (said: Said | undefined) => void;
}

/** Where the clerk is and what was said last. */
export const useWindow = create<WindowStore>()((set) => ({
  screen: { name: 'reception' },
  said: undefined,
  go: (screen) => set({ screen, said: undefined }),
  say: (said) => set({ said }),
}));

export const scanFieldId = 'scan-field';

/** Puts the cursor into the scan field, its words chosen so that the next scan replaces them. */
export function focusScanField(): void {
  const field = document.getElementById(scanFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}
