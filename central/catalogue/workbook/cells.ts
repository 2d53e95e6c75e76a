import { z } from 'zod';
import { agencyIdentifierSchema, procedureCodeSchema } from '#shared/catalogue/index.ts';
import { civilDateSchema, formatDate, parseDate, termSchema, termText, timeOfDaySchema, type Term } from '#shared/deadline/index.ts';
import { fold } from '#shared/vietnamese/index.ts';
import type { Hint } from './hints.ts';

/** What a spreadsheet's cell holds. A date is that day's midnight in UTC; a bare time of day lies on the day before 1900. */
export const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.date(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;

/** How a kind of value stands in a cell: read leniently, as people and spreadsheets write it; written in one way. */
export interface CellForm<T> {
  readonly hint: Hint;
  /** Undefined where it is not readable as this kind. */
  read(cell: NonNullable<Cell>): T | undefined;
  write(value: T): Cell;
}

/** Text as meant: composed letters, single spaces, none at the ends, nothing invisible. */
export function tidy(written: string): string {
  return written.normalize('NFC').replaceAll(/[\u200B-\u200D\u2060\uFEFF]/g, '').replaceAll(/[\s\u00A0]+/g, ' ').trim();
}

/** A cell without anything in it. */
export function isBlank(cell: Cell): boolean {
  return cell === null || (typeof cell === 'string' && tidy(cell) === '');
}

/** Text of a cell; a number that a spreadsheet made of a text of digits is that text again. */
function textOf(cell: NonNullable<Cell>): string | undefined {
  if (typeof cell === 'string') return tidy(cell);
  return typeof cell === 'number' ? String(cell) : undefined;
}

/** `=`, `+`, `-` and `@` begin a formula in some spreadsheets even where the cell is text. The sign is taken off again when read. */
const dangerous = /^['=+@-]/;

export function text(most: number): CellForm<string> {
  return {
    hint: 'text',
    read(cell) {
      const found = textOf(cell);
      const plain = found?.startsWith("'") === true ? found.slice(1) : found;
      return plain !== undefined && plain !== '' && plain.length <= most ? plain : undefined;
    },
    write: (value) => (dangerous.test(value) ? `'${value}` : value),
  };
}

/** Text of a fixed shape. */
function shaped(hint: Hint, schema: z.ZodType<string>, from: (cell: NonNullable<Cell>) => string | undefined = textOf): CellForm<string> {
  return {
    hint,
    read(cell) {
      const found = schema.safeParse(from(cell));
      return found.success ? found.data : undefined;
    },
    write: (value) => value,
  };
}

export const id = shaped('id', z.string().regex(/^[a-z0-9-]{1,64}$/));
export const identifier = shaped('identifier', agencyIdentifierSchema, (cell) => textOf(cell)?.toUpperCase());
/** 1.001530 becomes the number 1.00153 as soon as a spreadsheet gets hold of it. */
export const procedureCode = shaped('procedureCode', procedureCodeSchema, (cell) => (typeof cell === 'number' ? cell.toFixed(6) : textOf(cell)));

export function whole(least: number, most: number): CellForm<number> {
  return {
    hint: 'whole',
    read(cell) {
      const written = typeof cell === 'string' ? tidy(cell) : undefined;
      // 100.000 and 100 000 are how the thousands of a fee are written; 100.5 is neither.
      const digits = written !== undefined && /^\d{1,3}(?:[. ]\d{3})*$|^\d+$/.test(written) ? Number(written.replaceAll(/[. ]/g, '')) : undefined;
      const found = typeof cell === 'number' ? cell : digits;
      return found !== undefined && Number.isSafeInteger(found) && found >= least && found <= most ? found : undefined;
    },
    write: (value) => value,
  };
}

const firstSerial = Date.UTC(1899, 11, 30);
const day = 86_400_000;

export const date: CellForm<string> = {
  hint: 'date',
  read(cell) {
    if (typeof cell === 'boolean') return undefined;
    // A number without the look of a date is a spreadsheet's count of days since 30/12/1899; only those of our times are taken for one.
    const serial = typeof cell === 'number' && Number.isInteger(cell) && cell >= 36_526 && cell <= 73_050 ? new Date(firstSerial + cell * day) : undefined;
    const moment = cell instanceof Date ? cell : serial;
    if (moment) return moment.getTime() % day === 0 ? civilDateSchema.safeParse(moment.toISOString().slice(0, 10)).data : undefined;
    const written = typeof cell === 'string' ? tidy(cell) : '';
    const iso = civilDateSchema.safeParse(written);
    if (iso.success) return iso.data;
    const parsed = parseDate(written);
    return parsed.ok ? parsed.value : undefined;
  },
  write: formatDate,
};

export const time: CellForm<string> = {
  hint: 'time',
  read(cell) {
    if (typeof cell === 'string') {
      const found = /^(\d{1,2})\s*(?:[:hg]|giờ)\s*(\d{2})(?::00)?$/.exec(tidy(cell).toLowerCase());
      return timeOfDaySchema.safeParse(`${(found?.[1] ?? '').padStart(2, '0')}:${found?.[2] ?? ''}`).data;
    }
    // A time of day is a share of a day to a spreadsheet.
    const share = cell instanceof Date ? (((cell.getTime() - firstSerial) % day) + day) % day : typeof cell === 'number' && cell >= 0 && cell < 1 ? cell * day : undefined;
    if (share === undefined || (cell instanceof Date && cell.getUTCFullYear() > 1900)) return undefined;
    const minutes = Math.round(share / 60_000);
    return timeOfDaySchema.safeParse(`${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`).data;
  },
  write: (value) => value,
};

export const yesNo: CellForm<boolean> = {
  hint: 'yesNo',
  read(cell) {
    if (typeof cell === 'boolean') return cell;
    const word = fold(textOf(cell) ?? '');
    if (['co', 'x', '1', 'true', 'yes'].includes(word)) return true;
    return ['khong', '0', 'false', 'no'].includes(word) ? false : undefined;
  },
  write: (value) => (value ? 'Có' : 'Không'),
};

/** One of some words; the value itself is understood as well. */
export function choice<T extends string>(words: Readonly<Record<T, string>>): CellForm<T> {
  const values: readonly T[] = Object.keys(words).filter((key): key is T => key in words);
  return {
    hint: 'choice',
    read(cell) {
      const found = fold(textOf(cell) ?? '');
      return values.find((value) => fold(words[value]) === found || value.toLowerCase() === found);
    },
    write: (value) => words[value],
  };
}

/** Several of a kind, separated by semicolons or on lines of their own. */
export function list<T>(of: CellForm<T>): CellForm<T[]> {
  return {
    hint: of.hint === 'choice' ? 'list' : of.hint,
    read(cell) {
      if (typeof cell !== 'string') {
        const one = of.read(cell);
        return one === undefined ? undefined : [one];
      }
      const parts = cell.split(/[;\n]/).filter((part) => !isBlank(part));
      const found = parts.map((part) => of.read(part)).filter((part) => part !== undefined);
      return found.length === parts.length && found.length > 0 ? found : undefined;
    },
    write: (values) => values.map((value) => String(of.write(value))).join('; '),
  };
}

const units: readonly { readonly pattern: RegExp; readonly unit: 'workingDay' | 'workingHour' | 'calendarDay' }[] = [
  { pattern: /^([\d.]+) ngay lam viec$/, unit: 'workingDay' },
  { pattern: /^([\d.]+) gio lam viec$/, unit: 'workingHour' },
  { pattern: /^([\d.]+) ngay(?: lich)?$/, unit: 'calendarDay' },
];

/** A term as people write it: `3 ngày làm việc`, `trong ngày`, `1,5 ngày làm việc`. */
export const term: CellForm<Term> = {
  hint: 'term',
  read(cell) {
    const words = fold((textOf(cell) ?? '').replace(',', '.'));
    if (words === 'trong ngay') return { unit: 'sameDay' };
    for (const { pattern, unit } of units) {
      const amount = Number(pattern.exec(words)?.[1] ?? '');
      if (!pattern.test(words)) continue;
      const halves = unit === 'workingDay' && !Number.isInteger(amount);
      return termSchema.safeParse(halves ? { unit: 'halfWorkingDay', amount: amount * 2 } : { unit, amount }).data;
    }
    return undefined;
  },
  write: (value) => termText(value, 'vi'),
};

/** A cell that must hold something. Issues carry a hint's name as their message. */
export function need<T>(form: CellForm<T>) {
  return z.codec(cellSchema, z.custom<T>(() => true), {
    decode(cell, context): T {
      const read = cell === null || isBlank(cell) ? undefined : form.read(cell);
      if (read !== undefined) return read;
      context.issues.push({ code: 'custom', input: cell, message: isBlank(cell) ? 'empty' : form.hint });
      return z.NEVER;
    },
    encode: (value): Cell => form.write(value),
  });
}

/** A cell that may be blank. */
export function may<T>(form: CellForm<T>) {
  return z.codec(cellSchema, z.custom<T | undefined>(() => true), {
    decode(cell, context): T | undefined {
      if (cell === null || isBlank(cell)) return undefined;
      const read = form.read(cell);
      if (read === undefined) context.issues.push({ code: 'custom', input: cell, message: form.hint });
      return read;
    },
    encode: (value): Cell => (value === undefined ? null : form.write(value)),
  });
}
