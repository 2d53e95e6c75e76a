import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { citizenCardSchema, parseCitizenCard, provinceOfNumber } from '#shared/vietnamese/index.ts';

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
    // Six fields where the day of issue is the missing one.
    expect(parseCitizenCard(sample.split('|').slice(0, 6).join('|'))).toMatchObject({ ok: true, value: { oldNumber: '012345678' } });
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
      [{ 3: '01012090' }, ['birthYear']],
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

  it('is refused where marks were lost on the way', () => {
    const bytes = new TextEncoder().encode('Nguyễn Văn Thắng');
    for (const changes of [
      { 2: 'Nguy?n V?n Th?ng' },
      { 2: 'Nguy\uFFFDn Văn Thắng' },
      { 2: 'Nguyá»…n VÄƒn Tháº¯ng' },
      { 2: String.fromCharCode(...bytes) },
      { 5: 'ThÃ´n 1, XÃ£ Mai Pha' },
      { 5: 'Th?n 1, X? Mai Pha' },
      { 2: 'Nguyeenx Vawn Thawngs', 5: 'Thoon 1, Xax Mai Pha' },
      { 2: 'NGUYEENX VAWN THAWNGS', 5: 'THOON 1' },
      { 2: 'Nguye6n4 Va8n Tha8ng1' },
      { 5: 'Tho6n 1, Xa4 Mai Pha' },
      { 4: 'N?' },
      { 4: 'Ná»¯' },
      { 4: 'Nuwx' },
    ]) {
      expect([changes, parseCitizenCard(fields(changes))]).toEqual([changes, { ok: false, fault: { code: 'scan.broken-diacritics', params: {} } }]);
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
  code: fc.constantFrom('001', '020', '024', '079', '096'),
  tail: fc.integer({ min: 0, max: 999_999 }),
  sex: fc.constantFrom('male' as const, 'female' as const),
  born: fc.date({ min: new Date('1910-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }),
  yearOnly: fc.boolean(),
  name: fc.tuple(family, given, given).map((words) => words.join(' ')),
  old: fc.option(fc.integer({ min: 10_000_000, max: 999_999_999 }).map((n) => String(n).padStart(9, '0')), { nil: undefined }),
  style: fc.constantFrom('six', 'seven', 'eight', 'eleven'),
  capitals: fc.boolean(),
});

type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

/** Writes a card as the issuer would, and what reading it should give. */
function write(who: Person): { text: string; card: unknown } {
  const iso = who.born.toISOString().slice(0, 10);
  const year = Number(iso.slice(0, 4));
  const digit = (year >= 2000 ? 2 : 0) + (who.sex === 'female' ? 1 : 0);
  const number = `${who.code}${digit}${iso.slice(2, 4)}${String(who.tail).padStart(6, '0')}`;
  const born = who.yearOnly ? String(year) : `${iso.slice(8)}${iso.slice(5, 7)}${iso.slice(0, 4)}`;
  const address = 'Thôn Pò Đứa, Xã Mai Pha, Lạng Sơn';
  const old = who.style === 'six' ? undefined : who.old;
  const head = who.style === 'six' ? [number] : [number, old ?? ''];
  const tail = who.style === 'eight' ? ['01022046'] : who.style === 'eleven' ? ['01022046', '', 'Cha', 'Mẹ'] : [];
  const text = [...head, who.capitals ? who.name.toUpperCase() : who.name, born, who.sex === 'male' ? 'Nam' : 'Nữ', address, '01022021', ...tail].join('|');
  return {
    text,
    card: {
      number, ...(old === undefined ? {} : { oldNumber: old }), fullName: who.name, birth: who.yearOnly ? { year } : { date: iso, year }, sex: who.sex, address,
      issuedOn: '2021-02-01', ...(tail.length > 0 ? { expiresOn: '2046-02-01' } : {}), extra: tail.slice(1), contradictions: [],
    },
  };
}

describe('a thousand random cards', () => {
  it('come back as they were written', () => {
    fc.assert(fc.property(person, fc.constantFrom('NFC', 'NFD'), (who, form) => {
      const { text, card } = write(who);
      expect(parseCitizenCard(text.normalize(form))).toEqual({ ok: true, value: card });
    }), { numRuns: 1000 });
  });

  it('damaged anywhere, give a card or a fault and never throw', () => {
    const damage = fc.record({ at: fc.nat(200), cut: fc.nat(5), put: fc.string({ unit: 'binary', maxLength: 4 }) });
    fc.assert(fc.property(person, fc.array(damage, { minLength: 1, maxLength: 5 }), (who, damages) => {
      let { text } = write(who);
      for (const { at, cut, put } of damages) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut);
      const outcome = parseCitizenCard(text);
      if (outcome.ok) {
        expect(citizenCardSchema.parse(outcome.value)).toEqual(outcome.value);
        expect(outcome.value.number).toMatch(/^\d{12}$/);
      } else {
        expect(['scan.malformed-card', 'scan.broken-diacritics']).toContain(outcome.fault.code);
        // Nothing of the card leaves with the fault.
        for (const value of Object.values(outcome.fault.params)) expect(['số trường dữ liệu', 'số định danh', 'số giấy tờ cũ', 'họ và tên', 'ngày sinh', 'giới tính', 'địa chỉ', 'ngày cấp']).toContain(value);
      }
    }), { numRuns: 1000 });
  });

  it('read in a wrong code page, are never taken for whole', () => {
    fc.assert(fc.property(person, (who) => {
      const { text } = write(who);
      const latin = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
      expect(parseCitizenCard(latin)).toMatchObject({ ok: false, fault: { code: 'scan.broken-diacritics' } });
    }), { numRuns: 300 });
  });
});
