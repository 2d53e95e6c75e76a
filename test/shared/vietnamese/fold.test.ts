import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareNames, fold, normalizeBusinessCode, normalizeIdNumber, normalizeName, normalizePhone, validIdNumber, validPhone } from '#shared/vietnamese/index.ts';

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
    ['Dƣơng NGƢỜI Ɖức', 'duong nguoi duc'],
    ['soft\u00ADhyphen', 'softhyphen'],
    ['Thôn\u2003Rọ\u202FPhải\uFEFF', 'thon ro phai'],
    ['Ｈ３７．０１', 'h37.01'],
    ['kĩ thuật số', 'ki thuat so'],
    ['Ắ Ằ Ẳ Ẵ Ặ', 'a a a a a'],
    ['1.-2', '1 2'],
    ['a\u0301.\u0301b', 'a.b'],
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

  it('does the same letter by letter as for the whole', () => {
    // A sign that is no Latin letter makes the whole text go the slow way; without it, the same has to come out.
    fc.assert(fc.property(text, (some) => expect(fold(`${some} 漢`)).toBe(`${fold(some)} 漢`.trimStart())), { numRuns: 2000 });
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
    ['Dƣơng\u00A0Văn\u200B Thƣởng\u00AD', 'Dương Văn Thưởng'],
    ['Nguyễn Thị Ước'.normalize('NFD'), 'Nguyễn Thị Ước'],
    ['', ''],
  ])('%p is stored as %p', (before, after) => {
    expect(normalizeName(before)).toBe(after);
  });

  it('are ordered by given name, then from the front', () => {
    const sorted = ['Bùi Thị Anh', 'Nguyễn Văn Anh', 'Trần Văn Ánh', 'Lê Văn Ân', 'Nguyễn Thị Bình', 'Nguyễn Văn Bình', 'Hoàng Dũng', 'Phạm Đạt', 'Vũ Văn Đức'];
    expect(sorted.toReversed().sort(compareNames)).toEqual(sorted);
    expect(compareNames('Nguyễn Văn An', 'Nguyễn Văn An')).toBe(0);
    expect(compareNames('Nguyễn Văn Ấn', 'Nguyễn Văn Ấn'.normalize('NFD'))).toBe(0);
    expect(compareNames('Ðặng Đức', 'Đặng Đức')).not.toBe(0);
  });

  it('are ordered by letters as the alphabet has them: ă â behind a, đ behind d, ê behind e, ô ơ behind o, ư behind u', () => {
    const sorted = ['An', 'Ăn', 'Ân', 'Dương', 'Đan', 'Đạt', 'Em', 'Êm', 'On', 'Ôn', 'Ơn', 'Un', 'Ưn'];
    expect(sorted.toReversed().sort(compareNames)).toEqual(sorted);
  });

  it('are ordered by the tone wherever it is written', () => {
    const sorted = ['Lê Thị Hoa', 'Lê Thị Hoà', 'Lê Thị Hòa', 'Lê Thị Hoả', 'Lê Thị Hỏa', 'Lê Thị Hoá', 'Lê Thị Hóa', 'Lê Thị Hoạ', 'Lê Thị Họa', 'An Thị Thủy', 'Lê Thị Thuỷ'];
    const tones = (list: readonly string[]): string[] => list.map((name) => name.normalize('NFD').match(/[\u0300\u0301\u0309\u0323](?=[^\u0300-\u0323]*$)/)?.[0] ?? '');
    expect(tones(sorted.toReversed().sort(compareNames))).toEqual(tones(sorted));
    expect(['Lê Thị Thuỷ', 'An Thị Thủy'].sort(compareNames)).toEqual(['An Thị Thủy', 'Lê Thị Thuỷ']);
  });

  it('have one order, whatever they are compared with', () => {
    const word = fc.constantFrom('Hoà', 'Hòa', 'hoa', 'HOẢ', 'Thuỷ', 'Ðạt', 'Đạt', 'đạt', 'Dat', 'Ân', 'an', '');
    const name = fc.oneof(text, fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')));
    fc.assert(fc.property(name, name, name, (a, b, c) => {
      const [first, second, third] = [a, b, c].sort(compareNames);
      expect(compareNames(first!, second!)).toBeLessThanOrEqual(0);
      expect(compareNames(second!, third!)).toBeLessThanOrEqual(0);
      expect(compareNames(first!, third!)).toBeLessThanOrEqual(0);
      expect(compareNames(a.normalize('NFC'), b.normalize('NFD'))).toBe(compareNames(a, b));
    }), { numRuns: 2000 });
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

  it('knows identification numbers, old and new, and passports', () => {
    for (const [typed, number] of [
      ['001090123456', '001090123456'], ['001 090 123 456', '001090123456'], ['012345678', '012345678'], ['012.345.678', '012345678'],
      ['C1234567', 'C1234567'], ['b1234567', 'B1234567'], ['EA1234567', 'EA1234567'], ['M123A4567', 'M123A4567'], ['C01X00T47', 'C01X00T47'],
    ] as const) expect([typed, normalizeIdNumber(typed)]).toEqual([typed, number]);
    for (const none of ['00109012345', '0010901234567', '01234567x', 'Nguyễn', 'NGUYENVAN', 'A1234', 'A123456789', '0100109106-001', '']) expect([none, validIdNumber(none)]).toEqual([none, false]);
  });

  it('knows the codes of enterprises and branches by their check digit', () => {
    for (const [typed, code] of [
      ['0100109106', '0100109106'], ['0101248141', '0101248141'], ['0300588569', '0300588569'], ['0100109106-012', '0100109106-012'], ['0100109106012', '0100109106-012'], [' 0100 109 106 - 012 ', '0100109106-012'],
    ] as const) expect([typed, normalizeBusinessCode(typed)]).toEqual([typed, code]);
    for (const none of ['0100109107', '010010910', '01001091060', '0100109106-000', '0100109106-1', '001090123456', 'abc', '']) expect([none, normalizeBusinessCode(none)]).toEqual([none, undefined]);
  });

  it('are read the same a second time', () => {
    const typed = fc.string({ unit: fc.constantFrom(...Array.from('0123456789ABab -.–')), maxLength: 16 });
    fc.assert(fc.property(typed, (some) => {
      for (const read of [normalizeIdNumber, normalizeBusinessCode, normalizePhone]) {
        const once = read(some);
        if (once !== undefined) expect(read(once)).toBe(once);
      }
    }), { numRuns: 2000 });
  });
});
