import type { Migration } from '../migrate.ts';
import { first } from './0001-log-and-projections.ts';
import { second } from './0002-all-acts.ts';
import { third } from './0003-wall-of-anchors.ts';
import { fourth } from './0004-branches.ts';
import { fifth } from './0005-attachments.ts';
import { sixth } from './0006-erasures.ts';

/** All released migrations, in order. */
export const migrations: readonly Migration[] = [first, second, third, fourth, fifth, sixth];
