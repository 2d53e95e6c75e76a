import { act, screen } from '@testing-library/react';
import { useWindow } from '#renderer/desk/state/window.ts';
import { FakeDesk, type Kept } from './fake-desk.ts';
import { show, type Shown } from './show.tsx';

export interface Opened extends Shown {
  dossier: string;
  kept: () => Kept;
}

/** A dossier's page, its dossier brought where it stands by orders. The supervisor may give every order. */
export async function opened(bring: (desk: FakeDesk) => string, as: 'supervisor' | 'clerk' = 'supervisor'): Promise<Opened> {
  const desk = new FakeDesk();
  const dossier = bring(desk);
  const shown = await show({ desk, as });
  await act(async () => useWindow.getState().go({ name: 'dossier', dossier }));
  await screen.findByText('Việc có thể làm');
  return { ...shown, dossier, kept: () => desk.dossiers.get(dossier)! };
}

export const offered = (): string[] => [...document.querySelectorAll('.rail-acts .button .grow')].map((one) => one.textContent ?? '');
export const accented = (): string | undefined => document.querySelector('.rail-acts .button-primary .grow')?.textContent ?? undefined;
export const confirm = '{Control>}{Enter}{/Control}';
export const alt = (letter: string): string => `{Alt>}${letter}{/Alt}`;
export const stage = ({ kept }: Opened): string => kept().state.stage;

export async function form({ user }: Shown, key: string, name: string): Promise<HTMLElement> {
  await user.keyboard(key);
  return await screen.findByRole('group', { name });
}
