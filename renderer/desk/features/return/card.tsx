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
  const { state, personal } = view;
  const { stage, ready, handedOver } = state;
  const due = state.due ? formatDueDate(state.due.at, language) : '–';
  const applicant = personal?.applicant;
  return (
    <Panel title={t('return.card')} aside={<StateWord tone={tone}>{words}</StateWord>} className="dossier-card">
      <p className="dossier-code"><span className="code">{state.code}</span>{state.provisional ? <span className="muted small"> {t('state.provisional')}</span> : null}</p>
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
        {state.received ? <><dt>{t('dossiers.accepted')}</dt><dd>{formatDateTime(state.received.acceptedAt)}</dd></> : null}
        <dt>{t('dossiers.due')}</dt><dd className="strong">{due}</dd>
        {ready ? (
          <>
            <dt>{t('detail.readyAt')}</dt>
            <dd>
              {formatDateTime(ready.at)} · {t(`ready.outcome.${ready.outcome}`)}
              {ready.claimedAt === undefined ? null : ` · ${t('detail.claimed', { at: formatDateTime(ready.claimedAt) })}`}
            </dd>
          </>
        ) : null}
        {handedOver ? (
          <>
            <dt>{t('detail.returnedAt')}</dt>
            <dd>
              {formatDateTime(handedOver.at)}
              {handedOver.claimedAt === undefined ? null : ` · ${t('detail.claimed', { at: formatDateTime(handedOver.claimedAt) })}`}
            </dd>
          </>
        ) : null}
      </dl>
      {view.late && stage === 'processing' ? <Banner tone="danger">{t('return.overdue', { due })}</Banner> : null}
      {view.late && ready && stage === 'ready' ? <Banner tone="danger">{t('return.overdueReady', { at: formatDateTime(ready.at), due })}</Banner> : null}
      {!view.late && stage === 'processing' && mayMarkReady ? <Banner tone="waiting">{mayHandOver ? t('return.notReady') : t('return.notReadyResult')}</Banner> : null}
      {view.conflicts.length > 0 ? <Banner tone="warning">{t('state.conflict')}</Banner> : null}
    </Panel>
  );
}
