import { useState } from 'react';
import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton, Table } from '#renderer/ui/index.ts';
import type { Level } from '#shared/catalogue/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import { explainVerdict, type Verdict } from '#shared/evidence/index.ts';
import type { MovedDossier } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { useLoaded } from '../../load.ts';
import { goTo } from '../../place.ts';
import { OldWayWord, VerdictWord } from '../../verdict-word.tsx';
import { Beside } from './beside.tsx';
import { Conflicts } from './conflicts.tsx';
import { Headline } from './headline.tsx';
import { instantsOf, PeriodForm, quarterOf } from './period.tsx';

/** Results by level, and every dossier that counts differently with the reason. */
export function ResultsPage({ now }: { now: number }): React.JSX.Element {
  const { t, language } = useText();
  const [period, setPeriod] = useState(() => quarterOf(now));
  const [level, setLevel] = useState<Level>();
  const { value, fault, again } = useLoaded(`${period.first} ${period.last}`, () => api.results(instantsOf(period)));

  return (
    <div className="stack">
      <div className="province-heading">
        <h1>{t('results.title')}</h1>
        <PeriodForm period={period} onChange={(chosen) => {
          setPeriod(chosen);
          again();
        }} />
        {value ? <span className="muted">{t('province.asOf', { at: formatDateTime(value.now) })}</span> : null}
      </div>
      {fault ? <Banner tone="danger">{t('province.loadFailed', { why: sentence(fault, language) })}</Banner> : null}
      {value ? (
        <>
          <Panel title={t('results.byLevel')} bare>
            {value.total.credible.received === 0 ? <NothingHere title={t('results.nothing')} /> : <Headline results={value} chosen={level} onChoose={setLevel} />}
          </Panel>
          <p className="muted small">{t('results.footnote')}</p>
          {value.total.credible.received + value.total.beside.submitted + value.total.beside.notAccepted === 0 ? null : (
            <Panel title={t('beside.title')} bare><Beside results={value} /></Panel>
          )}
          {value.conflicted.length === 0 ? null : (
            <Panel title={t('conflicts.title', { count: formatCount(value.conflicted.length, language) })} bare><Conflicts conflicted={value.conflicted} /></Panel>
          )}
          <Panel
            bare
            title={t('results.movedTitle')}
            aside={level ? <Button small kind="quiet" onClick={() => setLevel(undefined)}>{t('results.movedAll')}</Button> : undefined}
          >
            <Moved moved={value.moved.filter((one) => level === undefined || one.level === level)} />
          </Panel>
        </>
      ) : fault ? null : <Skeleton label={t('ui.loading')} />}
    </div>
  );
}

function Moved({ moved }: { moved: readonly MovedDossier[] }): React.JSX.Element {
  const { t } = useText();
  if (moved.length === 0) return <NothingHere title={t('results.noMoved')}>{t('results.noMovedHint')}</NothingHere>;
  return (
    <Table
      caption={t('results.movedTitle')}
      rows={moved}
      rowKey={(one) => one.dossier}
      onOpen={(one) => goTo({ page: 'dossier', dossier: one.dossier })}
      columns={[
        { key: 'code', title: t('results.code'), cell: (one) => <span className="code nowrap">{one.code}</span> },
        { key: 'procedure', title: t('results.procedure'), cell: (one) => <span className="code">{one.procedure}</span> },
        { key: 'agency', title: t('results.agency'), cell: (one) => one.agencyName },
        { key: 'due', title: t('results.due'), cell: (one) => <span className="nowrap">{formatDateTime(one.verdict.due)}</span> },
        { key: 'was', title: t('results.was'), cell: (one) => <OldWayWord oldWay={one.oldWay} /> },
        { key: 'is', title: t('results.is'), cell: (one) => <VerdictWord kind={one.verdict.kind} /> },
        { key: 'why', title: t('results.why'), cell: (one) => <Why verdict={one.verdict} /> },
      ]}
    />
  );
}

/** What decided, in two lines; everything else stands on the dossier's own page. */
function Why({ verdict }: { verdict: Verdict }): React.JSX.Element {
  const { language } = useText();
  const [headline, ...reasons] = explainVerdict(verdict, language);
  const decisive = verdict.reasons.findIndex((reason) => reason.code === 'earlier-due' && reason.outcome !== 'kept');
  const completed = reasons[decisive < 0 ? verdict.reasons.findIndex(({ code }) => code === 'completed' || code === 'halted') : decisive];
  return (
    <>
      <div>{headline}</div>
      {completed === undefined ? null : <div className="muted small">{completed}</div>}
    </>
  );
}
