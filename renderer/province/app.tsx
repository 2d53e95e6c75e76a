import { useEffect } from 'react';
import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, SizeControl, ThemeControl } from '#renderer/ui/index.ts';
import { DesksPage } from './features/desks/desks.tsx';
import { DossierPage } from './features/dossier/dossier.tsx';
import { QueuePage } from './features/queue/queue.tsx';
import { ResultsPage } from './features/results/results.tsx';
import { SignIn } from './features/sign-in/sign-in.tsx';
import { TicketsPage } from './features/tickets/tickets.tsx';
import { addressOf, usePlace, type Place } from './place.ts';
import { useSession } from './session.ts';
import { useCounts } from './waiting.ts';

const banners = { 'injected-clock': 'province.injectedClock', 'assumed-synchronised': 'province.assumedClock' } as const;

/** The officer's pages: who is signed in decides whether anything is shown at all. */
export function App(): React.JSX.Element {
  const { session, start } = useSession();
  useEffect(() => {
    void start();
  }, [start]);
  if (session === undefined) return <main className="province-waiting" aria-busy="true" />;
  if (session === null) return <SignIn />;
  return <Signed />;
}

function Signed(): React.JSX.Element {
  const { t } = useText();
  const { session, signOut } = useSession();
  const place = usePlace();
  const counts = useCounts();
  if (!session) return <main />;
  return (
    <div className="province">
      <header className="province-top">
        <div className="province-name">
          <strong>{session.provinceName}</strong>
          <span className="muted">{t('province.title')}</span>
        </div>
        <nav className="row" aria-label={t('province.nav')}>
          <Tab to={{ page: 'results' }} here={place.page === 'results'}>{t('province.nav.results')}</Tab>
          <Tab to={{ page: 'queue' }} here={place.page === 'queue'} count={counts && counts.decisions + counts.audits}>{t('province.nav.queue')}</Tab>
          <Tab to={{ page: 'tickets' }} here={place.page === 'tickets'}>{t('province.nav.tickets')}</Tab>
          <Tab to={{ page: 'desks' }} here={place.page === 'desks'}>{t('province.nav.desks')}</Tab>
        </nav>
        <div className="row province-tools">
          <SizeControl />
          <ThemeControl />
          <span className="muted">{session.name}</span>
          <Button small kind="quiet" onClick={() => void signOut()}>{t('province.signOut')}</Button>
        </div>
      </header>
      {session.banners.map((banner) => <Banner key={banner} tone="warning">{t(banners[banner])}</Banner>)}
      <main className="province-main">
        {place.page === 'results' ? <ResultsPage now={session.now} /> : null}
        {place.page === 'queue' ? <QueuePage filter={place.filter} /> : null}
        {place.page === 'tickets' ? <TicketsPage /> : null}
        {place.page === 'desks' ? <DesksPage /> : null}
        {place.page === 'dossier' ? <DossierPage dossier={place.dossier} /> : null}
      </main>
    </div>
  );
}

function Tab({ to, here, count, children }: { to: Place; here: boolean; count?: number | undefined; children: string }): React.JSX.Element {
  const { language } = useText();
  return (
    <a className="province-tab" href={addressOf(to)} aria-current={here ? 'page' : undefined}>
      {children}
      {count ? <span className="province-count">{formatCount(count, language)}</span> : null}
    </a>
  );
}
