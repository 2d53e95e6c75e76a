import { formatDueDate } from '#shared/deadline/index.ts';
import type { OldWay, VerdictKind } from '#shared/evidence/index.ts';
import type { Results } from '#shared/province/index.ts';
import type { Part } from './cast.ts';
import type { JudgedEvidence } from './officer.ts';

const oldWays: Readonly<Record<OldWay, string>> = { on_time: 'đúng hạn', late: 'chậm hạn', in_term: 'trong hạn', overdue: 'quá hạn, chưa xong' };
const verdicts: Readonly<Record<VerdictKind, string>> = {
  on_time: 'đúng hạn', cleared: 'đúng hạn, tin về muộn', late: 'chậm hạn', entered_late: 'khai sớm hơn, chờ người kết luận', in_term: 'trong hạn',
  awaiting_desk: 'chờ tin từ quầy', undetermined: 'chưa đủ chứng cứ, chờ người kết luận',
};

/** One dossier, both ways, with the reasons as the officer reads them. */
export function dossierWords(part: Part, evidence: JudgedEvidence): string {
  const due = evidence.timeline.find((line) => line.type === 'due');
  return [
    `${evidence.code} · ${part.story}`,
    `  hạn trả           ${due === undefined ? '–' : formatDueDate(due.at)}`,
    `  cách tính cũ      ${oldWays[evidence.verdict.oldWay]}`,
    `  trung tâm nói     ${verdicts[evidence.verdict.kind]}`,
    ...evidence.words.vi.map((word, index) => `  ${index === 0 ? 'căn cứ' : '      '}            ${word}`),
  ].join('\n');
}

/** The total, both ways. */
export function totalWords({ total }: Results): string {
  const line = (name: string, figure: (counts: Results['total']['oldWay']) => number): string => `  ${name.padEnd(26)} ${String(figure(total.oldWay)).padStart(4)} → ${String(figure(total.credible)).padStart(4)}`;
  return [
    'Toàn tỉnh: cách tính cũ → thực tế',
    line('tiếp nhận', (counts) => counts.received),
    line('đúng hạn', (counts) => counts.onTime),
    line('chậm hạn', (counts) => counts.late),
    line('quá hạn, chưa xong', (counts) => counts.overdue),
    line('chờ người kết luận', (counts) => counts.undetermined + counts.enteredLate),
  ].join('\n');
}
