import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '#shared/errors/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { verdictKindSchema, verdictName } from '#shared/evidence/index.ts';
import { flawSentence } from '#shared/export/index.ts';
import { keyFingerprint, verdictLines, verifyExport, type Verification } from '../export/index.ts';
import { hasher, verifier } from '../keys/index.ts';
import { printResult, type Output } from '#shared/command/index.ts';

export interface VerifyAsked {
  readonly file: string;
  readonly key?: string | undefined;
  readonly now?: number | undefined;
  /** Where to write every verdict with its words. */
  readonly verdicts?: string | undefined;
  readonly json: boolean;
}

/** `quay verify`: whether a file is intact. Throws `DomainError` for one that is no export. */
export async function verifyCommand(asked: VerifyAsked, output: Output): Promise<boolean> {
  const found = await verifyExport(asked.file, { hasher, verifier }, asked);
  if (asked.verdicts !== undefined && found.judged) await writeVerdicts(asked.verdicts, found.judged);
  const { intact, flaws, moreFlaws, about, checked, verdicts } = found;
  const keys = about.centre.keys.map((publicKey) => ({ publicKey, fingerprint: keyFingerprint(publicKey, hasher), asked: asked.key !== undefined }));
  const [first] = flaws;
  printResult(output, asked.json, {
    intact, ...(first ? { first: said(first), flaws: flaws.length + moreFlaws, others: flaws.slice(1, 100).map(said) } : {}), checked, verdicts: verdicts ?? null,
    now: verdicts?.now ?? asked.now ?? about.now, software: about.software, bodies: about.bodies, logs: about.logs, keys,
  }, inWords(found, asked));
  return intact;
}

function said(flaw: Verification['flaws'][number]): object {
  return { ...flaw, vi: flawSentence(flaw, 'vi'), en: flawSentence(flaw, 'en') };
}

function inWords({ flaws, moreFlaws, about, checked, verdicts }: Verification, { key }: VerifyAsked): string[] {
  const [first] = flaws;
  const others = flaws.length + moreFlaws - 1;
  const fingerprints = about.centre.keys.map((one) => keyFingerprint(one, hasher)).join(', ');
  return [
    ...(first
      ? ['KHÔNG NGUYÊN VẸN / NOT INTACT', flawSentence(first, 'vi'), flawSentence(first, 'en'), ...(others > 0 ? [`Còn ${others} chỗ khác / ${others} more`] : [])]
      : ['Nguyên vẹn / intact']),
    `Khóa của trung tâm / key of the centre: ${fingerprints}${key === undefined ? ' (chưa đối chiếu; dùng --key / not compared; use --key)' : ''}`,
    `Đã kiểm tra / checked: ${checked.logs} nhật ký / logs, ${checked.entries} mục / entries, ${checked.heads} chữ ký cuối / signed ends, ${checked.anchors} mốc thời gian / anchors, ${checked.receipts} biên nhận / receipts, ${checked.catalogues} danh mục / catalogues, ${checked.branches} nhánh / branches`,
    `Thông tin cá nhân / sealed bodies: ${checked.bodies} khớp / fit, ${checked.erased} đã xóa / erased, ${checked.leftOut} không có trong tệp / not in the file`,
    ...(about.logs === 'all' ? [] : ['Chỉ có một phần nhật ký: kết luận có thể khác với toàn bộ / a part of the logs only: verdicts may differ from those on all']),
    ...(checked.unreadableAnchors > 0 ? [`Mốc thời gian không đọc được, không được tính / unreadable anchors that do not count: ${checked.unreadableAnchors}`] : []),
    ...(checked.uncheckedCatalogues > 0 ? [`Danh mục chưa kiểm tra được (bản cũ) / catalogues of an earlier program, not checked: ${checked.uncheckedCatalogues}`] : []),
    ...(verdicts
      ? [
        `Kết luận tại / verdicts as of ${formatDateTime(verdicts.now)}: ${verdicts.count}`,
        ...Object.entries(verdicts.byKind).map(([kind, count]) => `  ${count}  ${kindNames.get(kind) ?? kind}`),
        `Mã băm các kết luận / digest of the verdicts: ${verdicts.sha256}`,
      ]
      : ['Chưa tính lại được kết luận / the verdicts cannot be recomputed']),
  ];
}

const kindNames: ReadonlyMap<string, string> = new Map(verdictKindSchema.options.map((kind) => [kind, `${verdictName(kind, 'vi')} / ${verdictName(kind, 'en')}`]));

async function writeVerdicts(file: string, judged: NonNullable<Verification['judged']>): Promise<void> {
  try {
    await pipeline(Readable.from(verdictLines(judged)), createWriteStream(file));
  } catch (error) {
    const reason = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    throw new DomainError('export.no-file', { file: basename(file), reason }, error);
  }
}
