import type { Bounds } from './drift.ts';
import type { Graded } from './grade.ts';
import type { HardBound } from './hard-bound.ts';
import { gradeSchema, type Grade } from './verdict.ts';

/** A grade is kept as its place in this list. */
const grades = gradeSchema.options;

/**
 * Spans and grades of a log's entries, cut by the log's order. A province's logs have millions of entries and a span is asked for of few, so that no more is kept of each than
 * its two ends and its grade; the rest is weighed again when it is asked for.
 */
export class Spans {
  private readonly min: Float64Array;
  private readonly max: Float64Array;
  private readonly grade: Uint8Array;
  /** Places whose span the log's order leaves no time for. */
  private readonly empty = new Set<number>();

  constructor(count: number) {
    this.min = new Float64Array(count);
    this.max = new Float64Array(count);
    this.grade = new Uint8Array(count);
  }

  put(index: number, { grade, span }: Graded): void {
    this.grade[index] = grades.indexOf(grade);
    this.keep(index, span);
  }

  /**
   * Cuts the spans of grade A and B by each other along the log, and those by the wall clock by them; one that becomes empty falls to C, where the hard bound alone holds.
   * What the wall clock says cuts nothing: it is the weaker word.
   */
  keepOrder(hard: (index: number) => HardBound): void {
    const count = this.min.length;
    const floors = new Float64Array(count);
    let floor = -Infinity;
    for (let index = 0; index < count; index += 1) {
      if (this.measured(index)) floor = Math.max(floor, this.at(this.min, index));
      floors[index] = floor;
    }
    let ceiling = Infinity;
    for (let index = count - 1; index >= 0; index -= 1) {
      if (this.gradeAt(index) === 'C') continue;
      if (this.measured(index)) ceiling = Math.min(ceiling, this.at(this.max, index));
      const min = Math.max(this.at(this.min, index), this.at(floors, index));
      const max = Math.min(this.at(this.max, index), ceiling);
      if (min <= max) {
        this.keep(index, { min, max });
        continue;
      }
      this.empty.add(index);
      this.grade[index] = grades.indexOf('C');
      this.keep(index, hard(index));
    }
  }

  /** What was weighed of an entry, with what the log's order left of it. */
  ordered<T extends Graded>(index: number, weighed: T): T {
    const span = { min: this.at(this.min, index), max: this.at(this.max, index) };
    return this.empty.has(index) ? { ...weighed, span, grade: 'C', weaknesses: ['empty'] } : { ...weighed, span };
  }

  private measured(index: number): boolean {
    const grade = this.gradeAt(index);
    return grade === 'A' || grade === 'B';
  }

  private gradeAt(index: number): Grade {
    const grade = grades[this.grade[index] ?? grades.length];
    if (grade === undefined) throw new RangeError('no such place in the log');
    return grade;
  }

  private keep(index: number, { min, max }: Bounds): void {
    this.min[index] = min;
    this.max[index] = max;
  }

  private at(list: Float64Array, index: number): number {
    const found = list[index];
    if (found === undefined) throw new RangeError('no such place in the log');
    return found;
  }
}
