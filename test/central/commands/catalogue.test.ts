/** The catalogue through the command line: out, edited, in again, with every bad row named. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import readWorkbook from 'read-excel-file/universal';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import { hasher, makeVerifier, matchesVerifier, random } from '#central/keys/index.ts';
import { latestCatalogue, publishCatalogue, sampleCatalogue } from '#central/catalogue/index.ts';
import { openFoundation } from '#central/foundation.ts';
import { centreCataloguePublishedSchema, centreKinds } from '#central/ledger/index.ts';
import { assumedTime } from '#central/time/index.ts';
import { catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import { parseEntry } from '#shared/log/index.ts';
import { quay } from './program.ts';

const top = mkdtempSync(join(tmpdir(), 'quay-catalogue-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** A centre's folder with the sample published. */
async function centreFolder(name: string): Promise<string> {
  const folder = join(top, name);
  const foundation = await openFoundation(folder, assumedTime(50), 'test');
  await publishCatalogue({ ...foundation, hasher }, sampleCatalogue(await makeVerifier('2468', random)));
  await foundation.close();
  return folder;
}

async function held(folder: string): Promise<{ catalogue: Catalogue; published: { version: number; sha256: string }[]; text: string }> {
  const foundation = await openFoundation(folder, assumedTime(50), 'test');
  const { store, own } = foundation;
  const published = (await store.entries(own.log, 1, 100)).flatMap(({ text }) => {
    const entry = parseEntry(text, hasher);
    return entry.ok && entry.value.header.kind === centreKinds.cataloguePublished ? [centreCataloguePublishedSchema.parse(entry.value.header.facts)] : [];
  });
  const found = { catalogue: (await latestCatalogue(store))!, published, text: (await store.latestCatalogue())!.text };
  await foundation.close();
  return found;
}

async function edit(from: string, to: string, change: (sheets: Map<string, SheetData>) => void): Promise<void> {
  const read = await readWorkbook(new Uint8Array(readFileSync(from)).buffer);
  const sheets = new Map(read.map(({ sheet, data }) => [sheet, data.map((row) => row.map((cell) => (typeof cell === 'string' || typeof cell === 'number' ? cell : null)))] as const));
  change(sheets);
  writeFileSync(to, await writeWorkbook([...sheets].map(([sheet, data]) => ({ sheet, data })), {}).toBuffer());
}

describe('quay catalogue', () => {
  it('exports, takes the file back without change, and publishes what was edited', async () => {
    const folder = await centreFolder('a');
    const file = join(top, 'a.xlsx');
    expect(JSON.parse((await quay(['catalogue', 'export', file, '--folder', folder, '--json'])).output)).toEqual({ version: 1, file });
    expect(JSON.parse((await quay(['catalogue', 'import', file, '--folder', folder, '--json'])).output)).toEqual({ version: 1, published: false });

    const edited = join(top, 'a2.xlsx');
    await edit(file, edited, (sheets) => sheets.get('Phòng, bộ phận')?.push(['ls-dong-dang', 'van-phong', 'Văn phòng HĐND và UBND']));
    expect(JSON.parse((await quay(['catalogue', 'import', edited, '--folder', folder, '--check', '--json'])).output)).toEqual({ published: false, ok: true });
    expect((await held(folder)).catalogue.version).toBe(1);
    expect((await quay(['catalogue', 'import', edited, '--folder', folder])).output).toBe('Published as version 2.\n');
    const { catalogue, published, text } = await held(folder);
    expect(catalogue.agencies.find(({ id }) => id === 'ls-dong-dang')?.units).toContainEqual({ id: 'van-phong', name: 'Văn phòng HĐND và UBND' });
    expect(catalogue.staff.every(({ pin }) => pin !== undefined)).toBe(true);
    // What is in the centre's signed log is the hash of exactly what desks are given.
    expect(published.at(-1)).toMatchObject({ version: 2, sha256: hasher.sha256(new TextEncoder().encode(text)) });
  }, 180_000);

  it('names every bad row, publishes nothing, and ends with 1', async () => {
    const folder = await centreFolder('b');
    const file = join(top, 'b.xlsx');
    await quay(['catalogue', 'export', file, '--folder', folder]);
    const bad = join(top, 'b2.xlsx');
    await edit(file, bad, (sheets) => {
      const [agency, other] = (sheets.get('Cơ quan') ?? []).slice(1);
      if (agency && other) {
        agency[4] = '32/13/2025';
        other[3] = 'Thôn';
      }
    });
    const inWords = await quay(['catalogue', 'import', bad, '--folder', folder]);
    expect([inWords.code, inWords.output]).toEqual([1, '']);
    expect(inWords.problems.split('\n')).toEqual(expect.arrayContaining([
      'Cơ quan, dòng 2, cột Hiệu lực từ: Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 01/07/2025.', '  Cơ quan, row 2, column Hiệu lực từ: Write a date as day/month/year, for example 01/07/2025.',
      'Cơ quan, dòng 3, cột Cấp: Hãy ghi một trong các giá trị nêu ở trang Hướng dẫn.', 'Tệp có 2 chỗ cần sửa, đã nêu ở trên. Chưa công bố gì; hãy sửa rồi nhập lại.',
    ]));
    const inJson = await quay(['catalogue', 'import', bad, '--folder', folder, '--json']);
    expect([inJson.code, JSON.parse(inJson.output)]).toMatchObject([1, { fault: { code: 'catalogue.bad-rows', params: { count: 2 } }, problems: [{ sheet: 'Cơ quan', row: 2 }, { sheet: 'Cơ quan', row: 3 }] }]);
    expect((await held(folder)).published).toHaveLength(1);
  }, 180_000);

  it('keeps to what was published, in JSON as well', async () => {
    const folder = await centreFolder('c');
    const file = join(top, 'c.json');
    await quay(['catalogue', 'export', file, '--folder', folder]);
    const exported = catalogueSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(exported.staff.some(({ pin }) => pin)).toBe(false);
    const [calendar] = exported.calendars;
    writeFileSync(file, JSON.stringify({ ...exported, calendars: [{ ...calendar, halfDays: [{ date: '2026-12-31', session: 'morning', source: [] }] }] }));
    const refused = await quay(['catalogue', 'import', file, '--folder', folder, '--json']);
    expect([refused.code, JSON.parse(refused.output).problems]).toEqual([1, [expect.objectContaining({ sheet: `calendars/${calendar?.id} ${calendar?.version}`, vi: expect.stringContaining('Hãy thêm phiên bản mới ở sau.') })]]);
    writeFileSync(file, JSON.stringify({ ...exported, calendars: [...exported.calendars, { ...calendar, version: '2026-v9', halfDays: [{ date: '2026-12-31', session: 'morning', source: [] }] }] }));
    expect(JSON.parse((await quay(['catalogue', 'import', file, '--folder', folder, '--json'])).output)).toEqual({ version: 2, published: true });
    expect((await held(folder)).catalogue.calendars.map(({ version }) => version)).toEqual([...exported.calendars.map(({ version }) => version), '2026-v9']);
  }, 180_000);

  it('says what is wrong with a file that is none, and with a centre that has none', async () => {
    const folder = await centreFolder('d');
    const asked = async (file: string, content?: string): Promise<[number | null, string]> => {
      if (content !== undefined) writeFileSync(file, content);
      const { code, output } = await quay(['catalogue', 'import', file, '--folder', folder, '--json']);
      return [code, JSON.parse(output).fault.code];
    };
    expect(await asked(join(top, 'd.xlsx'), 'không phải bảng tính')).toEqual([1, 'catalogue.not-a-workbook']);
    expect(await asked(join(top, 'd.json'), '{"version":')).toEqual([1, 'catalogue.not-json']);
    expect(await asked(join(top, 'd.json'), '{"version": 1}')).toEqual([1, 'catalogue.not-json']);
    expect(await asked(join(top, 'none.xlsx'))).toEqual([1, 'catalogue.unreadable-file']);
    const empty = await quay(['catalogue', 'export', join(top, 'e.xlsx'), '--folder', join(top, 'empty'), '--json']);
    expect([empty.code, JSON.parse(empty.output).fault.code, existsSync(join(top, 'e.xlsx'))]).toEqual([1, 'catalogue.none', false]);
  }, 180_000);

  it('shows what is published, and gives people their PIN', async () => {
    const folder = await centreFolder('f');
    expect(JSON.parse((await quay(['catalogue', 'show', '--folder', folder, '--json'])).output)).toMatchObject({ version: 1, province: 'Tỉnh Lạng Sơn', staff: { withoutPin: [] } });
    for (const weak of ['1111', '9876']) {
      expect([weak, JSON.parse((await quay(['staff', 'set-pin', 'mp-01', '--folder', folder, '--json'], weak)).output).fault.code]).toEqual([weak, 'staff.weak-pin']);
    }
    expect(JSON.parse((await quay(['staff', 'set-pin', 'nobody', '--folder', folder, '--json'], '1357')).output).fault.code).toBe('staff.unknown');
    expect((await quay(['staff', 'set-pin', 'mp-01', '--folder', folder], '1357\n')).output).toBe('mp-01 has a new PIN from version 2 on.\n');
    const { catalogue } = await held(folder);
    const pinOf = (staff: string) => catalogue.staff.find(({ id }) => id === staff)!.pin!;
    expect([await matchesVerifier('1357', pinOf('mp-01')), await matchesVerifier('2468', pinOf('mp-02'))]).toEqual([true, true]);
  }, 180_000);
});
