import { formatDateTime, formatDueDate } from '#shared/deadline/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { formatBirth, useText } from '#renderer/i18n/index.ts';
import { Banner, Panel, StateWord } from '#renderer/ui/index.ts';
import { known, stateOf } from '../../state/dossier-state.ts';
import { useMay, useSession } from '../../state/session.ts';

/** A dossier in one card: who, what, due when, how it stands; lateness said in words. */
export function DossierCard({ view }: { view: DossierView }): React.JSX.Element {
  const { t, language } = useText();
  const today = useSession((state) => state.today);
  const mayHandOver = useMay('dossier.hand-over');
  const mayMarkReady = useMay('dossier.mark-ready');
  const { tone, words } = stateOf(known(view), today, t);
  const { received, personal } = view;
  const due = formatDueDate(received.due.at, language);
  const applicant = personal?.applicant;
  return (
    <Panel title={t('return.card')} aside={<StateWord tone={tone}>{words}</StateWord>} className="dossier-card">
      <p className="dossier-code"><span className="code">{received.code}</span>{received.provisional ? <span className="muted small"> {t('state.provisional')}</span> : null}</p>
      <p className="dossier-name">{applicant?.fullName ?? t('detail.erased')}</p>
      <dl className="facts">
        {applicant ? (
          <>
            <dt>{applicant.kind === 'citizen' ? t('reception.idNumber') : t('reception.organisationNumber')}</dt>
            <dd className="code">{applicant.idNumber}</dd>
            {applicant.birth ? <><dt>{t('reception.birth')}</dt><dd>{formatBirth(applicant.birth)}</dd></> : null}
            <dt>{t('reception.address')}</dt><dd>{applicant.address}</dd>
            {applicant.phone ? <><dt>{t('reception.phone')}</dt><dd className="code">{applicant.phone}</dd></> : null}
          </>
        ) : null}
        {personal?.submitter ? <><dt>{t('detail.submitter')}</dt><dd>{personal.submitter.fullName} · <span className="code">{personal.submitter.idNumber}</span></dd></> : null}
        <dt>{t('reception.procedure')}</dt><dd>{view.procedureName} <span className="muted">· {view.field}</span></dd>
        <dt>{t('dossiers.accepted')}</dt><dd>{formatDateTime(received.acceptedAt)}</dd>
        <dt>{t('dossiers.due')}</dt><dd className="strong">{due}</dd>
        {view.ready ? (
          <>
            <dt>{t('detail.readyAt')}</dt>
            <dd>
              {formatDateTime(view.ready.at)} · {t(`ready.outcome.${view.ready.outcome}`)}
              {view.ready.claimedAt === undefined ? null : ` · ${t('detail.claimed', { at: formatDateTime(view.ready.claimedAt) })}`}
            </dd>
          </>
        ) : null}
        {view.handedOver ? (
          <>
            <dt>{t('detail.returnedAt')}</dt>
            <dd>
              {formatDateTime(view.handedOver.at)}
              {view.handedOver.claimedAt === undefined ? null : ` · ${t('detail.claimed', { at: formatDateTime(view.handedOver.claimedAt) })}`}
            </dd>
          </>
        ) : null}
      </dl>
      {view.late && view.stage === 'processing' ? <Banner tone="danger">{t('return.overdue', { due })}</Banner> : null}
      {view.late && view.ready && view.stage === 'ready' ? <Banner tone="danger">{t('return.overdueReady', { at: formatDateTime(view.ready.at), due })}</Banner> : null}
      {!view.late && view.stage === 'processing' && mayMarkReady ? <Banner tone="waiting">{mayHandOver ? t('return.notReady') : t('return.notReadyResult')}</Banner> : null}
      {view.conflicts > 0 ? <Banner tone="warning">{t('state.conflict')}</Banner> : null}
    </Panel>
  );
}
