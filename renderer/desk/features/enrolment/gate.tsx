import { useEffect, useState } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { SessionView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Skeleton } from '#renderer/ui/index.ts';
import { useEnrolment } from '../../state/enrolment.ts';
import { useSession } from '../../state/session.ts';
import { SignIn } from '../sign-in/screen.tsx';
import { EnrolmentForm } from './screen.tsx';
import { Pending, Revoked } from './pending.tsx';

/** How often the desk is asked how far its enrolment has come, milliseconds. */
const round = 2_000;
/** How long a desk that enrols by itself is waited for before the fields are offered, milliseconds. */
const patience = 10_000;

/**
 * What stands before a desk is signed in to: its enrolment while it has none, then the sign-in. Without a `session` the
 * desk process has not answered yet, and the sign-in is what will most likely come.
 */
export function BeforeSignIn({ session, typed }: { session: SessionView | undefined; typed: string }): React.JSX.Element {
  const { t, language } = useText();
  const { view, fault, load } = useEnrolment();
  const [byHand, setByHand] = useState(false);
  // The session knows it without being asked; only a desk that is not at work yet is looked into.
  const unenrolled = session?.banners.includes('not-enrolled') === true;
  const settled = !unenrolled || view?.state === 'enrolled';

  useEffect(() => {
    if (settled) return undefined;
    void load();
    const asking = setInterval(() => void load(), round);
    const waiting = setTimeout(() => setByHand(true), patience);
    return () => {
      clearInterval(asking);
      clearTimeout(waiting);
    };
  }, [settled, load]);
  // Whose desk it is and who works there is known from now on.
  useEffect(() => {
    if (unenrolled && view?.state === 'enrolled') void useSession.getState().load();
  }, [unenrolled, view?.state]);

  // This page says it in its own words.
  const shown = session && { ...session, banners: session.banners.filter((banner) => banner !== 'not-enrolled') };
  if (settled || !shown) return <SignIn session={shown} typed={typed} />;
  if (view?.state === 'pending') return <Pending session={shown} view={view} />;
  if (view?.fault?.code === 'enrol.revoked') return <Revoked session={shown} fault={view.fault} />;
  const byItself = view?.state === 'not-enrolled' && view.centreUrl !== undefined && view.fault === undefined;
  if (view === undefined || (byItself && !byHand)) {
    return (
      <main className="waiting-room">
        {fault ? <Banner tone="waiting" action={<Button small onClick={() => void load()}>{t('ui.retry')}</Button>}>{sentence(fault, language)}</Banner> : null}
        <Skeleton label={t('enrol.byItself')} lines={4} />
      </main>
    );
  }
  return <EnrolmentForm session={shown} view={view} onStart={() => setByHand(true)} />;
}
