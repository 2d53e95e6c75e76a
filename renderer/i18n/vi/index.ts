import { dossier } from './dossier.ts';
import { frame } from './frame.ts';
import { province } from './province.ts';
import { reception } from './reception.ts';
import { stages } from './stages.ts';
import { ui } from './ui.ts';

/** All Vietnamese texts. The first language: its keys and placeholders are what every other one must have. */
export const vi = { ...ui, ...frame, ...reception, ...dossier, ...stages, ...province } as const;

export { dossier, frame, reception, stages, ui };
