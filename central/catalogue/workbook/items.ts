import { settingsOverridesSchema, type Catalogue, type SettingsOverrides } from '#shared/catalogue/index.ts';
import { civilDateSchema, defaultSettings, termSchema, timeOfDaySchema, type Term } from '#shared/deadline/index.ts';
import { fold } from '#shared/vietnamese/index.ts';
import { choice, date, identifier, isBlank, term, text, time, whole, yesNo, type Cell, type CellForm } from './cells.ts';
import { problem, type WorkbookProblem } from './hints.ts';
import { sheets, type RowOf } from './sheets.ts';

/** One thing set for the whole province: its path in the catalogue, and how it stands in a cell. */
interface Item {
  readonly path: string;
  readonly label: string;
  readonly help: string;
  /** It may be left empty or out: then what the program does by itself holds. */
  readonly optional: boolean;
  read(cell: NonNullable<Cell>): unknown;
  write(value: unknown): Cell;
}

/** The path of the one thing that need not be set. */
const daysKept = 'keeping.attachmentDays';

const ends = choice({ closeOfOffice: 'Hết giờ làm việc', timeOfAcceptance: 'Đúng giờ tiếp nhận' });

/** Names and meanings of the settings; one without a name goes by its path. */
const words: Readonly<Record<string, readonly [label: string, help: string]>> = {
  'province.name': ['Tên tỉnh', 'Tên đầy đủ của tỉnh, thành phố.'],
  'province.identifier': ['Mã định danh tỉnh', 'Mã định danh của tỉnh, ví dụ H37.'],
  'settings.nd118From': ['Áp dụng Nghị định 118 từ', 'Hồ sơ tiếp nhận từ ngày này theo Nghị định 118/2025/NĐ-CP; trước đó theo Nghị định 61/2018/NĐ-CP.'],
  'settings.dayOfReceiptCounts': ['Tính cả ngày tiếp nhận', 'Có: ngày tiếp nhận là ngày thứ nhất của thời hạn. Không: tính từ ngày hôm sau.'],
  'settings.transferCutOff': ['Giờ chuyển hồ sơ', 'Tiếp nhận sau giờ này thì chuyển chuyên môn vào đầu ngày làm việc tiếp theo.'],
  'settings.cutOffMovesTerm': ['Giờ chuyển dời cả thời hạn', 'Có: tiếp nhận sau giờ chuyển hồ sơ thì thời hạn theo ngày cũng tính từ ngày làm việc tiếp theo.'],
  'settings.outsideHoursWaitForOpening': ['Ngoài giờ tính từ lúc mở cửa', 'Có: tiếp nhận ngoài giờ làm việc được tính như tiếp nhận khi mở cửa buổi kế tiếp.'],
  'settings.dayTermEnds': ['Thời hạn theo ngày kết thúc', 'Hết giờ làm việc / Đúng giờ tiếp nhận.'],
  'settings.halfDayCountsHalf': ['Ngày làm một buổi tính nửa ngày', 'Không: tính trọn ngày.'],
  'settings.filledSessionEndsTerm': ['Hết buổi là hết hạn', 'Có: thời hạn theo giờ vừa trọn một buổi thì kết thúc lúc hết buổi (11:30); Không: lúc mở cửa buổi sau (13:30).'],
  'settings.calendarTermRolls': ['Hạn rơi vào ngày nghỉ thì lùi', 'Có: thời hạn theo ngày lịch rơi vào ngày nghỉ thì kết thúc ngày làm việc tiếp theo (khoản 5 Điều 148 Bộ luật Dân sự 2015).'],
  'settings.paymentPauses': ['Chờ nộp tiền thì dừng tính hạn', 'Có: thời gian chờ thực hiện nghĩa vụ tài chính không tính vào thời hạn.'],
  'settings.timers.onlineAnswer': ['Hạn trả lời hồ sơ trực tuyến', 'Thời hạn trả lời hồ sơ nộp trực tuyến.'],
  'settings.timers.supplementNotice': ['Hạn thông báo bổ sung', 'Thời hạn báo cho người nộp khi cần bổ sung trong lúc giải quyết.'],
  'settings.timers.supplementCompletion': ['Hạn bổ sung hồ sơ', 'Quá hạn này không bổ sung thì đóng hồ sơ.'],
  'settings.timers.resultCorrection': ['Hạn sửa kết quả sai', 'Thời hạn sửa kết quả có sai sót.'],
  'settings.timers.paperTransfer': ['Hạn chuyển hồ sơ giấy', 'Thời hạn chuyển hồ sơ giấy khi tiếp nhận cho cơ quan khác.'],
  'settings.apologyDaysBefore': ['Xin lỗi trước hạn ít nhất', 'Số ngày trước ngày hẹn trả mà phiếu xin lỗi phải được gửi.'],
  'settings.appointmentMovesDue': ['Hẹn lại thì dời hạn', 'Có: ngày hẹn lại thay ngày hẹn trả khi xét trễ hạn.'],
  [daysKept]: ['Số ngày giữ bản số hóa tại quầy', 'Bản số hóa còn ở máy quầy bao nhiêu ngày sau khi trung tâm đã lưu, từ 1 đến 3650. Để trống: 90 ngày.'],
  'settings.transferGraceMinutes': ['Số phút cho phép khi chuyển', 'Số phút sau khi mở cửa mà việc chuyển hồ sơ nhận sau giờ chuyển vẫn là đúng hạn.'],
};

/** A form that takes whatever value the catalogue holds; it is that kind by its default. */
function loose<T>(form: CellForm<T>, is: (value: unknown) => value is T): Pick<Item, 'read' | 'write'> {
  return { read: (cell) => form.read(cell), write: (value) => (is(value) ? form.write(value) : null) };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** How a setting stands in a cell, told by its default. */
function formOf(path: string, usual: unknown): Pick<Item, 'read' | 'write'> {
  if (typeof usual === 'boolean') return loose(yesNo, (value) => typeof value === 'boolean');
  if (path === daysKept) return loose(whole(1, 3650), (value) => typeof value === 'number');
  if (typeof usual === 'number') return loose(whole(0, 1_000_000), (value) => typeof value === 'number');
  if (termSchema.safeParse(usual).success) return loose(term, (value): value is Term => termSchema.safeParse(value).success);
  if (path === 'settings.dayTermEnds') return loose(ends, (value) => value === 'closeOfOffice' || value === 'timeOfAcceptance');
  if (path === 'province.identifier') return loose(identifier, isText);
  if (civilDateSchema.safeParse(usual).success) return loose(date, isText);
  return timeOfDaySchema.safeParse(usual).success ? loose(time, isText) : loose(text(200), isText);
}

/** What stands at the ends of a tree of settings, by its path; a term is one thing. */
function leaves(tree: unknown, path: string): readonly (readonly [path: string, value: unknown])[] {
  if (typeof tree !== 'object' || tree === null || termSchema.safeParse(tree).success) return [[path, tree]];
  return Object.entries(tree).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

const usual = [...leaves({ name: 'Tỉnh', identifier: 'H' }, 'province'), ...leaves(defaultSettings, 'settings'), [daysKept, 90] as const];
const items: readonly Item[] = usual.map(([path, value]) => {
  const [label = path, help = ''] = words[path] ?? [];
  return { path, label, help, optional: path === daysKept, ...formOf(path, value) };
});
const overridable = items.filter(({ path }) => Object.hasOwn(settingsOverridesSchema.shape, path.replace(/^settings\./, '')));

function find(among: readonly Item[], name: string): Item | undefined {
  return among.find(({ label, path }) => fold(label) === fold(name) || path === name);
}

export function generalRows({ province, settings, keeping }: Pick<Catalogue, 'province' | 'settings' | 'keeping'>): readonly RowOf<'general'>[] {
  const held = new Map([...leaves(province, 'province'), ...leaves(settings, 'settings'), ...leaves(keeping ?? {}, 'keeping')]);
  return items.map((item) => ({ item: item.label, value: asText(item.write(held.get(item.path))), help: item.help }));
}

export function overrideRows(procedure: { readonly code: string; readonly version: number; readonly settings?: SettingsOverrides | undefined }): readonly RowOf<'overrides'>[] {
  const { code, version } = procedure;
  const held = new Map(leaves(procedure.settings ?? {}, 'settings'));
  return overridable.flatMap((item) => {
    const value = held.get(item.path);
    return value === undefined ? [] : [{ code, version, item: item.label, value: asText(item.write(value)) ?? '' }];
  });
}

function asText(cell: Cell): string | undefined {
  return cell === null ? undefined : String(cell);
}

/** A tree of settings being put together, by paths. */
type Tree = { [key: string]: unknown };

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) tree[first] = value;
  else {
    const below: Tree = {};
    const held = tree[first];
    if (typeof held === 'object' && held !== null) Object.assign(below, held);
    put(below, rest, value);
    tree[first] = below;
  }
}

type Placed<Row> = readonly { readonly at: number; readonly row: Row }[];

/** Reads rows of items and values; what is unknown, repeated or unreadable goes to the problems. */
function readItems(sheet: string, rows: Placed<{ readonly item: string; readonly value?: string | undefined }>, among: readonly Item[], problems: WorkbookProblem[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { at, row } of rows) {
    const item = find(among, row.item);
    if (!item) problems.push(problem(sheet, at, 'Mục', 'unknownItem'));
    else if (found.has(item.path)) problems.push(problem(sheet, at, 'Mục', 'repeatedItem'));
    else {
      const blank = row.value === undefined || isBlank(row.value);
      const value = row.value === undefined || blank ? undefined : item.read(row.value);
      if (value === undefined && !(blank && item.optional)) problems.push(problem(sheet, at, 'Giá trị', 'value'));
      found.set(item.path, value);
    }
  }
  return found;
}

/** The province and its settings, not yet parsed. */
export function readGeneral(rows: Placed<RowOf<'general'>>, problems: WorkbookProblem[]): unknown {
  const { name } = sheets.general;
  const found = readItems(name, rows, items, problems);
  const tree: Tree = {};
  for (const { path, label, optional } of items) {
    if (optional && found.get(path) === undefined) continue;
    if (!found.has(path)) problems.push({ ...problem(name, 0, label, 'missingItem') });
    else put(tree, path.split('.'), found.get(path));
  }
  return tree;
}

/** A procedure's own rules, not yet parsed. */
export function readOverrides(rows: Placed<RowOf<'overrides'>>, problems: WorkbookProblem[]): Tree | undefined {
  const found = readItems(sheets.overrides.name, rows, overridable, problems);
  return found.size === 0 ? undefined : Object.fromEntries([...found].map(([path, value]) => [path.replace(/^settings\./, ''), value]));
}
