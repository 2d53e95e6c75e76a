import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton, StateWord, Table, type Tone } from '#renderer/ui/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DeskLine } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { useLoaded } from '../../load.ts';
import { useMay } from '../../session.ts';
import { BundlePanel } from './bundle.tsx';

/** Which desks are connected, when each was last heard and how far behind it is. */
export function DesksPage(): React.JSX.Element {
  const { t, language } = useText();
  const { value, fault, again } = useLoaded('desks', () => api.desks());
  const mayTake = useMay('centre.take-bundle');
  return (
    <div className="stack">
      <div className="province-heading">
        <h1>{t('desks.title')}</h1>
        <Button small onClick={again}>{t('province.refresh')}</Button>
        {value ? <span className="muted">{t('province.asOf', { at: formatDateTime(value.now) })}</span> : null}
      </div>
      {fault ? <Banner tone="danger">{t('province.loadFailed', { why: sentence(fault, language) })}</Banner> : null}
      {value ? (
        <>
          {value.desks.length > 0 ? <Strip desks={value.desks} /> : null}
          <Panel title={t('desks.title')} bare>
            {value.desks.length === 0 ? <NothingHere title={t('desks.none')}>{t('desks.noneHint')}</NothingHere> : <List desks={value.desks} />}
          </Panel>
          {mayTake ? <BundlePanel onTaken={again} /> : null}
          <Panel title={t('desks.gaps')}>
            {value.centreGaps.length === 0
              ? <p className="muted">{t('desks.noGaps')}</p>
              : <ul>{value.centreGaps.map((gap) => <li key={gap.from}>{t('desks.gap', { from: formatDateTime(gap.from), to: formatDateTime(gap.to) })}</li>)}</ul>}
          </Panel>
        </>
      ) : fault ? null : <Skeleton label={t('ui.loading')} />}
    </div>
  );
}

function useConnectionWords(): (desk: DeskLine) => { tone: Tone; words: string } {
  const { t } = useText();
  return (desk) => {
    if (desk.enrolment === 'revoked') return { tone: 'plain', words: t('desks.revoked') };
    if (desk.enrolment === 'pending') return { tone: 'warning', words: t('desks.pending') };
    if (desk.forked) return { tone: 'danger', words: t('desks.forked') };
    if (desk.connection === 'connected') return { tone: 'positive', words: t('desks.connected') };
    if (desk.lastHeardAt === undefined) return { tone: 'waiting', words: t('desks.never') };
    return { tone: 'waiting', words: t('desks.silent', { at: formatDateTime(desk.lastHeardAt) }) };
  };
}

/** One small field a desk; its words come on hover and on focus, and are read out. */
function Strip({ desks }: { desks: readonly DeskLine[] }): React.JSX.Element {
  const { t, language } = useText();
  const wordsOf = useConnectionWords();
  return (
    <ul className="desk-strip" aria-label={t('desks.strip', { count: formatCount(desks.length, language) })}>
      {desks.map((desk) => {
        const { tone, words } = wordsOf(desk);
        const name = `${desk.agencyName}, ${desk.desk}: ${words}`;
        return <li key={desk.installation}><button type="button" className={`desk-mark desk-${tone}`} aria-label={name} title={name} /></li>;
      })}
    </ul>
  );
}

function List({ desks }: { desks: readonly DeskLine[] }): React.JSX.Element {
  const { t, language } = useText();
  const wordsOf = useConnectionWords();
  const at = (instant: number | undefined): string => (instant === undefined ? '–' : formatDateTime(instant));
  return (
    <Table
      caption={t('desks.title')}
      rows={desks}
      rowKey={(desk) => desk.installation}
      columns={[
        { key: 'desk', title: t('desks.desk'), cell: (desk) => desk.desk },
        { key: 'agency', title: t('desks.agency'), cell: (desk) => <>{desk.agencyName}{desk.goesToName === undefined ? null : <span className="muted">{` · ${t('desks.goesTo', { agency: desk.goesToName })}`}</span>}</> },
        { key: 'connection', title: t('desks.connection'), cell: (desk) => <StateWord tone={wordsOf(desk).tone}>{wordsOf(desk).words}</StateWord> },
        { key: 'heard', title: t('desks.lastHeard'), figure: true, cell: (desk) => at(desk.lastHeardAt) },
        { key: 'covered', title: t('desks.covered'), figure: true, cell: (desk) => at(desk.coveredTo) },
        { key: 'held', title: t('desks.held'), figure: true, cell: (desk) => formatCount(desk.held, language) },
        { key: 'behind', title: t('desks.behind'), figure: true, cell: (desk) => (desk.behind === undefined ? t('desks.unknownBehind') : formatCount(desk.behind, language)) },
        { key: 'awaited', title: t('desks.awaited'), figure: true, cell: (desk) => formatCount(desk.awaited, language) },
      ]}
    />
  );
}
