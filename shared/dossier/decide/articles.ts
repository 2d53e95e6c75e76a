import type { RuleSet } from '#shared/deadline/index.ts';

/** The rules that refusals name. */
export type Rule = 'reception' | 'supplement-at-counter' | 'transfer' | 'examination' | 'supplement' | 'apology' | 'stop' | 'return' | 'result-correction' | 'record';

const decree: Readonly<Record<RuleSet, string>> = { nd61: 'NĐ 61/2018/NĐ-CP', nd118: 'NĐ 118/2025/NĐ-CP' };

/** Articles of both decrees: reception, transfer, handling and return follow one another in the same places. */
const places: Readonly<Record<Exclude<Rule, 'record'>, string>> = {
  reception: 'Điều 17', 'supplement-at-counter': 'Điều 17', transfer: 'Điều 18', examination: 'Điều 19', supplement: 'Điều 19', apology: 'Điều 19',
  stop: 'Điều 19', return: 'Điều 20', 'result-correction': 'Điều 20',
};

/** The article that rules an act, as a refusal names it: `Điều 19 NĐ 118/2025/NĐ-CP`. */
export function article(rule: Rule, ruleSet: RuleSet): string {
  return rule === 'record' ? decree[ruleSet] : `${places[rule]} ${decree[ruleSet]}`;
}
