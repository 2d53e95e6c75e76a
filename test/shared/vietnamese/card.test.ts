import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sentence, type Fault } from '#shared/errors/index.ts';
import { citizenCardSchema, classifyScan, parseCitizenCard, provinceOfNumber } from '#shared/vietnamese/index.ts';

const sample = '001090123456|012345678|NGUYEN VAN A|01011990|Nam|Thôn 1, Xã Mai Pha, TP Lạng Sơn, Lạng Sơn|15042021';

function fields(changes: Record<number, string> = {}): string {
  return sample.split('|').map((field, index) => changes[index] ?? field).join('|');
}

describe('a citizen card', () => {
  it('is read whole', () => {
    expect(parseCitizenCard(sample)).toEqual({
      ok: true,
      value: {
        number: '001090123456', oldNumber: '012345678', fullName: 'Nguyen Van A', birth: { date: '1990-01-01', year: 1990 }, sex: 'male',
        address: 'Thôn 1, Xã Mai Pha, TP Lạng Sơn, Lạng Sơn', issuedOn: '2021-04-15', extra: [], contradictions: [],
      },
    });
  });

  it('has six fields without an old number, eight with an expiry, up to eleven', () => {
    const six = parseCitizenCard('020190123456|Nông Thị Bích|05061990|Nữ|Khối 3, Lạng Sơn|15042021');
    expect(six).toMatchObject({ ok: true, value: { fullName: 'Nông Thị Bích', sex: 'female', issuedOn: '2021-04-15' } });
    expect(six.ok && 'oldNumber' in six.value).toBe(false);
    expect(parseCitizenCard(fields({ 1: '' }))).toMatchObject({ ok: true, value: { fullName: 'Nguyen Van A' } });
    expect(parseCitizenCard(`${sample}|01012030`)).toMatchObject({ ok: true, value: { expiresOn: '2030-01-01', extra: [] } });
    expect(parseCitizenCard(`${sample}||Nguyễn Văn B|Trần Thị C|`)).toMatchObject({ ok: true, value: { extra: ['', 'Nguyễn Văn B', 'Trần Thị C', ''] } });
    expect(parseCitizenCard(`${sample}|a|b|c|d|e`)).toMatchObject({ ok: false, fault: { params: { reason: 'số trường dữ liệu' } } });
    expect(parseCitizenCard(sample.split('|').slice(0, 5).join('|'))).toMatchObject({ ok: false, fault: { code: 'scan.malformed-card' } });
    // A text that ends with the address may have been cut off in it; an empty day of issue shows that it was not.
    expect(parseCitizenCard(sample.split('|').slice(0, 6).join('|'))).toMatchObject({ ok: false, fault: { params: { reason: 'ngày cấp' } } });
    expect(parseCitizenCard(fields({ 6: '' }))).toMatchObject({ ok: true, value: { oldNumber: '012345678', address: 'Thôn 1, Xã Mai Pha, TP Lạng Sơn, Lạng Sơn' } });
  });

  it('may know only the year of birth', () => {
    for (const born of ['1990', '00001990', '00061990']) expect(parseCitizenCard(fields({ 3: born }))).toMatchObject({ ok: true, value: { birth: { year: 1990 } } });
    const card = parseCitizenCard(fields({ 3: '1990' }));
    expect(card.ok && card.value.birth.date).toBeUndefined();
  });

  it('shows what contradicts the number, and is not refused for it', () => {
    for (const [changes, contradictions] of [
      [{ 4: 'Nữ' }, ['sex']],
      [{ 3: '01011991' }, ['birthYear']],
      [{ 3: '01012090', 6: '' }, ['birthYear']],
      [{ 0: '003090123456' }, ['province']],
      [{ 0: '999390123456' }, ['sex', 'birthYear', 'province']],
      [{ 0: '020302123456', 3: '01012002', 4: 'Nữ' }, []],
      [{ 0: '020202123456', 3: '01012002', 4: 'Nam' }, []],
    ] as const) {
      const card = parseCitizenCard(fields(changes));
      expect([changes, card.ok && card.value.contradictions]).toEqual([changes, contradictions]);
    }
  });

  it('takes composed letters, Ð for Đ, and any case of the sex', () => {
    expect(parseCitizenCard(fields({ 2: 'ÐẶNG VĂN ÐỨC' }))).toMatchObject({ ok: true, value: { fullName: 'Đặng Văn Đức' } });
    expect(parseCitizenCard(fields({ 2: 'Nông Thị Bích', 4: 'NỮ' }).normalize('NFD'))).toMatchObject({ ok: true, value: { fullName: 'Nông Thị Bích', sex: 'female', address: 'Thôn 1, Xã Mai Pha, TP Lạng Sơn, Lạng Sơn' } });
  });

  it('is refused where marks were lost on the way, and says whether the scanner or the keyboard is to be set right', () => {
    const bytes = new TextEncoder().encode('Nguyễn Văn Thắng');
    for (const [code, changes] of [
      ['scan.wrong-code-page', { 2: 'Nguy?n V?n Th?ng' }],
      ['scan.wrong-code-page', { 2: 'Nguy\uFFFDn Văn Thắng' }],
      ['scan.wrong-code-page', { 2: 'Nguyá»…n VÄƒn Tháº¯ng' }],
      ['scan.wrong-code-page', { 2: String.fromCharCode(...bytes) }],
      ['scan.wrong-code-page', { 2: 'Nguy璶n V╪n', 5: 'Lạng Sơn' }],
      ['scan.wrong-code-page', { 5: 'ThÃ´n 1, XÃ£ Mai Pha' }],
      ['scan.wrong-code-page', { 5: 'Th?n 1, X? Mai Pha' }],
      ['scan.wrong-code-page', { 4: 'N?' }],
      ['scan.wrong-code-page', { 4: 'Ná»¯' }],
      ['scan.broken-diacritics', { 2: 'Nguyeenx Vawn Thawngs', 5: 'Thoon 1, Xax Mai Pha' }],
      ['scan.broken-diacritics', { 2: 'NGUYEENX VAWN THAWNGS', 5: 'THOON 1' }],
      ['scan.broken-diacritics', { 2: 'Nguye6n4 Va8n Tha8ng1' }],
      ['scan.broken-diacritics', { 5: 'Tho6n 1, Xa4 Mai Pha' }],
      ['scan.broken-diacritics', { 4: 'Nuwx' }],
      ['scan.broken-diacritics', { 4: 'Nu74' }],
      ['scan.broken-diacritics', { 4: 'Nu' }],
    ] as const) {
      expect([changes, parseCitizenCard(fields(changes))]).toEqual([changes, { ok: false, fault: { code, params: {} } }]);
    }
  });

  it('is refused where the keyboard changed its keys, and says which', () => {
    const swapped = Array.from(sample, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join('');
    const withoutShift = sample.toLowerCase().replaceAll('|', '\\');
    // The Vietnamese layout of Windows: letters and tones where the digits are.
    const windows = sample.replace(/\d/g, (digit) => 'đăâêô\u0300\u0309\u0303\u0301\u0323'.charAt(Number(digit)));
    const shifted = sample.replace(/\d/g, (digit) => ')!@#$%^&*('.charAt(Number(digit)));
    for (const [code, text] of [
      ['scan.caps-lock', swapped],
      ['scan.caps-lock', fields({ 4: 'nỮ' })],
      ['scan.wrong-keyboard', withoutShift],
      ['scan.wrong-keyboard', sample.replaceAll('|', '~')],
      ['scan.wrong-keyboard', sample.replaceAll('|', '\t')],
      ['scan.wrong-keyboard', windows],
      ['scan.wrong-keyboard', windows.normalize('NFC')],
      ['scan.wrong-keyboard', shifted],
    ] as const) {
      expect([text, classifyScan(text)]).toEqual([text, { kind: 'fault', fault: { code, params: {} } }]);
    }
    // A number with words behind it is no spoilt card.
    expect(classifyScan('001090123456 Nguyễn Văn A').kind).toBe('words');
    expect(classifyScan('001090123456/2021').kind).toBe('words');
  });

  it('is refused where two scans ran together, whatever came first', () => {
    const receipt = 'QUAY:019abcde-0000-7000-8000-0123456789ab:H37.90.01-261124-0001';
    const six = '020190123456|Nông Thị Bích|05061990|Nữ|Khối 3, Lạng Sơn|15042021';
    for (const text of [sample + sample, `${sample}\r\n${sample}`, six + six, six + sample, sample + receipt, receipt + sample, receipt + receipt, sample.repeat(40), '|'.repeat(5000), '0'.repeat(1_000_000)]) {
      expect([text.slice(0, 80), classifyScan(text)]).toEqual([text.slice(0, 80), { kind: 'fault', fault: { code: 'scan.run-together', params: {} } }]);
    }
  });

  it('may come framed by a scanner, but holds no control characters inside', () => {
    for (const framed of [`\u0002${sample}\u0003`, `]Q1${sample}\r`, `\uFEFF${sample}\r\n`, sample.replace('NGUYEN VAN', 'NGUYEN\u200B\u00A0VAN')]) {
      expect([framed, parseCitizenCard(framed)]).toEqual([framed, parseCitizenCard(sample)]);
    }
    for (const inside of ['\0', '\n', '\t', '\u001D', '\u007F']) {
      expect(parseCitizenCard(sample.replace('VAN', `V${inside}AN`))).toEqual({ ok: false, fault: { code: 'scan.malformed-card', params: { reason: 'ký tự điều khiển' } } });
    }
  });

  it('may truly have no marks, an apostrophe, or letters of minority languages', () => {
    for (const name of ['CAO THANH NGA', "H'Hen Niê", 'Y Jut Mlô', 'LÃ THỊ HỒNG', 'Trần Đoan Trang']) {
      expect([name, parseCitizenCard(fields({ 2: name })).ok]).toEqual([name, true]);
    }
    expect(parseCitizenCard(fields({ 5: 'Số 12A/3B, Tổ 5, Khu K2, P. 13 - Q.1' })).ok).toBe(true);
  });

  it('says why it cannot be read, without a word of the card', () => {
    for (const [changes, reason] of [
      [{ 0: '00109012345' }, 'số định danh'],
      [{ 1: '12345' }, 'số giấy tờ cũ'],
      [{ 2: '' }, 'họ và tên'],
      [{ 3: '31021990' }, 'ngày sinh'],
      [{ 3: '01011790' }, 'ngày sinh'],
      [{ 4: 'X' }, 'giới tính'],
      [{ 5: '' }, 'địa chỉ'],
      [{ 6: '99999999' }, 'ngày cấp'],
      [{ 6: '31121989' }, 'ngày cấp'],
      [{ 6: '15042021|15042021' }, 'ngày hết hạn'],
      [{ 1: '|012345678' }, 'họ và tên'],
    ] as const) {
      expect([changes, parseCitizenCard(fields(changes))]).toEqual([changes, { ok: false, fault: { code: 'scan.malformed-card', params: { reason } } }]);
    }
  });

  it('names the province of its number, as it was and as it is', () => {
    expect(provinceOfNumber('020090123456')).toEqual({ name: 'Lạng Sơn', now: 'Lạng Sơn' });
    expect(provinceOfNumber('024090123456')).toEqual({ name: 'Bắc Giang', now: 'Bắc Ninh' });
    expect(provinceOfNumber('101090123456')).toBeUndefined();
  });
});

const family = fc.constantFrom('Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Nông', 'Vi', 'Lương', 'Đặng', 'Bế', 'Lý');
const given = fc.constantFrom('Thị', 'Văn', 'Đức', 'Ánh', 'Thắng', 'Bích', 'Ước', 'Quỳnh', 'Yến', 'Hoà', 'Thủy', 'Dũng', 'An');
const person = fc.record({
  code: fc.constantFrom('001', '020', '024', '079', '096', '132'),
  tail: fc.integer({ min: 0, max: 999_999 }),
  sex: fc.constantFrom('male' as const, 'female' as const),
  born: fc.date({ min: new Date('1910-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
  yearOnly: fc.boolean(),
  name: fc.tuple(family, given, given).map((words) => words.join(' ')),
  address: fc.tuple(
    fc.constantFrom('Thôn Pò Đứa', 'Số 12A/3B', 'Tổ 5, Khối 3', 'Khu K2', 'Ấp 1'), fc.constantFrom('Xã Mai Pha', 'P. Đông Kinh', 'TT. Đồng Đăng'), fc.constantFrom('Lạng Sơn', 'TP. Hồ Chí Minh', 'Đắk Lắk'),
  ).map((parts) => parts.join(', ')),
  old: fc.option(fc.integer({ min: 10_000_000, max: 999_999_999 }).map((n) => String(n).padStart(9, '0')), { nil: undefined }),
  issued: fc.date({ min: new Date('2021-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
  count: fc.integer({ min: 6, max: 11 }),
  capitals: fc.boolean(),
});

type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

const later = ['01022066', '', 'Nguyễn Văn Cha', 'Trần Thị Mẹ'];

function written(date: Date): { iso: string; short: string } {
  const iso = date.toISOString().slice(0, 10);
  return { iso, short: `${iso.slice(8)}${iso.slice(5, 7)}${iso.slice(0, 4)}` };
}

/** Writes a card of 6 to 11 fields as the issuer would, and what reading it should give. */
function write(who: Person): { text: string; card: unknown } {
  const { iso, short } = written(who.born);
  const issued = written(who.issued);
  const year = Number(iso.slice(0, 4));
  const digit = (year >= 2000 ? 2 : 0) + (who.sex === 'female' ? 1 : 0);
  const number = `${who.code}${digit}${iso.slice(2, 4)}${String(who.tail).padStart(6, '0')}`;
  const old = who.count === 6 ? undefined : who.old;
  const head = who.count === 6 ? [number] : [number, old ?? ''];
  const tail = later.slice(0, Math.max(0, who.count - 7));
  const name = who.capitals ? who.name.toUpperCase() : who.name;
  const text = [...head, name, who.yearOnly ? String(year) : short, who.sex === 'male' ? 'Nam' : 'Nữ', who.address, issued.short, ...tail].join('|');
  return {
    text,
    card: {
      number, ...(old === undefined ? {} : { oldNumber: old }), fullName: who.name, birth: who.yearOnly ? { year } : { date: iso, year }, sex: who.sex, address: who.address,
      issuedOn: issued.iso, ...(tail.length > 0 ? { expiresOn: '2066-02-01' } : {}), extra: tail.slice(1), contradictions: [],
    },
  };
}

const reasons = ['ký tự điều khiển', 'số trường dữ liệu', 'số định danh', 'số giấy tờ cũ', 'họ và tên', 'ngày sinh', 'giới tính', 'địa chỉ', 'ngày cấp', 'ngày hết hạn'];

/** A fault of scanning has whole sentences in both languages and tells nothing of the card. */
function expectSentence(fault: Fault): void {
  expect(fault.code).toMatch(/^scan\./);
  for (const value of Object.values(fault.params)) expect(reasons).toContain(value);
  for (const language of ['vi', 'en'] as const) expect(sentence(fault, language)).toMatch(/^\p{Lu}[^{}]+\.$/u);
}

/** Each way of damaging a card, with what it has to lead to: always a sentence, or a card that may only be whole. */
const damages: Readonly<Record<string, { readonly always: boolean; readonly damage: (text: string, at: number, other: string) => string }>> = {
  'cut off at the end': { always: true, damage: (text, at) => {
    const all = text.split('|');
    const cut = 1 + (at % 45);
    // Not just behind the bar that ends the address: what is left is whole but for the day of issue, which may be missing.
    return all.slice(0, all.length === 6 ? 6 : 7).join('|').slice(0, -(cut === 8 ? 9 : cut));
  } },
  'cut off at the front': { always: true, damage: (text, at) => text.slice(1 + (at % 45)) },
  'a control character inside': { always: true, damage: (text, at) => text.slice(0, 1 + (at % 40)) + '\0\u0007\n\u001B\u001D'.charAt(at % 5) + text.slice(1 + (at % 40)) },
  'two scans run together': { always: true, damage: (text, at, other) => text + ['', '\r', ' ', '\r\n'][at % 4]! + other },
  'the same scan a hundred times': { always: true, damage: (text) => text.repeat(100) },
  'a field too many': { always: true, damage: (text, at) => text.split('|').toSpliced(1 + (at % 4), 0, 'x1y').join('|') },
  'a bar doubled': { always: false, damage: (text, at) => text.split('|').toSpliced(1 + (at % 6), 0, '').join('|') },
  'a character flipped': { always: false, damage: (text, at) => text.slice(0, at % text.length) + String.fromCharCode(33 + (at % 94)) + text.slice((at % text.length) + 1) },
  'a character lost': { always: false, damage: (text, at) => text.slice(0, at % text.length) + text.slice((at % text.length) + 1) },
};

describe('a thousand random cards', () => {
  it('come back as they were written', () => {
    fc.assert(fc.property(person, fc.constantFrom('NFC', 'NFD'), (who, form) => {
      const { text, card } = write(who);
      expect(parseCitizenCard(text.normalize(form))).toEqual({ ok: true, value: card });
      expect(classifyScan(`${text.normalize(form)}\r\n`)).toEqual({ kind: 'citizenCard', card });
    }), { numRuns: 1000 });
  });

  it.each(Object.entries(damages))('damaged (%s) give a sentence', (_name, { always, damage }) => {
    fc.assert(fc.property(person, person, fc.nat(10_000), (who, other, at) => {
      const scan = classifyScan(damage(write(who).text, at, write(other).text));
      if (scan.kind === 'fault') expectSentence(scan.fault);
      else if (always) expect(scan).toBe('a sentence');
      else if (scan.kind === 'citizenCard') expect(citizenCardSchema.parse(scan.card)).toEqual(scan.card);
    }), { numRuns: 1000 });
  });

  it('with two fields exchanged give a sentence, or a contradiction for the clerk to look at', () => {
    fc.assert(fc.property(person, fc.nat(5), fc.integer({ min: 1, max: 5 }), (who, first, by) => {
      const { text, card } = write(who);
      const all = text.split('|');
      const second = (first + by) % 6;
      [all[first], all[second]] = [all[second]!, all[first]!];
      const outcome = parseCitizenCard(all.join('|'));
      if (!outcome.ok) expectSentence(outcome.fault);
      else if (outcome.value.contradictions.length === 0) expect(outcome.value).toEqual(card);
    }), { numRuns: 1000 });
  });

  it('damaged anywhere by anything, give a card or a sentence and never throw', () => {
    const blow = fc.record({ at: fc.nat(200), cut: fc.nat(5), put: fc.string({ unit: 'binary', maxLength: 4 }) });
    fc.assert(fc.property(person, fc.array(blow, { minLength: 1, maxLength: 5 }), (who, blows) => {
      let { text } = write(who);
      for (const { at, cut, put } of blows) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut);
      const outcome = parseCitizenCard(text);
      if (!outcome.ok) expectSentence(outcome.fault);
      else {
        expect(citizenCardSchema.parse(outcome.value)).toEqual(outcome.value);
        expect(outcome.value.number).toMatch(/^\d{12}$/);
      }
    }), { numRuns: 1000 });
  });

  it('read in a wrong code page, are never taken for whole', () => {
    fc.assert(fc.property(person, fc.constantFrom('windows-1252', 'windows-1258', 'latin1'), (who, page) => {
      const bytes = new TextEncoder().encode(write(who).text);
      const wrong = page === 'latin1' ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('') : new TextDecoder(page).decode(bytes);
      expect(parseCitizenCard(wrong)).toMatchObject({ ok: false, fault: { code: 'scan.wrong-code-page' } });
    }), { numRuns: 1000 });
  });
});
