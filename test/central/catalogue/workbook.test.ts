/** The catalogue as a workbook: out and in again, and what is said of every mistake. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import readWorkbook from 'read-excel-file/universal';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import { sampleCatalogue } from '#central/catalogue/index.ts';
import { catalogueOfWorkbook, workbookOf, type WorkbookProblem } from '#central/catalogue/workbook/index.ts';
import { catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { agency, procedure, smallCatalogue } from '../../shared/catalogue/samples.ts';

const pin = { salt: 'AAAA', hash: 'BBBB', params: { n: 1024, r: 8, p: 1, keyLength: 32 } };
const plain = (catalogue: Catalogue): Catalogue => ({ ...catalogue, staff: catalogue.staff.map(({ pin: _pin, ...person }) => person) });

async function back(file: Buffer, published?: Catalogue): Promise<Catalogue> {
  const outcome = await catalogueOfWorkbook(file, published);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems, undefined, 1));
  return outcome.catalogue;
}

type Sheets = Map<string, SheetData>;

async function sheetsOf(catalogue: Catalogue): Promise<Sheets> {
  const read = await readWorkbook(new Uint8Array(await workbookOf(catalogue)).buffer);
  return new Map(read.map(({ sheet, data }) => [sheet, data.map((row) => row.map((cell) => (typeof cell === 'string' || typeof cell === 'number' ? cell : null)))]));
}

async function fileOf(sheets: Sheets): Promise<Buffer> {
  return writeWorkbook([...sheets].map(([sheet, data]) => ({ sheet, data })), {}).toBuffer();
}

/** Writes into a cell of the sheet `name`: the row as the spreadsheet counts, the column by its heading. */
function write(sheets: Sheets, name: string, row: number, column: string, value: SheetData[number][number]): void {
  const data = sheets.get(name) ?? [];
  const index = (data[0] ?? []).findIndex((cell) => cell === column);
  if (index < 0) throw new Error(`${name} has no column ${column}`);
  while (data.length < row) data.push([]);
  const cells = data[row - 1] ?? [];
  while (cells.length <= index) cells.push(null);
  cells[index] = value;
}

async function problemsOf(sheets: Sheets, published?: Catalogue): Promise<readonly WorkbookProblem[]> {
  const outcome = await catalogueOfWorkbook(await fileOf(sheets), published);
  return outcome.ok ? [] : outcome.problems;
}

const rich = smallCatalogue({
  province: { name: '=Tỉnh', identifier: 'H37' },
  keeping: { attachmentDays: 30 },
  agencies: [
    agency('new-1', { identifier: 'H37.31', validFrom: '2025-07-01', identifiers: [{ identifier: 'H37.31', validFrom: '2025-07-01', validTo: '2025-12-31' }, { identifier: 'H37.41', validFrom: '2026-01-01' }], units: [{ id: 'tu-phap', name: 'Bộ phận Tư pháp' }] }),
    agency('province', { level: 'province', identifier: 'H37.01', note: '+84 25' }),
  ],
  procedures: [
    procedure({ validTo: '2025-06-30', term: { unit: 'halfWorkingDay', amount: 3 }, extension: { unit: 'calendarDay', amount: 15 }, supplement: 'pause' }),
    procedure({
      version: 2, validFrom: '2025-07-01', code: '1.001530', levels: ['province', 'commune'], competentLevel: 'province', handledBy: ['province'], immediate: true, financial: false,
      channels: ['counter', 'online'], term: { unit: 'workingHour', amount: 4 }, fee: { amount: 100_000, note: '@phí' }, settings: { dayOfReceiptCounts: true, transferCutOff: '16:00', dayTermEnds: 'timeOfAcceptance' },
      papers: [], results: [{ code: 'KQ.1', name: 'Kết quả' }, { name: 'Bản sao' }],
    }),
  ],
  staff: [{ id: 's-1', name: 'Nguyễn Thị Hoà', agency: 'new-1', roles: ['clerk', 'supervisor'], validFrom: '2025-07-01', validTo: '2026-12-31', pin }],
});

describe('a workbook', () => {
  it('of the sample gives the sample back, PINs kept for those who have them', async () => {
    const sample = sampleCatalogue(pin);
    expect(await back(await workbookOf(sample), sample)).toEqual(sample);
    expect(await back(await workbookOf(sample))).toEqual({ ...plain(sample), version: 0 });
    expect((await workbookOf(sample)).includes('BBBB')).toBe(false);
  });

  it('keeps all a catalogue can say', async () => {
    expect(await back(await workbookOf(rich), rich)).toEqual(rich);
  });

  it('is explained column by column, on its first sheet and in the documentation', async () => {
    const sheets = await sheetsOf(smallCatalogue());
    const guide = JSON.stringify(sheets.get('Hướng dẫn'));
    const documentation = readFileSync(join(__dirname, '../../../docs/catalogue.md'), 'utf8');
    for (const [name, [headings = []]] of sheets) {
      if (name === 'Hướng dẫn') continue;
      expect([documentation, guide].map((text) => text.includes(name))).toEqual([true, true]);
      for (const heading of headings) {
        const written = typeof heading === 'string' ? heading : '';
        expect([written, documentation.includes(`| ${written} |`), guide.includes(written)]).toEqual([written, true, true]);
      }
    }
  });

  it('gives any catalogue back', async () => {
    const word = fc.string({ unit: fc.constantFrom(...Array.from('aăâbcđeêhưm 0123=+-@;\'"<&>ếộ')), minLength: 1, maxLength: 30 }).map((text) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '');
    const term = fc.oneof(
      fc.constant({ unit: 'sameDay' as const }), fc.integer({ min: 1, max: 400 }).map((amount) => ({ unit: 'workingDay' as const, amount })),
      fc.integer({ min: 0, max: 399 }).map((half) => ({ unit: 'halfWorkingDay' as const, amount: 2 * half + 1 })), fc.integer({ min: 1, max: 900 }).map((amount) => ({ unit: 'workingHour' as const, amount })),
      fc.integer({ min: 1, max: 900 }).map((amount) => ({ unit: 'calendarDay' as const, amount })),
    );
    const some = fc.record({
      code: fc.integer({ min: 0, max: 999_999 }).map((digits) => `1.${String(digits).padStart(6, '0')}`), name: word, term, extension: fc.option(term, { nil: undefined }), note: fc.option(word, { nil: undefined }),
      channels: fc.option(fc.subarray(['counter', 'post', 'online'] as const, { minLength: 1 }), { nil: undefined }), immediate: fc.option(fc.boolean(), { nil: undefined }),
      fee: fc.record({ amount: fc.nat(10_000_000), note: fc.option(word, { nil: undefined }) }), results: fc.array(fc.record({ name: word }), { maxLength: 3 }),
    });
    await fc.assert(fc.asyncProperty(fc.uniqueArray(some, { selector: ({ code }) => code, maxLength: 5 }), word, async (several, name) => {
      const catalogue = smallCatalogue({ procedures: several.map((one) => procedure(one)), agencies: smallCatalogue().agencies.map((one) => ({ ...one, name })) });
      expect(await back(await workbookOf(catalogue), catalogue)).toEqual(catalogueSchema.parse(JSON.parse(JSON.stringify(catalogue))));
    }), { numRuns: 25 });
  });

  it('takes what people and spreadsheets make of the cells', async () => {
    const sheets = await sheetsOf(rich);
    write(sheets, 'Cơ quan', 2, 'Tên cơ quan', ' Ủy ban  nhân dân\u00A0xã Mai Pha\u200B '.normalize('NFD'));
    write(sheets, 'Cơ quan', 2, 'Mã định danh', 'h37.31');
    write(sheets, 'Thủ tục', 3, 'Mã thủ tục', 1.00153);
    write(sheets, 'Kết quả', 3, 'Mã thủ tục', '1.001530');
    write(sheets, 'Thủ tục', 3, 'Phí, lệ phí', '100.000');
    write(sheets, 'Thủ tục', 3, 'Trả ngay', 'x');
    write(sheets, 'Thủ tục', 3, 'Thời hạn', '4 GIO LAM VIEC');
    write(sheets, 'Thủ tục', 2, 'Thời hạn', '1.5 ngày làm việc');
    write(sheets, 'Thủ tục', 3, 'Hiệu lực từ', { type: Date, value: new Date(Date.UTC(2025, 6, 1)), format: 'dd/mm/yyyy' });
    write(sheets, 'Cán bộ', 2, 'Làm việc từ', 45_839);
    write(sheets, 'Cán bộ', 2, 'Làm việc đến', '2026-12-31');
    write(sheets, 'Cán bộ', 2, 'Vai trò', 'cán bộ MỘT CỬA\nsupervisor');
    write(sheets, 'Lịch', 2, 'Sáng từ', 0.312_5);
    write(sheets, 'Lịch', 2, 'Chiều từ', '13 giờ 30');
    write(sheets, 'Ngày nghỉ', 5, 'Mã lịch', '  ');
    const [first, ...rest] = sheets.get('Phòng, bộ phận') ?? [];
    sheets.set('Phòng, bộ phận', [[...(first ?? [])].reverse(), [], ...rest.map((row) => [...row].reverse())]);
    const expected = { ...rich, agencies: rich.agencies.map((one, index) => (index === 0 ? { ...one, name: 'Ủy ban nhân dân xã Mai Pha' } : one)) };
    expect(await back(await fileOf(sheets), rich)).toEqual(expected);
  });

  it('does without what need not be said', async () => {
    const name = 'Số ngày giữ bản số hóa tại quầy';
    const rowOf = (sheets: Sheets): number => sheets.get('Chung')!.findIndex(([item]) => item === name);
    for (const change of [(sheets: Sheets) => write(sheets, 'Chung', rowOf(sheets) + 1, 'Giá trị', null), (sheets: Sheets) => void sheets.get('Chung')!.splice(rowOf(sheets), 1)]) {
      const sheets = await sheetsOf(rich);
      change(sheets);
      expect((await back(await fileOf(sheets))).keeping).toBeUndefined();
    }
    const wrong = await sheetsOf(rich);
    write(wrong, 'Chung', rowOf(wrong) + 1, 'Giá trị', 4000);
    expect(await problemsOf(wrong)).toMatchObject([{ sheet: 'Chung', row: rowOf(wrong) + 1, column: 'Giá trị' }]);
  });

  it('names every mistake at once: sheet, row, column and what to write', async () => {
    const sheets = await sheetsOf(rich);
    write(sheets, 'Cơ quan', 2, 'Mã nội bộ', 'Mai Pha');
    write(sheets, 'Cơ quan', 3, 'Hiệu lực từ', '31/02/2024');
    write(sheets, 'Cơ quan', 3, 'Tên cơ quan', null);
    write(sheets, 'Thủ tục', 2, 'Thời hạn', 'ba ngày');
    write(sheets, 'Thủ tục', 3, 'Phí, lệ phí', -5);
    write(sheets, 'Thủ tục', 3, 'Cấp thực hiện', 'Tỉnh; Thôn');
    write(sheets, 'Giấy tờ', 3, 'Mã thủ tục', '1.999999');
    for (const [column, value] of [['Phiên bản', 1], ['Mã giấy tờ', 'a'], ['Tên giấy tờ', 'A'], ['Loại bản', 'Bản chính'], ['Số lượng', 1], ['Bắt buộc', 'có lẽ']] as const) write(sheets, 'Giấy tờ', 3, column, value);
    write(sheets, 'Quy tắc riêng', 2, 'Mục', 'Không có');
    write(sheets, 'Chung', 5, 'Giá trị', 'có lẽ');
    write(sheets, 'Lịch', 2, 'Sáng từ', 'sớm');
    const found = await problemsOf(sheets);
    const places = found.map(({ sheet, row, column }) => `${sheet} ${row} ${column}`);
    expect(places).toEqual(expect.arrayContaining([
      'Cơ quan 2 Mã nội bộ', 'Cơ quan 3 Hiệu lực từ', 'Cơ quan 3 Tên cơ quan', 'Thủ tục 2 Thời hạn', 'Thủ tục 3 Phí, lệ phí', 'Thủ tục 3 Cấp thực hiện', 'Giấy tờ 3 Bắt buộc',
      'Chung 5 Giá trị', 'Lịch 2 Sáng từ',
    ]));
    expect(found.find(({ column }) => column === 'Hiệu lực từ')).toEqual({
      sheet: 'Cơ quan', row: 3, column: 'Hiệu lực từ', vi: 'Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 01/07/2025.', en: 'Write a date as day/month/year, for example 01/07/2025.',
    });
    expect(found.find(({ column }) => column === 'Tên cơ quan')?.vi).toBe('Ô này không được để trống.');
  });

  it('names rows that belong to nothing, unknown and missing columns and sheets', async () => {
    const sheets = await sheetsOf(rich);
    write(sheets, 'Kết quả', 2, 'Mã thủ tục', '1.999999');
    const papers = sheets.get('Giấy tờ') ?? [];
    papers[0] = (papers[0] ?? []).map((cell) => (cell === 'Số lượng' ? 'Số luợng bản' : cell === 'Bắt buộc' ? 'Tên giấy tờ' : cell));
    sheets.delete('Nửa ngày');
    sheets.set('Nháp của tôi', [['a']]);
    const places = (await problemsOf(sheets)).map(({ sheet, row, column, en }) => `${sheet} ${row} ${column}: ${en.split('.')[0]}`);
    expect(places).toEqual(expect.arrayContaining([
      'Nháp của tôi 0 : This sheet is not known', 'Nửa ngày 0 : This sheet is missing', 'Giấy tờ 1 Số luợng bản: This column is not known', 'Giấy tờ 1 Tên giấy tờ: This column occurs twice',
      'Giấy tờ 1 Số lượng: This column is missing', 'Giấy tờ 1 Bắt buộc: This column is missing', 'Kết quả 2 Mã thủ tục: There is no row for this on the main sheet',
    ]));
  });

  it('names the row of what does not hold together, and of what was published', async () => {
    const sheets = await sheetsOf(rich);
    write(sheets, 'Cơ quan', 3, 'Mã định danh', 'H37.41');
    write(sheets, 'Ngày nghỉ', 3, 'Loại', 'Hoán đổi');
    write(sheets, 'Làm bù', 2, 'Ngày làm bù', '09/01/2026');
    expect((await problemsOf(sheets)).map(({ sheet, row, en }) => `${sheet} ${row}: ${en}`)).toEqual([
      'Cơ quan 3: Identifier H37.41 belongs to agency new-1. An identifier is one agency’s for ever, also after it is dissolved; use another.',
      'Làm bù 2: 09/01/2026, worked in exchange in calendar vn, is a working day anyway. Name the rest day that is worked.'.replace('09/01/2026', '2026-01-09'),
    ]);
    const edited = await sheetsOf(rich);
    write(edited, 'Thủ tục', 2, 'Thời hạn', '2 ngày làm việc');
    write(edited, 'Ngày nghỉ', 2, 'Tên ngày nghỉ', 'Tết');
    expect((await problemsOf(edited, rich)).map(({ sheet, row, en }) => `${sheet} ${row}: ${en}`)).toEqual([
      'Thủ tục 2: Procedure 1.001193, version 1, was published and cannot be edited. Let it end and add version 2.',
      'Lịch 2: Calendar vn, version 1, was published and cannot be edited. Add a new version after it.',
    ]);
    const sessions = await sheetsOf(rich);
    write(sessions, 'Lịch', 2, 'Sáng đến', '07:00');
    expect((await problemsOf(sessions)).map(({ sheet, row }) => `${sheet} ${row}`)).toEqual(['Lịch 2']);
  });

  it('says so of a failed formula that was kept as text', async () => {
    const sheets = await sheetsOf(rich);
    write(sheets, 'Thủ tục', 2, 'Phí, lệ phí', '#REF!');
    expect((await problemsOf(sheets)).map(({ sheet, row, column, en }) => `${sheet} ${row} ${column}: ${en}`)).toEqual(['Thủ tục 2 Phí, lệ phí: The formula in the cell failed. Write the value in place of the formula.']);
  });
});

/** A zip file made by hand, with whatever sizes it claims. */
function zip(files: readonly { readonly name: string; readonly content: Buffer; readonly claims?: number }[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims = content.length } of files) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(claims, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), packed]);
    const place = Buffer.alloc(16);
    place.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, place.subarray(0, 14), Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  const directory = Buffer.concat(central);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directory, Buffer.from('PK\u0005\u0006'), end]);
}

const sheetXml = (rows: string): Buffer => Buffer.from(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`);

describe('a file that is no workbook of ours', () => {
  const refusal = (file: Buffer): Promise<unknown> => catalogueOfWorkbook(file, undefined).then((outcome) => outcome, (error: unknown) => (error instanceof DomainError ? error.fault.code : Promise.reject(error)));

  it.each<[string, () => Buffer, string]>([
    ['nothing at all', () => Buffer.alloc(0), 'catalogue.not-a-workbook'],
    ['a text', () => Buffer.from('mã,tên\n1,2'), 'catalogue.not-a-workbook'],
    ['an old .xls', () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2000)]), 'catalogue.not-a-workbook'],
    ['a zip of something else', () => zip([{ name: 'a.txt', content: Buffer.from('a') }]), 'catalogue.workbook-unreadable'],
    ['a zip bomb', () => zip([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(60 * 1024 * 1024) }]), 'catalogue.workbook-too-large'],
    ['a bomb that lies about its size', () => zip([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(60 * 1024 * 1024), claims: 100 }]), 'catalogue.not-a-workbook'],
    ['a hundred thousand rows', () => zip([{ name: 'xl/worksheets/sheet1.xml', content: sheetXml('<row><c><v>1</v></c></row>'.repeat(100_000)) }]), 'catalogue.workbook-too-large'],
    ['one cell in the last corner', () => zip([{ name: 'xl/worksheets/sheet1.xml', content: sheetXml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>') }]), 'catalogue.workbook-too-large'],
    ['more than any catalogue is', () => Buffer.alloc(11 * 1024 * 1024), 'catalogue.workbook-too-large'],
  ])('%s gets a sentence', async (_what, file, code) => {
    expect(await refusal(file())).toBe(code);
  });

  it.each([
    ['failed', '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'], ['was never computed', '<c r="B3" s="1"><f>A1+1</f></c>'],
  ])('a formula that %s gets a sentence with its place', async (_what, cell) => {
    const file = zip([{ name: 'xl/worksheets/sheet1.xml', content: sheetXml(`<row r="3"><c r="A3"><v>1</v></c>${cell}<c r="C3"><f>1</f><v>1</v></c></row>`) }]);
    await expect(catalogueOfWorkbook(file, undefined)).rejects.toMatchObject({ fault: { code: 'catalogue.workbook-unreadable', params: { row: '3', column: 'B' } } });
  });

  it('a workbook cut off or with bytes turned gets a sentence, never a crash', async () => {
    const whole = await workbookOf(smallCatalogue());
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, turn, cut) => {
      const broken = Buffer.from(cut ? whole.subarray(0, at) : whole);
      if (!cut) broken[at] = (broken[at] ?? 0) ^ turn;
      const outcome = await refusal(broken);
      expect(typeof outcome === 'string' ? outcome : 'read').toMatch(/^catalogue\.|^read$/);
    }), { numRuns: 150 });
  });
});
