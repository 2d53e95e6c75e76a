import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Table } from '#renderer/ui/index.ts';
import type { ResultRow, Results } from '#shared/province/index.ts';

/** What the table by level does not tell: not accepted, waiting for the applicant, stopped, apologised for. */
export function Beside({ results }: { results: Results }): React.JSX.Element {
  const { t, language } = useText();
  const rows = [
    ...results.levels.map((row) => ({ name: t(`results.level.${row.level}`), row })),
    { name: t('results.total'), row: results.total },
  ];
  const figure = (of: (row: ResultRow) => number) => ({ row }: { row: ResultRow }): string => formatCount(of(row), language);
  return (
    <Table
      caption={t('beside.title')}
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { key: 'level', title: t('results.level'), cell: ({ name }) => name },
        { key: 'submitted', title: t('beside.submitted'), figure: true, cell: figure(({ beside }) => beside.submitted) },
        { key: 'notAccepted', title: t('beside.notAccepted'), figure: true, cell: figure(({ beside }) => beside.notAccepted) },
        { key: 'awaitingApplicant', title: t('beside.awaitingApplicant'), figure: true, cell: figure(({ beside }) => beside.awaitingApplicant) },
        { key: 'stopped', title: t('beside.stopped'), figure: true, cell: figure(({ beside }) => beside.stopped) },
        { key: 'apologised', title: t('beside.apologised'), figure: true, cell: figure(({ beside }) => beside.apologised) },
      ]}
    />
  );
}
