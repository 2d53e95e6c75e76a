/** People of a made-up province, the same in every run: names are as unevenly spread as in the country, because search lives on that. */

/** A die with a seed (mulberry32): whole numbers below a bound. Good enough to spread names, for nothing else. */
export function die(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Names with their share of a thousand people; the rest is spread over rare ones. */
const families = weighted('Nguyễn 380 Trần 120 Lê 95 Phạm 70 Hoàng 51 Phan 45 Vũ 39 Đặng 21 Bùi 20 Đỗ 14 Hồ 13 Ngô 13 Dương 10 Lý 5 Nông 12 Lương 10 Vi 8 Hà 8 Chu 6 Đinh 6 Triệu 5 Bế 3');
const middlesOfMen = weighted('Văn 520 Đức 70 Hữu 60 Minh 60 Quang 50 Ngọc 40 Đình 40 Xuân 40 Công 30 Thanh 30 Quốc 30 Duy 30');
const middlesOfWomen = weighted('Thị 640 Ngọc 70 Thu 60 Thanh 50 Thùy 40 Kim 40 Minh 40 Hồng 30 Bích 30');
const givenOfMen = weighted('Hùng 45 Dũng 40 Tuấn 40 Hải 35 Nam 30 Long 30 Sơn 30 Minh 30 Đức 30 Thắng 28 Cường 28 Hoàng 25 Trung 25 Tùng 25 Anh 40 An 15 Bình 20 Quân 20 Khánh 15 Phúc 15 Thành 30 Tài 10 Đạt 20 Huy 30 Kiên 15 Mạnh 20 Việt 15 Vinh 15');
const givenOfWomen = weighted('Hương 40 Hoa 35 Lan 35 Hà 30 Hằng 30 Linh 40 Mai 30 Nga 25 Nhung 25 Phương 40 Thảo 30 Thu 25 Thủy 30 Trang 35 Yến 20 Anh 45 Ánh 15 Bích 10 Dung 20 Duyên 15 Giang 15 Hạnh 20 Hiền 25 Hòa 15 Huyền 30 Loan 15 Ngân 15 Ngọc 25 Nguyệt 10 Oanh 12');

function weighted(text: string): readonly string[] {
  const parts = text.split(' ');
  return parts.flatMap((name, index) => (index % 2 === 0 ? Array.from({ length: Number(parts[index + 1]) }, () => name) : []));
}

const onsets = ['B', 'Ch', 'D', 'Đ', 'G', 'H', 'Kh', 'L', 'M', 'N', 'Nh', 'Ph', 'Qu', 'S', 'T', 'Th', 'Tr', 'V', 'X'];
const rhymes = ['ả', 'ái', 'ao', 'ăng', 'âm', 'ần', 'ểm', 'ì', 'iên', 'inh', 'ó', 'oan', 'ôi', 'ông', 'ơn', 'ú', 'ụng', 'uân', 'ư', 'ương', 'ưởng', 'ýt', 'ệ', 'eo'];

/** One of some 450 rare names, the first ones far more frequent than the last. */
function rare(roll: (below: number) => number): string {
  const rank = Math.floor((roll(1000) * roll(1000)) / 1_000_000 * onsets.length * rhymes.length);
  return `${onsets[rank % onsets.length] ?? ''}${rhymes[Math.floor(rank / onsets.length)] ?? ''}`;
}

function oneOf(names: readonly string[], roll: (below: number) => number): string {
  return names[roll(1000)] ?? rare(roll);
}

export interface Person {
  readonly family: string;
  readonly middle: string;
  readonly given: string;
  readonly fullName: string;
  readonly idNumber: string;
  readonly phone: string;
}

/** Somebody, as the dice fall. */
export function person(roll: (below: number) => number): Person {
  const woman = roll(2) === 1;
  const family = oneOf(families, roll);
  const middle = oneOf(woman ? middlesOfWomen : middlesOfMen, roll);
  const given = oneOf(woman ? givenOfWomen : givenOfMen, roll);
  const year = 1940 + roll(70);
  const digit = (year >= 2000 ? 2 : 0) + (woman ? 1 : 0);
  return {
    family, middle, given, fullName: `${family} ${middle} ${given}`,
    idNumber: `${roll(10) < 8 ? '020' : '004'}${digit}${String(year % 100).padStart(2, '0')}${String(roll(1_000_000)).padStart(6, '0')}`,
    phone: `09${String(roll(100_000_000)).padStart(8, '0')}`,
  };
}
