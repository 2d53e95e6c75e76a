import { sentence, type Fault } from '#shared/errors/index.ts';
import type { EnrolView, SessionView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, SizeControl, StateWord, ThemeControl } from '#renderer/ui/index.ts';
import { Banners } from '../frame/banners.tsx';

/** The desk waits for the province's administrator, who compares the fingerprint of its key (dấu vân tay khóa). */
export function Pending({ session, view }: { session: SessionView; view: EnrolView }): React.JSX.Element {
  const { t, language } = useText();
  const { fingerprint = '', centreUrl = '', centreFingerprint, fault } = view;
  return (
    <main className="sign-in">
      <Banners banners={session.banners} />
      <section className="sign-in-card enrolment panel">
        <div className="sign-in-head">
          <p className="muted">{t('app.name')}</p>
          <h1>{t('enrol.pendingTitle')}</h1>
        </div>
        <p>{t('enrol.pendingWords', { url: centreUrl })}</p>
        <Fingerprint label={t('enrol.fingerprint')} groups={fingerprint.split(' ')} />
        {centreFingerprint === undefined ? null : (
          <p className="muted">{t('enrol.centreFingerprint')} <span className="code nowrap">{centreFingerprint}</span></p>
        )}
        <div role="status"><StateWord tone="waiting">{t('enrol.pendingState')}</StateWord></div>
        {fault && fault.code !== 'enrol.pending' ? <Banner tone="waiting">{sentence(fault, language)}</Banner> : null}
      </section>
      <div className="row sign-in-looks"><SizeControl /><ThemeControl /></div>
    </main>
  );
}

/** The province took this desk out of service (thu hồi); typing another code changes nothing. */
export function Revoked({ session, fault }: { session: SessionView; fault: Fault }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <main className="sign-in">
      <Banners banners={session.banners} />
      <section className="sign-in-card enrolment panel">
        <div className="sign-in-head">
          <p className="muted">{t('app.name')}</p>
          <h1>{t('enrol.revokedTitle')}</h1>
        </div>
        <p>{sentence(fault, language)}</p>
      </section>
      <div className="row sign-in-looks"><SizeControl /><ThemeControl /></div>
    </main>
  );
}

/** In groups, large enough to be read out over the telephone. */
function Fingerprint({ label, groups }: { label: string; groups: readonly string[] }): React.JSX.Element {
  return (
    <div className="fingerprint">
      <span className="muted" id="fingerprint-label">{label}</span>
      <output className="code" aria-labelledby="fingerprint-label">{groups.map((group, place) => <span key={`${place}-${group}`}>{group} </span>)}</output>
    </div>
  );
}
