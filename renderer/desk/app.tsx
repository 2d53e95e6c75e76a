import { useEffect, useState } from 'react';
import { useLanguage, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Skeleton } from '#renderer/ui/index.ts';
import { listen, onFault } from './api.ts';
import { ClockDialog } from './features/clock/dialog.tsx';
import { BeforeSignIn } from './features/enrolment/gate.tsx';
import { Desk } from './features/frame/desk.tsx';
import { useReceptionWork } from './features/reception/work.ts';
import { useClock } from './state/clock.ts';
import { announceDossiers } from './state/dossiers.ts';
import { signInExpected } from './state/last-person.ts';
import { useSession } from './state/session.ts';
import { sayFault } from './state/window.ts';

const sinceStart = (): number => performance.now();

/**
 * The counter: who is signed in decides what stands in the window. `typed` is what was typed of a PIN before it was drawn;
 * `now` (milliseconds) tells how fast keys come.
 */
export function App({ typed = '', now = sinceStart }: { typed?: string; now?: () => number }): React.JSX.Element {
  const { view, deskProcess, load } = useSession();
  const { t } = useText();
  useDeskEvents();
  // Up here, so that a sign-in in between (the desk process came back and asks again) leaves the form as it is.
  const work = useReceptionWork(view?.signedIn?.id);
  // The sign-in takes keys while the desk process still opens its store.
  const [expected] = useState(signInExpected);
  useEffect(() => void load(), [load]);

  if (!view && !(expected && deskProcess === 'up')) {
    return (
      <main className="waiting-room">
        {deskProcess === 'down'
          ? <Banner tone="waiting" action={<Button small onClick={() => void load()}>{t('ui.retry')}</Button>}>{t('signIn.waiting')}</Banner>
          : <Skeleton label={t('signIn.waiting')} lines={4} />}
      </main>
    );
  }
  return (
    <>
      {view?.signedIn ? <Desk session={view} person={view.signedIn} work={work} now={now} /> : <BeforeSignIn session={view} typed={typed} />}
      <ClockDialog />
    </>
  );
}

/** Ties what the desk process pushes, and the faults that concern the whole window, to the stores. */
function useDeskEvents(): void {
  useEffect(() => {
    const stopEvents = listen((event) => {
      const { getState, setState } = useSession;
      if (event.type === 'sync') setState({ sync: event.sync });
      else if (event.type === 'session') setState({ view: event.session });
      else if (event.type === 'dossiers-changed') {
        announceDossiers();
        void getState().refresh();
      } else if (event.state === 'down') setState({ deskProcess: 'down' });
      else {
        const wasDown = getState().deskProcess === 'down' && getState().view !== undefined;
        setState({ deskProcess: 'up', cameBack: wasDown });
        // The new process may know nothing of who was signed in.
        void getState().load().then(() => getState().refresh());
      }
    });
    const stopFaults = onFault((fault, of) => {
      // The preview is asked for again and again by itself; its panel offers the question instead of forcing it.
      if (fault.code === 'clock.confirm-needed' && of !== 'reception.preview') useClock.getState().ask(fault);
      else if (fault.code === 'session.required') void useSession.getState().load();
      // The status line hears of a broken event; answers are reported by whoever asked.
      else if (of === 'event') sayFault(fault, useLanguage.getState().language);
    });
    return () => {
      stopEvents();
      stopFaults();
    };
  }, []);
}
