import { formatDateTime } from '#shared/deadline/index.ts';
import type { DossierView, HistoryLine } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Panel, StateWord, Table } from '#renderer/ui/index.ts';
import { placeName, useKindWords } from '../acts/index.ts';

/** Everything that was recorded about a dossier, in words; what was dropped is struck through and stays. */
export function Timeline({ history }: { history: readonly HistoryLine[] }): React.JSX.Element {
  const { t } = useText();
  const kind = useKindWords();
  const dropped = (line: HistoryLine): string => (line.dropped ? 'dropped muted' : '');
  return (
    <Panel title={t('detail.history')} bare>
      <Table
        caption={t('detail.history')}
        rows={history}
        rowKey={(line) => line.hash}
        columns={[
          { key: 'at', title: t('detail.when'), cell: (line) => <span className={`nowrap ${dropped(line)}`}>{formatDateTime(line.at)}</span> },
          {
            key: 'kind',
            title: t('detail.act'),
            cell: (line) => (
              <div className={`timeline-act ${dropped(line)}`}>
                <span className="strong">{kind(line.kind)}{line.dropped ? <span className="unstruck"> ({t('detail.dropped')})</span> : null}</span>
                {line.details.length > 0 ? <span>{line.details.join(' · ')}</span> : null}
                {line.words ? <span className="muted">{line.words}</span> : null}
              </div>
            ),
          },
          { key: 'actor', title: t('detail.actor'), cell: (line) => <div className="timeline-act"><span>{line.actorName}</span><span className="muted small">{line.agencyName}</span></div> },
          { key: 'entry', title: t('detail.entry'), cell: (line) => <span className="code muted" title={line.hash}>{line.seq} · {line.hash.slice(0, 8)}</span> },
          { key: 'sent', title: t('dossiers.sent'), cell: (line) => <span className="muted nowrap">{line.sent ? t('state.sent') : t('state.waitingToSend')}</span> },
        ]}
      />
    </Panel>
  );
}

/** The hops of form 06, giver and receiver side by side; where one half is missing it says so. */
export function Hops({ view }: { view: DossierView }): React.JSX.Element | null {
  const { t } = useText();
  const { hops } = view.state;
  if (hops.length === 0) return null;
  return (
    <Panel title={t('detail.hops')} bare>
      <Table
        caption={t('detail.hops')}
        rows={hops}
        rowKey={({ hop }) => hop}
        columns={[
          { key: 'from', title: t('detail.hopFrom'), cell: (hop) => placeName(view, hop.fromAgency, hop.fromUnit) },
          { key: 'given', title: t('detail.given'), cell: ({ given }) => (given ? <span className="nowrap">{formatDateTime(given.at)}</span> : <StateWord tone="warning">{t('detail.noGiver')}</StateWord>) },
          { key: 'to', title: t('detail.hopTo'), cell: (hop) => placeName(view, hop.toAgency, hop.toUnit) },
          {
            key: 'taken',
            title: t('detail.taken'),
            cell: ({ taken }) => (taken ? (
              <span className="nowrap">{formatDateTime(taken.at)}{taken.missingPapers.length > 0 ? ` · ${t('detail.missingPapers', { count: taken.missingPapers.length })}` : ''}</span>
            ) : <StateWord tone="warning">{t('detail.noTaker')}</StateWord>),
          },
          {
            key: 'time',
            title: t('detail.hopTime'),
            cell: ({ given }) => {
              if (given?.by === undefined) return '–';
              const beside = Math.sign(Math.floor(given.at / 60_000) - Math.floor(given.by / 60_000));
              return <span className={beside > 0 ? 'state-danger' : ''}>{t(beside < 0 ? 'detail.before' : beside > 0 ? 'detail.after' : 'detail.on')}</span>;
            },
          },
        ]}
      />
    </Panel>
  );
}
