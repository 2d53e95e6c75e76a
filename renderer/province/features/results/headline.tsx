import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Button } from '#renderer/ui/index.ts';
import type { Level } from '#shared/catalogue/index.ts';
import type { ResultCounts, ResultRow, Results } from '#shared/province/index.ts';

type ColumnTitle = `results.${'received' | 'resolved' | 'onTime' | 'late' | 'inProgress' | 'overdue' | 'awaiting' | 'people'}`;

interface Column {
  readonly title: ColumnTitle;
  /** Both ways may differ here: two figures side by side. */
  readonly both: boolean;
  readonly figure: (counts: ResultCounts) => number;
}

const columns: readonly Column[] = [
  { title: 'results.received', both: false, figure: (counts) => counts.received },
  { title: 'results.resolved', both: true, figure: (counts) => counts.resolved },
  { title: 'results.onTime', both: true, figure: (counts) => counts.onTime },
  { title: 'results.late', both: true, figure: (counts) => counts.late },
  { title: 'results.inProgress', both: true, figure: (counts) => counts.inProgress },
  { title: 'results.overdue', both: true, figure: (counts) => counts.overdue },
  { title: 'results.awaiting', both: false, figure: (counts) => counts.awaitingDesk },
  { title: 'results.people', both: false, figure: (counts) => counts.undetermined + counts.enteredLate },
];

interface HeadlineProps {
  results: Results;
  /** The level whose different dossiers are listed below. */
  chosen: Level | undefined;
  onChoose: (level: Level | undefined) => void;
}

/** The province's own table, the old way and the credible way side by side. */
export function Headline({ results, chosen, onChoose }: HeadlineProps): React.JSX.Element {
  const { t } = useText();
  return (
    <div className="province-scroll">
      <table className="table headline">
        <caption className="unseen">{t('results.title')}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>{t('results.level')}</th>
            {columns.map((column) => (
              <th key={column.title} scope={column.both ? 'colgroup' : 'col'} className="figure" {...(column.both ? { colSpan: 2 } : { rowSpan: 2 })}>{t(column.title)}</th>
            ))}
            <th scope="col" rowSpan={2} className="figure">{t('results.moved')}</th>
          </tr>
          <tr>
            {columns.filter((column) => column.both).map((column) => (
              <SubHeads key={column.title} />
            ))}
          </tr>
        </thead>
        <tbody>
          {results.levels.map((row) => (
            <Row key={row.level} name={t(`results.level.${row.level}`)} row={row} pressed={chosen === row.level} onChoose={() => onChoose(chosen === row.level ? undefined : row.level)} />
          ))}
        </tbody>
        <tfoot>
          <Row name={t('results.total')} row={results.total} pressed={false} onChoose={() => onChoose(undefined)} />
        </tfoot>
      </table>
    </div>
  );
}

function SubHeads(): React.JSX.Element {
  const { t } = useText();
  return (
    <>
      <th scope="col" className="figure old">{t('results.oldWay')}</th>
      <th scope="col" className="figure true">{t('results.credible')}</th>
    </>
  );
}

function Row({ name, row, pressed, onChoose }: { name: string; row: ResultRow; pressed: boolean; onChoose: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const number = (value: number): string => formatCount(value, language);
  return (
    <tr aria-selected={pressed || undefined}>
      <th scope="row">{name}</th>
      {columns.map((column) => {
        const credible = column.figure(row.credible);
        if (!column.both) return <td key={column.title} className="figure">{number(credible)}</td>;
        const old = column.figure(row.oldWay);
        return (
          <Pair key={column.title} old={number(old)} credible={number(credible)} differs={old !== credible} />
        );
      })}
      <td className="figure">
        {row.moved > 0
          ? <Button small aria-pressed={pressed} aria-label={t('results.showMoved', { count: number(row.moved), level: name })} onClick={onChoose}>{number(row.moved)}</Button>
          : '0'}
      </td>
    </tr>
  );
}

function Pair({ old, credible, differs }: { old: string; credible: string; differs: boolean }): React.JSX.Element {
  return (
    <>
      <td className="figure old">{old}</td>
      <td className={`figure true${differs ? ' differs' : ''}`}>{credible}</td>
    </>
  );
}
