import { describeFigure, holds, type Figure } from '#build/figures/index.ts';
import { cheatKinds } from './record.ts';
import type { LevelRow, Score } from './score.ts';

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`);

/** The bars that evidence has to hold. A count of nothing is held against one, so that the ratio says it. */
export function figuresOf(score: Score): Figure[] {
  const { undetermined, delayed } = score;
  const none = (name: string, value: number, of: number): Figure => ({ name: `${name} (of ${of})`, value, unit: 'cases', against: { name: 'one case', value: 1 }, bar: { atMost: Number.MIN_VALUE } });
  const most = (name: string, part: number, whole: number, limit: number): Figure => ({
    name: `${name} (${part} of ${whole})`, value: whole === 0 ? 0 : (100 * part) / whole, unit: '%', against: { name: 'at most', value: limit }, bar: { atMost: 1 },
  });
  // A nonce that grew old in an outage is answered with a fresh one, and the request comes again with that: no clock has a part in it.
  const wrongClock = Object.entries(score.refusals).filter(([name]) => /batches|anchor/.test(name) && !/fork|busy|unsynchronised|replayed|log\.unknown|log\.gap/.test(name)).reduce((sum, [, times]) => sum + times, 0);
  const passedA = cheatKinds.filter((kind) => kind !== 'recorded before it was' && kind !== 'changed program').reduce((sum, kind) => sum + score.cheats[kind].passed.A, 0);
  return [
    none('honest results in time called late', score.inTimeCalledLate, score.inTime),
    none('honest results too late called in time', score.lateCalledInTime, score.tooLate),
    most('undetermined, news after the due date, machine not switched off in between', undetermined.same, delayed.same, 1),
    most('undetermined, news after the due date, machine switched off in between, on days that were closed', score.undeterminedClosing, score.restartedClosing, 5),
    { name: `intervals that hold the truth (${score.intervalsTrue} of ${score.intervals})`, value: score.intervals === 0 ? 0 : (100 * score.intervalsTrue) / score.intervals, unit: '%', against: { name: 'at least', value: 99.99 }, bar: { atLeast: 1 } },
    none('hidden results too late that pass as in time under grade A, a false record and a changed program apart', passedA, Object.values(score.cheats).reduce((sum, { tried }) => sum + tried, 0)),
    none('anchors and batches refused (forks and old nonces apart)', wrongClock, score.requests),
    none('acts confirmed at a desk that the centre does not have', score.wrong.filter((line) => line.endsWith('not at the centre')).length, score.dossiers),
  ];
}

function row(name: string, { received, resolved, onTime, late, inProgress, forPeople }: LevelRow): string {
  return `    ${name.padEnd(10)}${[received, resolved, onTime, late, inProgress, forPeople].map((count) => String(count).padStart(10)).join('')}`;
}

/** The whole report as lines; true if every bar holds. */
export function report(score: Score, print: (line: string) => void): boolean {
  print(`${score.dossiers} dossiers, ${score.events} events, ${score.requests} requests; ${score.crashes} power failures, ${score.closes} closes, ${score.steps} steps of clocks, ${score.typedLate} typed in late`);
  print(`grades of acts: ${Object.entries(score.grades).map(([grade, count]) => `${grade} ${count}`).join(', ')}`);
  print('\nwhat has to hold');
  const figures = figuresOf(score);
  for (const one of figures) print(`  ${describeFigure(one)}`);
  print(`\nthe old way calls ${score.oldWayLate} honest results late that were in time (${share(score.oldWayLate, score.inTime)}); here ${score.inTimeCalledLate}, and ${score.undetermined.same + score.undetermined.restarted} are for people`);
  if (Object.keys(score.undeterminedBy).length > 0) print(`  of those: ${Object.entries(score.undeterminedBy).toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`).join(', ')}`);
  print(`  undetermined of all with the machine switched off in between: ${score.undetermined.restarted} of ${score.delayed.restarted} (${share(score.undetermined.restarted, score.delayed.restarted)})`);
  print('\nhidden results that were too late: tried, called late, for people, passed as in time by grade A / B / B by the wall / C (by the hard bound or the news)');
  for (const kind of cheatKinds) {
    const { tried, late, people, passed } = score.cheats[kind];
    print(`  ${kind.padEnd(54)}${String(tried).padStart(6)}${String(late).padStart(7)}${String(people).padStart(7)}   ${passed.A} / ${passed.B} / ${passed['B-wall']} / ${passed.C}`);
  }
  print('\nby level             received  resolved   on time      late  in term for people');
  for (const [level, rows] of Object.entries(score.levels)) {
    print(`  ${level}`);
    print(row('in truth', rows.true));
    print(row('old way', rows.old));
    print(row('here', rows.credible));
  }
  print(`\nthe centre refused: ${Object.entries(score.refusals).map(([code, times]) => `${code} ${times}`).join(', ') || 'nothing'}`);
  print(`desks refused: ${Object.entries(score.refused).map(([code, times]) => `${code} ${times}`).join(', ') || 'nothing'}`);
  for (const line of score.wrong.slice(0, 20)) print(`  wrong: ${line}`);
  return figures.every((one) => holds(one) !== false);
}
