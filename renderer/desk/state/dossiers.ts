import { create } from 'zustand';

/** Counts how often the desk's dossiers changed; lists that show them ask again when it moves. */
export const useDossierChanges = create<{ changes: number }>()(() => ({ changes: 0 }));

export function announceDossiers(): void {
  useDossierChanges.setState(({ changes }) => ({ changes: changes + 1 }));
}
