import { acts } from './acts.ts';
import { decisions } from './decisions.ts';
import { detail } from './detail.ts';
import { dossier } from './dossier.ts';
import { duties } from './duties.ts';
import { frame } from './frame.ts';
import { intake } from './intake.ts';
import { keeping } from './keeping.ts';
import { province } from './province.ts';
import { reception } from './reception.ts';
import { stages } from './stages.ts';
import { ui } from './ui.ts';

/** All English texts; a key that Vietnamese has and this lacks does not compile. */
export const en = { ...ui, ...frame, ...reception, ...dossier, ...stages, ...acts, ...detail, ...duties, ...intake, ...keeping, ...province, ...decisions } as const;
