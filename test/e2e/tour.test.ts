/** The tour's week in the real window: what the centre says of each of its dossiers is what README promises. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { playWeek } from '#build/tour/index.ts';
import { artifacts, setScene, type Scene } from './harness.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene?.end());

describe('the week of the tour', () => {
  it('ends with the verdict each of its stories calls for', async () => {
    const { runtime, folder, clock, centre, line } = scene;
    const pictures = join(artifacts, 'tour');
    mkdirSync(pictures, { recursive: true });
    const told: string[] = [];
    const agrees = await playWeek({ runtime, folder, pictures, clock, centre: centre.ready, line, say: (words) => told.push(words) });
    expect(told.filter((words) => words.includes('NOT AS EXPECTED'))).toEqual([]);
    expect(told.filter((words) => words.includes('trung tâm nói'))).toHaveLength(6);
    expect(agrees).toBe(true);
  });
});
