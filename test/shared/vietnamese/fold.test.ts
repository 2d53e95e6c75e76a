import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareNames, fold, normalizeName, normalizePhone, validIdNumber, validPhone } from '#shared/vietnamese/index.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặÀĐÐðƯỢ -.,\'’0123456789\u0301\u0323\u200b')) }),
);

describe('folding', () => {
  it.each([
    ['Hộ tịch', 'ho tich'],
    ['ĐẤT  ĐAI', 'dat dai'],
    ['Ðặng Ðình Ðức', 'dang dinh duc'],
    ['ðường', 'duong'],
    ['hoà', 'hoa'],
    ['hòa', 'hoa'],
    ['Thuỷ – Thủy', 'thuy thuy'],
    ['  nhận cha, mẹ, con ', 'nhan cha me con'],
    ['1.001193', '1.001193'],
    ['H37.01-261124-0001', 'h37.01-261124-0001'],
    ['T-7K2M-0031.', 't-7k2m-0031'],
    ['(Giấy chứng nhận)/bản sao...', 'giay chung nhan ban sao'],
    ['Nguyễn\u00A0Thị\u200BƯớc', 'nguyen thiuoc'],
    ['.-.', ''],
    ['', ''],
  ])('%p is found as %p', (before, after) => {
    expect(fold(before)).toBe(after);
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(text, (some) => expect(fold(fold(some))).toBe(fold(some))), { numRuns: 2000 });
  });

  it('does not care how letters are composed', () => {
    fc.assert(fc.property(text, (some) => {
      expect(fold(some.normalize('NFD'))).toBe(fold(some));
      expect(fold(some.normalize('NFC'))).toBe(fold(some));
    }), { numRuns: 2000 });
  });

  it('folds every Vietnamese letter to a plain one', () => {
    const letters = 'àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ';
    expect(fold(letters)).toMatch(/^[aeiouyd]+$/);
    expect(fold(letters.toUpperCase())).toBe(fold(letters));
  });
});

describe('names', () => {
  it.each([
    ['NGUYỄN VĂN A', 'Nguyễn Văn A'],
    ['NGUYEN  VAN A ', 'Nguyen Van A'],
    ['ÐẶNG THỊ ÐÀO', 'Đặng Thị Đào'],
    ['Ðặng Thị Ðào', 'Đặng Thị Đào'],
    ["H'HEN NIÊ", "H'Hen Niê"],
    ['LÊ-NGUYỄN AN', 'Lê-Nguyễn An'],
    ['Nguyễn Văn a', 'Nguyễn Văn a'],
    ['Nguyễn Thị Ước'.normalize('NFD'), 'Nguyễn Thị Ước'],
    ['', ''],
  ])('%p is stored as %p', (before, after) => {
    expect(normalizeName(before)).toBe(after);
  });

  it('are ordered by given name, then from the front', () => {
    const sorted = ['Bùi Thị Anh', 'Nguyễn Văn Anh', 'Trần Văn Ánh', 'Lê Văn Ân', 'Nguyễn Thị Bình', 'Nguyễn Văn Bình', 'Hoàng Dũng', 'Phạm Đạt', 'Vũ Văn Đức'];
    expect(sorted.toReversed().sort(compareNames)).toEqual(sorted);
    expect(compareNames('Nguyễn Văn An', 'Nguyễn Văn An')).toBe(0);
    expect(compareNames('Nguyễn Văn An', 'Nguyễn Văn An'.normalize('NFD'))).not.toBe(0);
  });

  it('are ordered the same way from both sides, and tones in their order', () => {
    fc.assert(fc.property(text, text, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(0 - Math.sign(compareNames(b, a)));
    }));
    const tones = ['Ma', 'Mà', 'Mả', 'Mã', 'Má', 'Mạ'];
    expect(tones.toReversed().sort(compareNames)).toEqual(tones);
  });
});

describe('numbers', () => {
  it('knows telephone numbers in their usual spellings', () => {
    for (const spelling of ['0912345678', '0912 345 678', '0912.345.678', '+84 912 345 678', '84912345678', '0084912345678', '(0912) 345-678']) expect(normalizePhone(spelling)).toBe('0912345678');
    expect(normalizePhone('02053 812 345')).toBe('02053812345');
    for (const none of ['', '091234567', '09123456789', '0112345678', '912345678', '001090123456', 'abc']) expect(validPhone(none)).toBe(false);
  });

  it('knows identification numbers', () => {
    expect(['001090123456', '012345678'].map(validIdNumber)).toEqual([true, true]);
    expect(['00109012345', '0010901234567', '01234567x', ''].map(validIdNumber)).toEqual([false, false, false, false]);
  });
});
