import { describe, expect, it } from '@jest/globals';
import { searchProcedures } from '#electron/desk/procedure-search.ts';
import { sampleCatalogue } from './place.ts';

const { procedures } = sampleCatalogue();
const names = (text: string): string[] => searchProcedures(procedures, text, 30).map(({ name }) => name);

describe('the search for a procedure', () => {
  it('finds by code and its beginning, with and without its point', () => {
    expect(searchProcedures(procedures, '1.001193', 5).map(({ code }) => code)).toEqual(['1.001193']);
    expect(searchProcedures(procedures, '1.0011', 5)[0]?.code).toBe('1.001193');
    expect(searchProcedures(procedures, '001193', 5)[0]?.code).toBe('1.001193');
  });

  it('finds by words without accents, in any order and unfinished, over name and field', () => {
    expect(names('ho tich')).toEqual(expect.arrayContaining(['Đăng ký khai sinh', 'Đăng ký kết hôn', 'Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh']));
    expect(names('ket hon')[0]).toBe('Đăng ký kết hôn');
    expect(names('sinh khai')).toContain('Đăng ký khai sinh');
    expect(names('dang ky kha')).toEqual(expect.arrayContaining(['Đăng ký khai sinh', 'Đăng ký khai tử']));
    expect(names('HỘ TỊCH')).toEqual(names('ho tich'));
    expect(names('ĐĂNG KÝ KẾT HÔN'.normalize('NFD'))).toEqual(names('dang ky ket hon'));
  });

  it('puts the name before the field and the exact before the longer', () => {
    expect(names('dang ky khai sinh')[0]).toBe('Đăng ký khai sinh');
    expect(names('khai sinh')[0]).toBe('Đăng ký khai sinh');
    expect(names('ho tich')[0]).toMatch(/hộ tịch/i);
    expect(names('khong co thu tuc nay')).toEqual([]);
    expect(searchProcedures(procedures, '  ', 4)).toHaveLength(4);
  });
});
