import { createHash } from 'node:crypto';
import { explainVerdict, type Verdict, type VerdictKind } from '#shared/evidence/index.ts';
import { canonicalText } from '#shared/log/index.ts';
import type { JudgedProvince } from '../judge/index.ts';

/** All verdicts of a province in short: two that are equal have the same verdict, with all its reasons, on every dossier. */
export interface VerdictsInShort {
  readonly now: number;
  readonly count: number;
  readonly byKind: Readonly<Partial<Record<VerdictKind, number>>>;
  /** SHA-256 over the verdicts' canonical texts, a line each, in the order of the dossiers' ids. */
  readonly sha256: string;
}

function sorted({ dossiers }: JudgedProvince): Verdict[] {
  return [...dossiers.keys()].sort().flatMap((id) => dossiers.get(id)?.verdict ?? []);
}

/** The verdicts in short. */
export function verdictsInShort(judged: JudgedProvince): VerdictsInShort {
  const hash = createHash('sha256');
  const byKind: Partial<Record<VerdictKind, number>> = {};
  const verdicts = sorted(judged);
  for (const verdict of verdicts) {
    hash.update(`${canonicalText(verdict)}\n`);
    byKind[verdict.kind] = (byKind[verdict.kind] ?? 0) + 1;
  }
  return { now: judged.now, count: verdicts.length, byKind, sha256: hash.digest('hex') };
}

/** Every verdict as one line of JSON: the verdict itself, and its words in both languages. No personal data. */
export function* verdictLines(judged: JudgedProvince): Generator<string> {
  for (const verdict of sorted(judged)) {
    yield `${JSON.stringify({ verdict, vi: explainVerdict(verdict, 'vi'), en: explainVerdict(verdict, 'en') })}\n`;
  }
}
