import writeWorkbook, { type CellObject, type Sheet as WrittenSheet, type SheetData } from 'write-excel-file/node';
import { z } from 'zod';
import type { Catalogue } from '#shared/catalogue/index.ts';
import type { Cell } from './cells.ts';
import { guideName } from './read.ts';
import { rowsOf } from './rows.ts';
import { headingOf, sheets, type Sheet, type SheetKey } from './sheets.ts';

const head = { fontWeight: 'bold', backgroundColor: '#DCE6F1', wrap: true, alignVertical: 'top' } as const;

/** The catalogue as a workbook (.xlsx) for people to edit: a first sheet that explains every column, then a sheet for each part. */
export async function workbookOf(catalogue: Catalogue): Promise<Buffer> {
  const rows = rowsOf(catalogue);
  const keys: readonly SheetKey[] = Object.keys(sheets).filter((key): key is SheetKey => key in sheets);
  const written = [guide(catalogue.version), ...keys.map((key) => table(sheets[key], rows[key]))];
  return writeWorkbook(written, { fontFamily: 'Arial', fontSize: 10 }).toBuffer();
}

function cellOf(value: Cell): CellObject | null {
  if (value === null || value instanceof Date) return null;
  if (typeof value === 'number') return { type: Number, value };
  return { type: String, value: String(value), wrap: true, alignVertical: 'top' };
}

function table({ name, row }: Sheet, rows: readonly Readonly<Record<string, unknown>>[]): WrittenSheet<Buffer> {
  const columns = Object.entries(row.shape).map(([key, schema]) => ({ key, schema, heading: headingOf(schema) }));
  const data: SheetData = [
    columns.map(({ heading }) => ({ ...head, type: String, value: heading.header })),
    ...rows.map((values) => columns.map(({ key, schema }) => cellOf(encoded(schema, values[key])))),
  ];
  return { sheet: name, data, columns: columns.map(({ heading }) => ({ width: heading.width })), stickyRowsCount: 1 };
}

function encoded(schema: z.core.$ZodType, value: unknown): Cell {
  const cell: unknown = z.encode(schema, value);
  return typeof cell === 'string' || typeof cell === 'number' ? cell : null;
}

function guide(version: number): WrittenSheet<Buffer> {
  const line = (...texts: readonly string[]): SheetData[number] => texts.map((value) => ({ type: String, value, wrap: true, alignVertical: 'top' }));
  const title = (value: string): SheetData[number] => [{ type: String, value, fontWeight: 'bold' }];
  const data: SheetData = [
    title('DANH MỤC DÙNG CHUNG CỦA BỘ PHẬN MỘT CỬA'),
    line(version === 0 ? 'Tệp mẫu, chưa công bố.' : `Xuất từ bản đã công bố số ${version}.`),
    [],
    title('Cách dùng'),
    line('1. Sửa ở các trang sau; không đổi tên trang, tên cột. Thứ tự cột và dòng trống không quan trọng.'),
    line('2. Nội dung đã công bố (phiên bản thủ tục, phiên bản lịch, cơ quan) không sửa, không xóa: hồ sơ đã tiếp nhận giữ nguyên bản của mình. Hãy ghi ngày hết hiệu lực và thêm phiên bản mới.'),
    line('3. Kiểm tra: quay catalogue import TỆP.xlsx --check. Mọi dòng sai được nêu cùng lúc với trang, dòng, cột và cách sửa.'),
    line('4. Công bố: quay catalogue import TỆP.xlsx. Nếu còn một dòng sai thì không có gì được công bố.'),
    line('5. Ngày ghi theo ngày/tháng/năm, giờ ghi theo giờ:phút. Nhiều giá trị trong một ô cách nhau bằng dấu chấm phẩy.'),
    line('6. Mã PIN không có trong tệp này; người đã có PIN giữ nguyên PIN. Đặt PIN: quay staff set-pin MÃ.'),
    ...Object.values(sheets).flatMap(({ name, about, row }) => [
      [], title(`Trang ${name}`), line(about),
      ...Object.values(row.shape).map((schema) => {
        const { header, help } = headingOf(schema);
        return line(header, help);
      }),
    ]),
  ];
  return { sheet: guideName, data, columns: [{ width: 34 }, { width: 110 }] };
}
