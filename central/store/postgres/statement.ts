import { createHash } from 'node:crypto';
import { types, type ClientBase, type CustomTypesConfig, type Pool, type QueryResultRow } from 'pg';
import { guarded } from './faults.ts';

/** A statement that each connection parses once. `Row` is what its columns give. */
export interface Statement<Row extends QueryResultRow> {
  readonly name: string;
  readonly text: string;
  /** Never there; keeps the rows' type with the text. */
  readonly row?: Row;
}

type One = string | number | boolean | null;
export type Value = One | readonly One[];

/** Asks the database one statement. Throws `DomainError` as `translated` says. */
export type Ask = <Row extends QueryResultRow>(statement: Statement<Row>, ...values: readonly Value[]) => Promise<readonly Row[]>;

export function statement<Row extends QueryResultRow = QueryResultRow>(text: string): Statement<Row> {
  return { name: `quay-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text };
}

/** Asks over a pool, or over the one connection that has a transaction open. */
export function asking(connection: Pick<Pool, 'query'> | Pick<ClientBase, 'query'>): Ask {
  return async <Row extends QueryResultRow>({ name, text }: Statement<Row>, ...values: readonly Value[]) => {
    const { rows } = await guarded(() => connection.query<Row>({ name, text, values: values.map(storable) }));
    return rows;
  };
}

/**
 * PostgreSQL's text holds every character but NUL. JSON, which all that has to stay exact is kept as, writes it as an escape; in what is
 * only looked up by (names, codes) the sign for NUL stands in its place, in what is written and in what is asked alike.
 */
function storable(value: Value): Value {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\u2400') : value;
  return typeof value === 'object' && value !== null ? value.map((one) => (typeof one === 'string' && one.includes('\0') ? one.replaceAll('\0', '\u2400') : one)) : value;
}

const bigint: number = types.builtins.INT8;

/** Whole numbers as numbers; the driver gives those of eight bytes as texts, because not all of them fit. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === bigint ? wholeNumber : types.getTypeParser(oid, format)),
};

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is beyond the whole numbers`);
  return number;
}
