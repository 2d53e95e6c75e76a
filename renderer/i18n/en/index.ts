import { dossier } from './dossier.ts';
import { frame } from './frame.ts';
import { province } from './province.ts';
import { reception } from './reception.ts';
import { stages } from './stages.ts';
import { ui } from './ui.ts';

/** All English texts; a key that Vietnamese has and this lacks does not compile. */
export const en = { ...ui, ...frame, ...reception, ...dossier, ...stages, ...province } as const;
