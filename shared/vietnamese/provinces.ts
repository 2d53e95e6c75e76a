/**
 * The first three digits of a personal identification number: the province where the birth was registered, by annex 1 of
 * Circular 07/2016/TT-BCA, with the province that holds the territory since 01/07/2025 (Resolution 202/2025/QH15).
 * Numbers keep the code they were given, so codes of former provinces stay valid for ever.
 */
export interface Province {
  readonly name: string;
  /** The province in force; the same name where it was not merged. */
  readonly now: string;
}

/** `code name > province in force`, the last part only where the name is no longer a province. */
const list = `
001 Hà Nội
002 Hà Giang > Tuyên Quang
004 Cao Bằng
006 Bắc Kạn > Thái Nguyên
008 Tuyên Quang
010 Lào Cai
011 Điện Biên
012 Lai Châu
014 Sơn La
015 Yên Bái > Lào Cai
017 Hòa Bình > Phú Thọ
019 Thái Nguyên
020 Lạng Sơn
022 Quảng Ninh
024 Bắc Giang > Bắc Ninh
025 Phú Thọ
026 Vĩnh Phúc > Phú Thọ
027 Bắc Ninh
030 Hải Dương > Hải Phòng
031 Hải Phòng
033 Hưng Yên
034 Thái Bình > Hưng Yên
035 Hà Nam > Ninh Bình
036 Nam Định > Ninh Bình
037 Ninh Bình
038 Thanh Hóa
040 Nghệ An
042 Hà Tĩnh
044 Quảng Bình > Quảng Trị
045 Quảng Trị
046 Thừa Thiên Huế > Huế
048 Đà Nẵng
049 Quảng Nam > Đà Nẵng
051 Quảng Ngãi
052 Bình Định > Gia Lai
054 Phú Yên > Đắk Lắk
056 Khánh Hòa
058 Ninh Thuận > Khánh Hòa
060 Bình Thuận > Lâm Đồng
062 Kon Tum > Quảng Ngãi
064 Gia Lai
066 Đắk Lắk
067 Đắk Nông > Lâm Đồng
068 Lâm Đồng
070 Bình Phước > Đồng Nai
072 Tây Ninh
074 Bình Dương > Thành phố Hồ Chí Minh
075 Đồng Nai
077 Bà Rịa - Vũng Tàu > Thành phố Hồ Chí Minh
079 Thành phố Hồ Chí Minh
080 Long An > Tây Ninh
082 Tiền Giang > Đồng Tháp
083 Bến Tre > Vĩnh Long
084 Trà Vinh > Vĩnh Long
086 Vĩnh Long
087 Đồng Tháp
089 An Giang
091 Kiên Giang > An Giang
092 Cần Thơ
093 Hậu Giang > Cần Thơ
094 Sóc Trăng > Cần Thơ
095 Bạc Liêu > Cà Mau
096 Cà Mau`;

export const provinces: ReadonlyMap<string, Province> = new Map(list.trim().split('\n').map((line) => {
  const [name = '', now = name] = line.slice(4).split(' > ');
  return [line.slice(0, 3), { name, now }];
}));

/** The province of birth registration in a 12-digit number; undefined for a birth registered abroad or a code not in the list. */
export function provinceOfNumber(number: string): Province | undefined {
  return provinces.get(number.slice(0, 3));
}

/** Whether the first three digits are a province's, or in the range the list keeps for countries of birth. */
export function knownOrigin(number: string): boolean {
  return provinces.has(number.slice(0, 3)) || /^[1-3]\d\d/.test(number);
}
