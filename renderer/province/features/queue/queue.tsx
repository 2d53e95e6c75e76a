import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton, StateWord, Table } from '#renderer/ui/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import { intervalText } from '#shared/evidence/index.ts';
import { queueReasonSchema, type Queue, type QueueLine } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { useLoaded } from '../../load.ts';
import { goTo, type QueueFilter } from '../../place.ts';
import { OldWayWord } from '../../verdict-word.tsx';

/** Everything the program leaves to people, the longest waiting first, down to each dossier. */
export function QueuePage({ filter }: { filter: QueueFilter | undefined }): React.JSX.Element {
  const { t, language } = useText();
  const { value, fault, again } = useLoaded('queue', () => api.queue());
  return (
    <div className="stack">
      <div className="province-heading">
        <h1>{t('queue.title')}</h1>
        <Button small onClick={again}>{t('province.refresh')}</Button>
        {value ? <span className="muted">{t('province.asOf', { at: formatDateTime(value.now) })}</span> : null}
      </div>
      {fault ? <Banner tone="danger">{t('province.loadFailed', { why: sentence(fault, language) })}</Banner> : null}
      {value ? <Waiting queue={value} filter={filter} /> : fault ? null : <Skeleton label={t('ui.loading')} />}
    </div>
  );
}

function fits(filter: QueueFilter | undefined): (line: QueueLine) => boolean {
  if (filter === undefined) return () => true;
  return filter === 'to-confirm' ? ({ proposal }) => proposal?.mine === false : ({ reason }) => reason === filter;
}

function Waiting({ queue, filter }: { queue: Queue; filter: QueueFilter | undefined }): React.JSX.Element {
  const { t, language } = useText();
  if (queue.lines.length === 0) {
    return <Panel title={t('queue.list')} bare><NothingHere title={t('queue.nothing')}>{t('queue.nothingHint')}</NothingHere></Panel>;
  }
  const choices: readonly (QueueFilter | undefined)[] = [undefined, 'to-confirm', ...queueReasonSchema.options];
  const shown = queue.lines.filter(fits(filter));
  return (
    <>
      <div className="row row-wrap" role="group" aria-label={t('queue.filter')}>
        {choices.map((choice) => {
          const count = queue.lines.filter(fits(choice)).length;
          if (count === 0 && choice !== undefined && choice !== filter) return null;
          return (
            <Button key={choice ?? 'all'} small aria-pressed={choice === filter} onClick={() => goTo(choice === undefined ? { page: 'queue' } : { page: 'queue', filter: choice })}>
              {t(choice === undefined ? 'queue.all' : choice === 'to-confirm' ? 'queue.toConfirm' : `queue.reason.${choice}`)}
              <span className="province-count">{formatCount(count, language)}</span>
            </Button>
          );
        })}
      </div>
      <Panel title={t('queue.list')} bare>
        {shown.length === 0 ? <NothingHere title={t('queue.nothingOfThis')} /> : <Lines lines={shown} />}
      </Panel>
      <p className="muted small">{t('queue.footnote')}</p>
    </>
  );
}

function Lines({ lines }: { lines: readonly QueueLine[] }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <div className="province-scroll">
      <Table
        caption={t('queue.list')}
        rows={lines}
        rowKey={(line) => line.dossier}
        onOpen={(line) => goTo({ page: 'dossier', dossier: line.dossier })}
        columns={[
          { key: 'code', title: t('results.code'), cell: (line) => <span className="code nowrap">{line.code}</span> },
          { key: 'agency', title: t('results.agency'), cut: true, cell: (line) => <span title={line.agencyName}>{line.agencyName}</span> },
          { key: 'due', title: t('results.due'), cell: (line) => <span className="nowrap">{formatDateTime(line.verdict.due)}</span> },
          { key: 'interval', title: t('queue.happened'), cell: ({ verdict }) => (verdict.interval ? intervalText(verdict.interval.min, verdict.interval.max, language) : t('queue.notDone')) },
          { key: 'old', title: t('results.was'), cell: (line) => <OldWayWord oldWay={line.verdict.oldWay} /> },
          { key: 'why', title: t('queue.why'), cell: (line) => t(`queue.reason.${line.reason}`) },
          { key: 'since', title: t('queue.since'), cell: (line) => <span className="nowrap">{formatDateTime(line.since)}</span> },
          { key: 'proposal', title: t('queue.proposal'), cell: (line) => <Proposed line={line} /> },
        ]}
      />
    </div>
  );
}

function Proposed({ line: { proposal } }: { line: QueueLine }): React.JSX.Element | null {
  const { t } = useText();
  if (!proposal) return null;
  const what = t(`decision.outcome.${proposal.outcome}`);
  return proposal.mine
    ? <StateWord tone="waiting">{t('queue.mine', { what })}</StateWord>
    : <StateWord tone="warning">{t('queue.proposedBy', { what, who: proposal.by.name })}</StateWord>;
}
