import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Table } from '#renderer/ui/index.ts';
import type { ConflictedDossier } from '#shared/province/index.ts';
import { goTo } from '../../place.ts';

/** Dossiers whose acts contradict each other, down to each: the agencies settle them, the province sees that it is done. */
export function Conflicts({ conflicted }: { conflicted: readonly ConflictedDossier[] }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <Table
      caption={t('conflicts.list')}
      rows={conflicted}
      rowKey={(one) => one.dossier}
      onOpen={(one) => goTo({ page: 'dossier', dossier: one.dossier })}
      columns={[
        { key: 'code', title: t('results.code'), cell: (one) => <span className="code nowrap">{one.code}</span> },
        { key: 'procedure', title: t('results.procedure'), cell: (one) => <span className="code">{one.procedure}</span> },
        { key: 'agency', title: t('results.agency'), cell: (one) => one.agencyName },
        { key: 'between', title: t('conflicts.between'), cell: (one) => one.between.join(', ') },
        { key: 'count', title: t('conflicts.count'), figure: true, cell: (one) => formatCount(one.count, language) },
      ]}
    />
  );
}
