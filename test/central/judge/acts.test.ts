import { describe, expect, it } from '@jest/globals';
import { judgeProvince } from '#central/judge/index.ts';
import type { Catalogue } from '#shared/catalogue/index.ts';
import { defaultSettings, dueOf, type DueChange, type DueDate, type Settings } from '#shared/deadline/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import type { Verdict } from '#shared/evidence/index.ts';
import { procedure, smallCatalogue } from '#test/shared/catalogue/samples.ts';
import { day, type Desk, hour, minute, newId, ports } from '#test/shared/evidence/world.ts';
import { Province } from './province.ts';

const term = { unit: 'workingDay', amount: 2 } as const;
const catalogue = smallCatalogue({ procedures: [procedure({ term })] });

function dueWith(acceptedAt: number, changes: DueChange[], settings: Partial<Settings> = {}): DueDate {
  const due = dueOf({ acceptedAt, term, changes }, catalogue.calendars[0]!, { ...defaultSettings, ...settings });
  if (!due.ok) throw new Error(due.fault.code);
  return due.value;
}

function settle(province: Province, desk: Desk): void {
  desk.wait(minute).anchor();
  province.sync(desk);
}

function until(desk: Desk, at: number): Desk {
  return desk.wait(at - desk.now);
}

function verdict(province: Province, dossier: string, now: number, catalogues: readonly Catalogue[] = [catalogue]): Verdict | undefined {
  return judgeProvince(province.data({ catalogues }), Math.round(now), ports).dossiers.get(dossier)?.verdict;
}

/** What the desk's working time says is off by this much. */
interface Told {
  readonly asked?: number;
  readonly completed?: number;
}

/** Received; a supplement asked for in time and completed a day later; ready at the end of the told date's morning. */
function restarted(told: Told, effect: 'restart' | 'pause' = 'restart', settings: Partial<Settings> = {}): { province: Province; desk: Desk; dossier: string } {
  const province = new Province();
  const { desk } = province.enrol();
  const dossier = newId();
  const acceptedAt = Math.round(desk.wait(hour).now);
  desk.receive(dossier, 0, { acceptedAt, due: dueWith(acceptedAt, [], settings), term });
  settle(province, desk);
  const askedAt = Math.round(desk.wait(2 * hour).now) + (told.asked ?? 0);
  desk.append(dossierKinds.supplementRequested, { at: askedAt, timeSource: 'wall', stage: 'examination', effect, papers: [], completeBy: askedAt + 15 * day, ruleSet: 'nd118' }, { dossier, after: [] });
  settle(province, desk);
  const completedAt = Math.round(desk.wait(day).now) + (told.completed ?? 0);
  const change: DueChange = effect === 'restart' ? { kind: 'restart', at: completedAt } : { kind: 'pause', from: askedAt, to: completedAt };
  const due = dueWith(acceptedAt, [change], settings);
  desk.append(dossierKinds.supplementCompleted, { at: completedAt, timeSource: 'wall', papers: [], due }, { dossier, after: [] });
  settle(province, desk);
  until(desk, due.at - hour).ready(dossier);
  settle(province, desk);
  return { province, desk, dossier };
}

describe('the due date that a supplement gave', () => {
  it.each(['restart', 'pause'] as const)('stands where the credible times give the same (%s)', (effect) => {
    const { province, desk, dossier } = restarted({}, effect);
    const result = verdict(province, dossier, desk.now);
    expect(result).toMatchObject({ kind: 'on_time' });
    expect(result?.reasons.map(({ code }) => code)).not.toContain('moved-due-disputed');
  });

  it.each([
    ['a completion told later than it was', { completed: 2 * day }, 'restart'],
    ['a completion told later than it was, where the term only stood still', { completed: 2 * day }, 'pause'],
    ['a request told earlier than it was', { asked: -2 * day }, 'pause'],
  ] as const)('goes to people for %s', (_name, told, effect) => {
    const { province, desk, dossier } = restarted(told, effect);
    const result = verdict(province, dossier, desk.now);
    expect(result).toMatchObject({ kind: 'undetermined', forPeople: true });
    expect(result?.reasons.map(({ code }) => code)).toContain('moved-due-disputed');
    // Without a published catalogue nobody can compute it again.
    expect(verdict(province, dossier, desk.now, [])?.kind).toBe('on_time');
  });

  it('by settings published since is no dispute: a desk reckons with what it has', () => {
    const settings = { dayOfReceiptCounts: true };
    const { province, desk, dossier } = restarted({}, 'restart', settings);
    const since = { ...catalogue, version: 2, settings: { ...catalogue.settings, ...settings } };
    const disputed = (catalogues: readonly Catalogue[]): boolean => verdict(province, dossier, desk.now, catalogues)?.reasons.some(({ code }) => code.endsWith('disputed')) ?? false;
    expect([disputed([catalogue]), disputed([catalogue, since])]).toEqual([true, false]);
  });
});

describe('devices of agencies that got a part on the way', () => {
  it('must be covered before a dossier forwarded to them is called late', () => {
    const province = new Province();
    const { desk } = province.enrol();
    const { desk: handling } = province.enrol({ now: desk.now, agency: 'so-xay-dung' });
    const dossier = newId();
    const due = Math.round(desk.now + 10 * hour);
    desk.receive(dossier, due);
    desk.append(dossierKinds.forwarded, { at: Math.round(desk.now), timeSource: 'wall', hop: newId(), fromAgency: desk.agency, toAgency: 'so-xay-dung', paper: false }, { dossier, after: [] });
    settle(province, desk);
    settle(province, until(handling, desk.now + hour));
    settle(province, until(desk, due + minute));
    expect(verdict(province, dossier, due + hour)?.kind).toBe('awaiting_desk');
    settle(province, until(handling, due + 2 * minute));
    expect(verdict(province, dossier, due + hour)?.kind).toBe('late');
  });
});

describe('dossiers without a term', () => {
  it('are not judged, and are told apart', () => {
    const province = new Province();
    const { desk } = province.enrol();
    const [submitted, refused] = [newId(), newId()];
    for (const dossier of [submitted, refused]) desk.append(dossierKinds.submitted, submittedFacts(desk), { dossier, after: [] });
    desk.append(dossierKinds.notAccepted, { at: Math.round(desk.now), timeSource: 'wall', reason: 'wrong-agency', ruleSet: 'nd118' }, { dossier: refused, after: [] });
    settle(province, desk);
    const judged = judgeProvince(province.data(), Math.round(desk.now), ports);
    expect([...judged.dossiers.keys()]).toEqual([]);
    expect([...judged.unaccepted].map(([id, { state }]) => [id, state.stage])).toEqual([[submitted, 'submitted'], [refused, 'not-accepted']]);
  });
});

function submittedFacts(desk: Desk): Record<string, unknown> {
  const at = Math.round(desk.now);
  return {
    at, timeSource: 'wall', code: 'H37.99-261124-0001', provisional: false, procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1, submittedAt: at,
    channel: 'online', receivingAgency: desk.agency, competentAgency: desk.agency, level: 'commune',
  };
}
