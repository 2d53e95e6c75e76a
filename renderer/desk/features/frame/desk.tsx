import { useEffect, useState } from 'react';
import type { DossierView, Person, SessionView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { SizeControl } from '#renderer/ui/index.ts';
import { useWhileAttended } from '../../state/activity.ts';
import { deskName } from '../../state/desk-name.ts';
import type { Draft } from '../../state/drafts.ts';
import { useScreen } from '../../state/screens.ts';
import { useSession } from '../../state/session.ts';
import { focusScanField, useWindow } from '../../state/window.ts';
import { DayScreen } from '../day/screen.tsx';
import { DossierScreen } from '../dossiers/dossier.tsx';
import { DossiersScreen } from '../dossiers/screen.tsx';
import { DutiesScreen } from '../duties/screen.tsx';
import { focusFirstMissing, ReceptionScreen } from '../reception/screen.tsx';
import type { ReceptionWork } from '../reception/work.ts';
import { ReturnScreen } from '../return/screen.tsx';
import { SyncScreen } from '../sync/screen.tsx';
import { Banners } from './banners.tsx';
import { Navigation } from './navigation.tsx';
import { NetworkBar } from './network-bar.tsx';
import { ScanBox } from './scan.tsx';
import { SwitchUser } from './switch-user.tsx';
import { UserMenu } from './user-menu.tsx';

interface DeskProps {
  session: SessionView;
  person: Person;
  work: ReceptionWork;
  /** The draft of the acts begun. */
  acts: Draft;
  now: () => number;
}

/** The frame of a signed-in desk, and the screen inside it. */
export function Desk({ session, person, work, acts, now }: DeskProps): React.JSX.Element {
  const { t } = useText();
  const go = useWindow((state) => state.go);
  const screen = useScreen();
  const { signOut, refresh } = useSession();

  const [switching, setSwitching] = useState(false);

  useEffect(() => void refresh(), [refresh]);
  // The day changes at midnight while the window stays open.
  useWhileAttended(() => void refresh(), 60_000);

  // A screen that is not there yet cannot take the focus: wait for it.
  const soon = (act: () => void): void => void setTimeout(act);
  const toFirstMissing = (): void => soon(() => (work.form.formState.isDirty ? focusFirstMissing(work, document.querySelector<HTMLElement>('.screen-foot .button-primary')) : focusScanField()));

  const keepAll = (): Promise<unknown> => Promise.all([work.keepDraft(), acts.keepNow()]);
  const receive = (view: DossierView, drop: boolean): boolean => {
    if (work.form.formState.isDirty && !drop) return false;
    void work.continueWith(view).then((begun) => {
      if (!begun) return;
      go({ name: 'reception' });
      toFirstMissing();
    });
    return true;
  };

  return (
    <div className="desk">
      <aside className="side">
        <div className="desk-name">{deskName(session.desk, t)}</div>
        <Navigation person={person} onReception={toFirstMissing} />
      </aside>
      <header className="top">
        <div className="top-scan">
          <ScanBox
            now={now}
            onCard={(card) => {
              work.takeCard(card);
              toFirstMissing();
            }}
            onProcedure={(procedure) => {
              work.chooseProcedure(procedure);
              toFirstMissing();
            }}
          />
        </div>
        <SizeControl />
        <span className="agency" title={session.agencyName}>{session.agencyName}</span>
        <UserMenu
          person={person}
          lockAfter={session.lockAfter}
          onSwitch={() => setSwitching(true)}
          onSignOut={() => void keepAll().then(signOut)}
        />
      </header>
      <div className="main">
        <Banners banners={session.banners} {...(screen.name === 'day' ? {} : { onDay: () => go({ name: 'day' }) })} />
        {screen.name === 'reception' ? <ReceptionScreen work={work} /> : null}
        {screen.name === 'return' ? <ReturnScreen key={screen.dossier ?? 'choose'} dossier={screen.dossier} choices={screen.choices} /> : null}
        {screen.name === 'dossiers' ? <DossiersScreen /> : null}
        {screen.name === 'duties' ? <DutiesScreen /> : null}
        {screen.name === 'dossier' ? <DossierScreen key={screen.dossier} dossier={screen.dossier} act={screen.act} from={screen.from ?? 'dossiers'} onReceive={receive} /> : null}
        {screen.name === 'day' ? <DayScreen /> : null}
        {screen.name === 'sync' ? <SyncScreen /> : null}
      </div>
      <NetworkBar />
      {switching ? <SwitchUser person={person} staff={session.staff} beforeSwitch={keepAll} onClose={() => setSwitching(false)} /> : null}
    </div>
  );
}
