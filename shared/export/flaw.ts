import type { Language } from '#shared/evidence/index.ts';

/** What can be wrong in an exported file, with a sentence in each language. `{name}` is filled from the flaw. */
const sentences = {
  // The file
  'file.ends-early': { vi: 'Tệp kết thúc quá sớm: thiếu phần cuối.', en: 'The file ends too early: its last part is missing.' },
  'file.damaged': { vi: 'Dữ liệu nén bị hỏng từ chỗ này.', en: 'The compressed data is damaged from here on.' },
  'file.line-too-long': { vi: 'Dòng dài hơn mức cho phép.', en: 'The line is longer than it can be.' },
  'file.not-utf8': { vi: 'Dòng không phải văn bản UTF-8.', en: 'The line is not UTF-8.' },
  'file.unexpected-line': { vi: 'Dòng không đúng vị trí hoặc không đọc được.', en: 'The line does not belong here or cannot be read.' },
  'file.repeated': { vi: 'Phần này đã có ở trên.', en: 'This part was there before.' },
  'file.other-hash': { vi: 'Mã băm cả tệp không khớp: có dòng bị thay đổi, thêm hoặc bớt.', en: 'The hash of the whole file does not fit: lines were changed, added or removed.' },
  'file.bad-signature': { vi: 'Chữ ký của trung tâm trên cả tệp không đúng.', en: 'The centre’s signature of the whole file is wrong.' },
  'file.other-key': { vi: 'Khóa của trung tâm trong tệp không phải khóa đã yêu cầu.', en: 'The centre’s key in the file is not the one that was asked for.' },
  // Entries and their bodies
  'entry.malformed': { vi: 'Mục không đúng dạng, hoặc không ở dạng chuẩn.', en: 'The entry is malformed, or not in canonical form.' },
  'entry.other-place': { vi: 'Mục thuộc nhật ký khác hoặc sai thứ tự (ghi là mục {found}).', en: 'The entry belongs to another log or another place (it says {found}).' },
  'entry.broken-chain': { vi: 'Mục không nối với mục trước: một trong hai mục đã bị thay đổi, hoặc thiếu mục ở giữa.', en: 'The entry does not follow the one before: one of the two was changed, or entries between them are missing.' },
  'entry.foreign-agency': { vi: 'Mục ghi tên cơ quan khác với cơ quan của thiết bị.', en: 'The entry names another agency than the installation’s.' },
  'entry.bad-facts': { vi: 'Nội dung của mục không đúng dạng của loại này.', en: 'The entry’s facts do not have the shape of their kind.' },
  'body.missing': { vi: 'Thiếu phần thông tin cá nhân của mục, và không ghi là đã xóa.', en: 'The entry’s sealed body is missing, and is not marked as erased.' },
  'body.misfit': { vi: 'Phần thông tin cá nhân không khớp mã băm trong mục.', en: 'The sealed body does not fit the hash in its entry.' },
  'body.erased-undecided': { vi: 'Phần thông tin cá nhân ghi là đã xóa, nhưng nhật ký của trung tâm không có quyết định xóa nào cho hồ sơ này.', en: 'The sealed body is marked as erased, but the centre’s own log has no decision to erase for its dossier.' },
  // Ends of logs
  'head.missing': { vi: 'Nhật ký có mục nhưng thiếu chữ ký ở cuối.', en: 'The log has entries but no signed end.' },
  'head.other-end': { vi: 'Phần cuối của nhật ký không phải phần đã ký: thiếu hoặc thừa mục.', en: 'The log does not end where it was signed: entries are missing or were added.' },
  'head.bad-signature': { vi: 'Chữ ký ở cuối nhật ký không đúng.', en: 'The signature of the log’s end is wrong.' },
  // What the logs say of each other
  'log.other-key': { vi: 'Khóa của nhật ký không phải khóa đã ghi danh.', en: 'The log’s key is not the one that was enrolled.' },
  'log.not-enrolled': { vi: 'Nhật ký này chưa từng được ghi danh trong nhật ký của trung tâm.', en: 'The centre’s own log never enrolled this log.' },
  'log.missing': { vi: 'Thiếu nhật ký {other} mà nhật ký của trung tâm có nêu.', en: 'Log {other}, which the centre’s own log names, is missing.' },
  'log.bad-opening': { vi: 'Mục đầu không mở nhật ký này như đã ghi danh.', en: 'The first entry does not open this log as it was enrolled.' },
  'anchor.bad-signature': { vi: 'Mốc thời gian không có chữ ký đúng của trung tâm.', en: 'The anchor does not carry the centre’s signature.' },
  'anchor.other-log': { vi: 'Mốc thời gian được cấp cho nhật ký khác.', en: 'The anchor was given for another log.' },
  'anchor.head-not-in-chain': { vi: 'Mốc thời gian nêu một mục {other} không có trong nhật ký này.', en: 'The anchor names an entry {other} that does not stand in this log.' },
  'anchor.centre-rewritten': { vi: 'Mốc thời gian nêu mục {other} của nhật ký trung tâm, nhưng ở đó nay là mục khác: nhật ký trung tâm đã bị viết lại.', en: 'The anchor names entry {other} of the centre’s own log, where another one stands now: the centre’s log was rewritten.' },
  'receipt.entry-missing': { vi: 'Trung tâm đã xác nhận đến mục {other} của nhật ký {log2}, nhưng tệp không có mục này.', en: 'The centre acknowledged log {log2} up to entry {other}, which is not in the file.' },
  'receipt.other-entry': { vi: 'Ở mục {other} của nhật ký {log2} nay là mục khác với mục trung tâm đã xác nhận.', en: 'At entry {other} of log {log2} stands another entry than the centre acknowledged.' },
  'receipt.none': { vi: 'Không có biên nhận nào của trung tâm cho mục này.', en: 'No receipt of the centre covers this entry.' },
  'branch.unknown': { vi: 'Nhật ký của trung tâm không nêu nhánh này.', en: 'The centre’s own log does not know this branch.' },
  'branch.missing': { vi: 'Thiếu nhánh {other} của nhật ký {log2} mà trung tâm đã giữ.', en: 'Branch {other} of log {log2}, which the centre kept, is missing.' },
  'catalogue.unknown': { vi: 'Nhật ký của trung tâm không nêu danh mục bản {other}.', en: 'The centre’s own log does not know catalogue {other}.' },
  'catalogue.changed': { vi: 'Danh mục bản {other} không khớp mã băm đã công bố.', en: 'Catalogue {other} does not fit the hash it was published under.' },
  'catalogue.missing': { vi: 'Thiếu danh mục bản {other} đã công bố.', en: 'The published catalogue {other} is missing.' },
  'verdicts.differ': { vi: 'Kết luận tính lại khác với kết luận của trung tâm khi xuất tệp ({other}).', en: 'The verdicts are not those the centre had when it wrote the file ({other}).' },
} as const satisfies Record<string, { readonly vi: string; readonly en: string }>;

export type FlawCode = keyof typeof sentences;

export const flawCodes: readonly string[] = Object.keys(sentences);

/** The first thing that is not as it should be, and where. */
export interface Flaw {
  readonly code: FlawCode;
  /** Line of the uncompressed file, from 1; 0 where it is about the file as a whole. */
  readonly line: number;
  readonly log?: string | undefined;
  readonly seq?: number | undefined;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
}

/** A flaw in words; no personal data. */
export function flawSentence(flaw: Flaw, language: Language): string {
  const said = sentences[flaw.code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(flaw.params?.[name] ?? '?'));
  const vi = language === 'vi';
  const places = [
    ...(flaw.line > 0 ? [vi ? `dòng ${flaw.line}` : `line ${flaw.line}`] : []),
    ...(flaw.log === undefined ? [] : [vi ? `nhật ký ${flaw.log}` : `log ${flaw.log}`]),
    ...(flaw.seq === undefined ? [] : [vi ? `mục số ${flaw.seq}` : `entry ${flaw.seq}`]),
  ];
  return places.length === 0 ? said : `${places.join(', ')}: ${said}`;
}
