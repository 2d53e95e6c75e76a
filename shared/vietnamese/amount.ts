const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const billion = 1_000_000_000;

const digit = (value: number): string => digits[value] ?? '';

/** A number below 100 behind hundreds or alone: `linh năm`, `mười lăm`, `hai mươi mốt`. `behind` tells whether hundreds stand before it. */
function tensInWords(value: number, behind: boolean): readonly string[] {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  if (tens === 0) return ones === 0 ? [] : behind ? ['linh', digit(ones)] : [digit(ones)];
  const last = ones === 0 ? [] : [ones === 5 ? 'lăm' : tens > 1 && ones === 1 ? 'mốt' : tens > 1 && ones === 4 ? 'tư' : digit(ones)];
  return tens === 1 ? ['mười', ...last] : [digit(tens), 'mươi', ...last];
}

/** A group of three digits. Behind a larger group its hundreds are always said: `không trăm linh năm`. */
function groupInWords(value: number, behind: boolean): readonly string[] {
  const hundreds = Math.floor(value / 100);
  const said = behind || hundreds > 0;
  return [...(said ? [digit(hundreds), 'trăm'] : []), ...tensInWords(value % 100, said)];
}

/** A whole number; above a billion the billions are a number of their own: `một nghìn hai trăm tỷ`. */
function inWords(value: number, behind: boolean): readonly string[] {
  if (value >= billion) {
    const rest = value % billion;
    return [...inWords(Math.floor(value / billion), behind), 'tỷ', ...(rest === 0 ? [] : inWords(rest, true))];
  }
  const groups = [
    { value: Math.floor(value / 1_000_000), name: ['triệu'] }, { value: Math.floor(value / 1000) % 1000, name: ['nghìn'] }, { value: value % 1000, name: [] },
  ];
  const words: string[] = [];
  for (const group of groups) {
    // A group of nothing is passed over.
    if (group.value > 0) words.push(...groupInWords(group.value, behind || words.length > 0), ...group.name);
  }
  return words;
}

/**
 * An amount of money in words (số tiền bằng chữ) as forms and receipts carry it, with a capital at the start: 226378900 is
 * `Hai trăm hai mươi sáu triệu ba trăm bảy mươi tám nghìn chín trăm đồng`. Northern usage: `linh`, `nghìn`, `tỷ`. `amount` is đồng,
 * whole and not negative; anything else throws RangeError.
 */
export function amountInWords(amount: number): string {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('an amount in words is a whole number of đồng, not negative');
  const words = amount === 0 ? [digit(0)] : inWords(amount, false);
  const text = [...words, 'đồng'].join(' ');
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
