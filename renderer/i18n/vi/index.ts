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

/** All Vietnamese texts. The first language: its keys and placeholders are what every other one must have. */
export const vi = { ...ui, ...frame, ...reception, ...dossier, ...stages, ...acts, ...detail, ...duties, ...intake, ...keeping, ...province, ...decisions } as const;

export { acts, decisions, detail, dossier, duties, frame, intake, reception, stages, ui };
