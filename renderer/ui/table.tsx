import { useRef, useState, type ReactNode } from 'react';

interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the right. */
  figure?: boolean;
  /** Long words are cut with an ellipsis instead of breaking the line. */
  cut?: boolean;
}

interface TableProps<Row> {
  /** What the table lists; read out, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Makes the first column a button; arrows go from row to row. */
  onOpen?: (row: Row) => void;
  /** The name of the row's button, where the cell's own words are not enough. */
  openLabel?: (row: Row) => string;
}

/** A table whose rows are walked with the arrows and opened with Enter. */
export function Table<Row>({ caption, columns, rows, rowKey, onOpen, openLabel }: TableProps<Row>): React.JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  const [stop, setStop] = useState(0);
  const here = Math.min(stop, rows.length - 1);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 };
    const to = moves[event.key];
    if (to === undefined || to < 0 || to >= rows.length) return;
    event.preventDefault();
    setStop(to);
    body.current?.querySelectorAll<HTMLElement>('button.row-open')[to]?.focus();
  };

  return (
    <table className="table">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>{columns.map((column) => <th key={column.key} scope="col" className={column.figure ? 'figure' : undefined}>{column.title}</th>)}</tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr key={rowKey(row)}>
            {columns.map((column, place) => (
              <td key={column.key} className={column.figure ? 'figure' : column.cut ? 'cut' : undefined}>
                {place === 0 && onOpen ? (
                  <button
                    type="button"
                    className="button button-link row-open"
                    tabIndex={index === here ? 0 : -1}
                    onFocus={() => setStop(index)}
                    aria-label={openLabel?.(row)}
                    onKeyDown={onKeyDown}
                    onClick={() => onOpen(row)}
                  >
                    {column.cell(row)}
                  </button>
                ) : column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
