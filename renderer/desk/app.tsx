import { useEffect, useLayoutEffect, useState } from 'react';
import { useLanguage, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Skeleton } from '#renderer/ui/index.ts';
import { listen, onFault } from './api.ts';
import { ClockDialog } from './features/clock/dialog.tsx';
import { BeforeSignIn } from './features/enrolment/gate.tsx';
import { Desk } from './features/frame/desk.tsx';
import { useReceptionWork } from './features/reception/work.ts';
import { useClock } from './state/clock.ts';
import { useDraft, type Draft } from './state/drafts.ts';
import { announceDossiers } from './state/dossiers.ts';
import { signInExpected } from './state/last-person.ts';
import { useLookedFor } from './state/looked-for.ts';
import { landing } from './state/screens.ts';
import { useSession } from './state/session.ts';
import { draftKey, ownUnfinished, unfinishedText, useUnfinished } from './state/unfinished.ts';
import { sayFault, useWindow } from './state/window.ts';

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
  const person = view?.signedIn;
  const work = useReceptionWork(person?.id);
  const acts = useActDrafts(person?.id);
  const atWindow = useWindow((state) => state.person);
  useLayoutEffect(() => {
    // Each finds their own screen again.
    if (person) useWindow.getState().enter(person.id, landing(person.roles));
  }, [person]);
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
      {person === undefined || !view ? <BeforeSignIn session={view} typed={typed} /> : atWindow === person.id ? <Desk session={view} person={person} work={work} acts={acts} now={now} /> : null}
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
      else if (event.type === 'session') {
        const locked = getState().view?.signedIn !== undefined && event.session.signedIn === undefined;
        setState({ view: event.session, ...(locked ? { locked } : {}) });
        // What was said and asked last was for whoever was here.
        if (locked) {
          useWindow.getState().say(undefined);
          useClock.getState().close();
        }
      }
      else if (event.type === 'dossiers-changed') {
        announceDossiers();
        void getState().refresh();
      } else if (event.type === 'desk-process' && event.state === 'down') setState({ deskProcess: 'down' });
      else if (event.type === 'desk-process') {
        const { deskProcess, view: before } = getState();
        setState({ deskProcess: 'up' });
        // The new process may know nothing of who was signed in, and may serve another agency.
        void getState().load().then(() => {
          const { view, refresh } = getState();
          if (deskProcess === 'down' && before?.signedIn) setState({ cameBack: true });
          if (before && view && before.agencyName !== view.agencyName) useLookedFor.setState(useLookedFor.getInitialState());
          return refresh();
        });
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

/** Keeps the acts that whoever is signed in has begun, as one draft. */
function useActDrafts(person: string | undefined): Draft {
  const draft = useDraft(person === undefined ? undefined : draftKey(person));
  useEffect(() => {
    if (person === undefined) return undefined;
    void ownUnfinished(person);
    return useUnfinished.subscribe((now, before) => {
      if (now.owner === person && before.owner === person && now.acts !== before.acts) draft.keep(unfinishedText(now.acts));
    });
  }, [person, draft]);
  return draft;
}
