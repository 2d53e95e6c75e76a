import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import { formatCount, formatMoment, useText } from '#renderer/i18n/index.ts';
import { Banner, Panel, StateWord, Table } from '#renderer/ui/index.ts';
import { useAsked } from '../../state/asked.ts';

/** Which dossiers were finished in time and look late, or soon will, to whoever counts by the arrival of news. */
export function ForecastPanel({ count, today, onOpen }: { count: SyncView['forecast']; today: string | undefined; onOpen: (dossier: string) => void }): React.JSX.Element {
  const { t, language } = useText();
  const { value, fault } = useAsked('forecast.view', count ? {} : undefined);
  const lines = count ? (value?.lines ?? []) : [];
  return (
    <Panel title={t('forecast.title')} bare>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      {lines.length === 0 ? <p className="inside muted">{t('forecast.none')}</p> : (
        <>
          <p className="inside muted small">{t('forecast.why')}</p>
          <Table
            caption={t('forecast.title')}
            rows={lines}
            rowKey={({ line }) => line.id}
            onOpen={({ line }) => onOpen(line.id)}
            openLabel={({ line }) => line.code}
            columns={[
              { key: 'code', title: t('dossiers.code'), cell: ({ line }) => <span className="code nowrap">{line.code}</span> },
              { key: 'procedure', title: t('dossiers.procedure'), cut: true, cell: ({ line }) => <span title={line.procedureName}>{line.procedureName}</span> },
              { key: 'done', title: t('forecast.done'), figure: true, cell: ({ haltedAt }) => formatMoment(haltedAt, today) },
              { key: 'due', title: t('forecast.due'), figure: true, cell: ({ line }) => (line.dueAt === undefined ? '–' : formatDateTime(line.dueAt)) },
              { key: 'look', title: t('forecast.look'), cell: ({ forecast }) => <StateWord tone={forecast === 'looks-late' ? 'warning' : 'waiting'}>{t(`forecast.${forecast}`)}</StateWord> },
            ]}
          />
          {value?.more ? <p className="inside muted small">{t('forecast.more', { count: formatCount(lines.length, language) })}</p> : null}
        </>
      )}
    </Panel>
  );
}
