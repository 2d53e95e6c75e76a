import { z } from 'zod';
import type { Role } from '#shared/access/index.ts';
import type { Channel, Level, Paper } from '#shared/catalogue/index.ts';
import { choice, date, id, identifier, list, may, need, procedureCode, term, text, time, whole, yesNo, type Cell } from './cells.ts';

/** What stands at the head of a column, on the first sheet about it, and how wide it is drawn, characters. */
const headingSchema = z.object({ header: z.string(), help: z.string(), width: z.number() });
export type Heading = z.infer<typeof headingSchema>;

function heading(header: string, help: string, width = 18): Heading {
  return { header, help, width };
}

type Columns = Readonly<Record<string, z.ZodType<unknown, Cell>>>;

/** One sheet (trang tính) of the workbook: a table with a heading. */
export interface Sheet<Row extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly about: string;
  readonly row: Row;
}

export function headingOf(cell: z.core.$ZodType): Heading {
  return headingSchema.parse(z.globalRegistry.get(cell));
}

function sheet<Shape extends Columns>(name: string, about: string, shape: Shape): Sheet<z.ZodObject<Shape>> {
  return { name, about, row: z.object(shape) };
}

const levels: Record<Level, string> = { province: 'Tỉnh', district: 'Huyện', commune: 'Xã' };
const channels: Record<Channel, string> = { counter: 'Trực tiếp', post: 'Bưu chính', online: 'Trực tuyến' };
const paperKinds: Record<Paper['kind'], string> = { original: 'Bản chính', certifiedCopy: 'Bản sao chứng thực', copy: 'Bản sao' };
const dayKinds = { holiday: 'Nghỉ lễ', compensatory: 'Nghỉ bù', swapped: 'Hoán đổi' } as const;
const sessions = { morning: 'Sáng', afternoon: 'Chiều' } as const;
const effects = { restart: 'Tính lại từ đầu', pause: 'Tạm dừng' } as const;
const roleNames: Record<Role, string> = {
  clerk: 'Cán bộ một cửa', specialist: 'Chuyên viên', supervisor: 'Phụ trách', deskAdministrator: 'Quản trị quầy',
  officer: 'Cán bộ tỉnh', administrator: 'Quản trị tỉnh', auditor: 'Kiểm tra, giám sát',
};
const weekdays = { '1': 'Thứ Hai', '2': 'Thứ Ba', '3': 'Thứ Tư', '4': 'Thứ Năm', '5': 'Thứ Sáu', '6': 'Thứ Bảy', '7': 'Chủ nhật' } as const;

/** A choice as it is explained to people: `Tỉnh / Huyện / Xã`. */
function of(words: Readonly<Record<string, string>>): string {
  return Object.values(words).join(' / ');
}

const ends = 'Ngày cuối cùng còn hiệu lực; để trống nếu còn hiệu lực.';
const version = 'Số phiên bản, từ 1. Nội dung đã công bố thì không sửa, chỉ thêm phiên bản mới.';
const procedureOf = { code: need(procedureCode).meta(heading('Mã thủ tục', 'Mã ở trang Thủ tục.', 16)), version: need(whole(1, 9999)).meta(heading('Phiên bản', 'Phiên bản ở trang Thủ tục.', 11)) };
const calendarOf = { calendar: need(text(64)).meta(heading('Mã lịch', 'Mã ở trang Lịch.', 20)), version: need(text(32)).meta(heading('Phiên bản', 'Phiên bản ở trang Lịch.', 12)) };
const sources = may(list(text(64))).meta(heading('Nguồn', 'Ký hiệu nguồn ở trang Nguồn, cách nhau bằng dấu chấm phẩy.', 20));
const note = may(text(1000)).meta(heading('Ghi chú', 'Tùy ý.', 40));

/** Every sheet but the first, in the order they stand in. */
export const sheets = {
  general: sheet('Chung', 'Tên tỉnh và các quy tắc tính hạn dùng chung cho cả tỉnh.', {
    item: need(text(100)).meta(heading('Mục', 'Giữ nguyên.', 34)),
    value: may(text(300)).meta(heading('Giá trị', 'Giá trị của mục.', 30)),
    help: may(text(1000)).meta(heading('Giải thích', 'Ý nghĩa của mục; không được đọc lại.', 90)),
  }),
  agencies: sheet('Cơ quan', 'Mỗi dòng một cơ quan. Cơ quan đã giải thể vẫn giữ lại, ghi ngày hết hiệu lực và cơ quan kế thừa.', {
    id: need(id).meta(heading('Mã nội bộ', 'Không đổi dù cơ quan đổi tên: chữ thường không dấu, số, gạch nối.', 16)),
    identifier: need(identifier).meta(heading('Mã định danh', 'Theo Quyết định 20/2020/QĐ-TTg; đứng đầu mã hồ sơ. Một mã chỉ của một cơ quan.', 16)),
    name: need(text(300)).meta(heading('Tên cơ quan', 'Tên đầy đủ, in trên giấy tiếp nhận.', 50)),
    level: need(choice(levels)).meta(heading('Cấp', of(levels), 10)),
    validFrom: need(date).meta(heading('Hiệu lực từ', 'Ngày đầu tiên có hiệu lực.', 13)),
    validTo: may(date).meta(heading('Hiệu lực đến', ends, 13)),
    successors: may(list(id)).meta(heading('Cơ quan kế thừa', 'Mã nội bộ các cơ quan tiếp nhận, cách nhau bằng dấu chấm phẩy.', 24)),
    line: may(text(100)).meta(heading('Đường truyền', 'Tên đường truyền về tỉnh; cơ quan cùng đường truyền ghi cùng tên. Để trống nếu chưa rõ.', 26)),
    note,
  }),
  identifiers: sheet('Mã định danh theo ngày', 'Chỉ ghi khi mã định danh của cơ quan thay đổi theo thời gian.', {
    agency: need(id).meta(heading('Mã nội bộ', 'Mã ở trang Cơ quan.', 16)),
    identifier: need(identifier).meta(heading('Mã định danh', 'Mã dùng trong khoảng này.', 16)),
    validFrom: need(date).meta(heading('Hiệu lực từ', 'Ngày đầu tiên dùng mã.', 13)),
    validTo: may(date).meta(heading('Hiệu lực đến', ends, 13)),
  }),
  units: sheet('Phòng, bộ phận', 'Phòng, bộ phận chuyên môn nhận hồ sơ chuyển xử lý.', {
    agency: need(id).meta(heading('Mã nội bộ', 'Mã ở trang Cơ quan.', 16)),
    id: need(id).meta(heading('Mã phòng', 'Không trùng trong một cơ quan.', 16)),
    name: need(text(200)).meta(heading('Tên phòng, bộ phận', 'Tên đầy đủ.', 50)),
  }),
  procedures: sheet('Thủ tục', 'Mỗi dòng một phiên bản của một thủ tục hành chính.', {
    code: need(procedureCode).meta(heading('Mã thủ tục', 'Mã quốc gia, ví dụ 1.001193.', 14)),
    version: need(whole(1, 9999)).meta(heading('Phiên bản', version, 11)),
    name: need(text(500)).meta(heading('Tên thủ tục', 'Tên đầy đủ.', 60)),
    fieldCode: need(text(64)).meta(heading('Mã lĩnh vực', 'Mã lĩnh vực.', 12)),
    fieldName: need(text(200)).meta(heading('Lĩnh vực', 'Tên lĩnh vực.', 20)),
    levels: need(list(choice(levels))).meta(heading('Cấp thực hiện', `${of(levels)}, cách nhau bằng dấu chấm phẩy.`, 16)),
    competentLevel: may(choice(levels)).meta(heading('Cấp giải quyết', 'Chỉ ghi khi nhiều cấp thực hiện mà một cấp quyết định.', 14)),
    handledBy: may(list(id)).meta(heading('Cơ quan giải quyết', 'Mã nội bộ, chỉ ghi khi không phải mọi cơ quan của cấp đều giải quyết.', 22)),
    validFrom: need(date).meta(heading('Hiệu lực từ', 'Ngày đầu tiên có hiệu lực.', 13)),
    validTo: may(date).meta(heading('Hiệu lực đến', ends, 13)),
    term: need(term).meta(heading('Thời hạn', 'trong ngày; 3 ngày làm việc; 1,5 ngày làm việc; 8 giờ làm việc; 15 ngày (ngày lịch).', 20)),
    extension: may(term).meta(heading('Gia hạn tối đa', 'Như cột Thời hạn; để trống nếu không được gia hạn.', 18)),
    supplement: may(choice(effects)).meta(heading('Khi bổ sung hồ sơ', `${of(effects)}; để trống thì theo nghị định.`, 18)),
    immediate: may(yesNo).meta(heading('Trả ngay', 'Có: trả kết quả ngay, không cần giấy tiếp nhận trừ khi được yêu cầu.', 10)),
    channels: may(list(choice(channels))).meta(heading('Hình thức nộp', `${of(channels)}; để trống là mọi hình thức.`, 30)),
    financial: may(yesNo).meta(heading('Nghĩa vụ tài chính', 'Có: có bước thực hiện nghĩa vụ tài chính.', 18)),
    feeAmount: need(whole(0, Number.MAX_SAFE_INTEGER)).meta(heading('Phí, lệ phí', 'Đồng; 0 nếu không thu.', 12)),
    feeNote: may(text(500)).meta(heading('Ghi chú phí', 'Ví dụ: 2.000 đồng một trang.', 40)),
    note,
  }),
  papers: sheet('Giấy tờ', 'Thành phần hồ sơ của mỗi phiên bản thủ tục, theo thứ tự hiện ở quầy.', {
    ...procedureOf,
    paper: need(text(64)).meta(heading('Mã giấy tờ', 'Không trùng trong một thủ tục.', 16)),
    name: need(text(500)).meta(heading('Tên giấy tờ', 'Tên đầy đủ.', 70)),
    kind: need(choice(paperKinds)).meta(heading('Loại bản', of(paperKinds), 20)),
    quantity: need(whole(1, 99)).meta(heading('Số lượng', 'Số bản.', 10)),
    required: need(yesNo).meta(heading('Bắt buộc', 'Có / Không.', 10)),
  }),
  results: sheet('Kết quả', 'Giấy tờ kết quả của mỗi phiên bản thủ tục.', {
    ...procedureOf,
    result: may(text(64)).meta(heading('Mã kết quả', 'Mã loại giấy tờ kết quả, nếu có.', 16)),
    name: need(text(300)).meta(heading('Tên kết quả', 'Tên đầy đủ.', 70)),
  }),
  overrides: sheet('Quy tắc riêng', 'Quy tắc tính hạn mà một thủ tục làm khác trang Chung.', {
    ...procedureOf,
    item: need(text(100)).meta(heading('Mục', 'Tên mục như ở trang Chung.', 34)),
    value: need(text(300)).meta(heading('Giá trị', 'Như ở trang Chung.', 30)),
  }),
  staff: sheet('Cán bộ', 'Mỗi người một mã, dùng ở mọi thiết bị. Mã PIN không ghi ở đây: đặt bằng lệnh quay staff set-pin.', {
    id: need(text(64)).meta(heading('Mã cán bộ', 'Không đổi và không dùng lại cho người khác.', 14)),
    name: need(text(200)).meta(heading('Họ và tên', 'Như trên giấy tờ.', 30)),
    agency: need(id).meta(heading('Cơ quan', 'Mã nội bộ ở trang Cơ quan.', 16)),
    roles: need(list(choice(roleNames))).meta(heading('Vai trò', `${of(roleNames)}, cách nhau bằng dấu chấm phẩy.`, 30)),
    validFrom: may(date).meta(heading('Làm việc từ', 'Để trống nếu không giới hạn.', 13)),
    validTo: may(date).meta(heading('Làm việc đến', 'Ngày cuối cùng; để trống nếu còn làm việc.', 13)),
    note,
  }),
  calendars: sheet('Lịch', 'Mỗi dòng một phiên bản lịch làm việc; phiên bản mới ở dưới. Lịch đã công bố thì không sửa, chỉ thêm phiên bản.', {
    ...calendarOf,
    coversFrom: need(date).meta(heading('Từ ngày', 'Ngày đầu tiên lịch bao trùm.', 13)),
    coversTo: need(date).meta(heading('Đến ngày', 'Ngày cuối cùng lịch bao trùm.', 13)),
    weeklyRest: may(list(choice(weekdays))).meta(heading('Nghỉ hằng tuần', `${of(weekdays)}, cách nhau bằng dấu chấm phẩy.`, 24)),
    morningFrom: need(time).meta(heading('Sáng từ', 'Giờ mở cửa buổi sáng.', 10)),
    morningTo: need(time).meta(heading('Sáng đến', 'Giờ đóng cửa buổi sáng.', 10)),
    afternoonFrom: need(time).meta(heading('Chiều từ', 'Giờ mở cửa buổi chiều.', 10)),
    afternoonTo: need(time).meta(heading('Chiều đến', 'Giờ đóng cửa buổi chiều.', 10)),
    note,
  }),
  daysOff: sheet('Ngày nghỉ', 'Ngày nghỉ lễ, nghỉ bù, nghỉ hoán đổi của từng phiên bản lịch.', {
    ...calendarOf,
    date: need(date).meta(heading('Ngày', 'Ngày nghỉ.', 13)),
    name: need(text(100)).meta(heading('Tên ngày nghỉ', 'Ví dụ: Quốc khánh.', 50)),
    kind: need(choice(dayKinds)).meta(heading('Loại', of(dayKinds), 14)),
    sources,
  }),
  workedInstead: sheet('Làm bù', 'Ngày nghỉ hằng tuần đi làm để hoán đổi cho một ngày nghỉ.', {
    ...calendarOf,
    date: need(date).meta(heading('Ngày làm bù', 'Ngày đi làm.', 13)),
    insteadOf: need(date).meta(heading('Bù cho ngày', 'Ngày nghỉ hoán đổi, có ở trang Ngày nghỉ.', 13)),
    sources,
  }),
  halfDays: sheet('Nửa ngày', 'Ngày chỉ làm việc một buổi.', {
    ...calendarOf,
    date: need(date).meta(heading('Ngày', 'Ngày làm một buổi.', 13)),
    session: need(choice(sessions)).meta(heading('Buổi làm việc', of(sessions), 14)),
    sources,
  }),
  sources: sheet('Nguồn', 'Văn bản làm căn cứ cho các ngày trong lịch.', {
    ...calendarOf,
    source: need(text(64)).meta(heading('Ký hiệu', 'Ký hiệu ngắn dùng ở cột Nguồn.', 16)),
    words: need(text(2000)).meta(heading('Văn bản', 'Số, ngày, trích yếu, nơi đọc.', 100)),
  }),
} as const;

export type Sheets = typeof sheets;
export type SheetKey = keyof Sheets;
export type RowOf<Key extends SheetKey> = z.output<Sheets[Key]['row']>;
/** All rows of a workbook, with the place each has in its sheet. */
export type Rows = { readonly [Key in SheetKey]: readonly { readonly at: number; readonly row: RowOf<Key> }[] };

