import type { ReactNode } from 'react';
import { formatDateTime, formatDueDate } from '#shared/deadline/index.ts';
import { openResultCorrection, openSupplement, runningStages } from '#shared/dossier/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { formatBirth, isTextKey, plainText, useText } from '#renderer/i18n/index.ts';
import { Banner, StateWord } from '#renderer/ui/index.ts';
import { known, stateOf } from '../../state/dossier-state.ts';
import { relativeTime, useNow } from '../../state/relative.ts';
import { useSession } from '../../state/session.ts';

/** A dossier in its first line of sight: which, who, what, how it stands and until when. */
export function DossierHead({ view }: { view: DossierView }): React.JSX.Element {
  const { t } = useText();
  const today = useSession((state) => state.today);
  const { state, personal } = view;
  const { tone, words } = stateOf(known(view), today, t);
  const applicant = personal?.applicant;
  const stage = t(`stage.${state.stage}`);
  return (
    <section className="panel dossier-head" aria-label={t('return.card')}>
      <div className="dossier-first">
        <p className="dossier-name">{applicant?.fullName ?? t('detail.erased')}</p>
        <StateWord tone={tone}>{words === stage || state.stage === 'ready' || state.stage === 'returned' ? words : `${stage} · ${words}`}</StateWord>
      </div>
      <div className="dossier-who">
        {state.provisional ? <p className="muted">{t('detail.provisionalCode')}</p> : null}
        {state.formerCode === undefined ? null : <p className="muted">{t('detail.formerCode', { code: state.formerCode })}</p>}
        <p>{view.procedureName} <span className="muted">· {view.field}</span></p>
        <dl className="facts">
          {applicant ? (
            <>
              <dt>{applicant.kind === 'citizen' ? t('reception.idNumber') : t('reception.organisationNumber')}</dt>
              <dd><span className="code">{applicant.idNumber}</span>{applicant.birth ? <span className="muted"> · {formatBirth(applicant.birth)}</span> : null}</dd>
              <dt>{t('reception.address')}</dt><dd>{applicant.address}</dd>
              {applicant.phone ? <><dt>{t('reception.phone')}</dt><dd className="code">{applicant.phone}</dd></> : null}
            </>
          ) : null}
          {personal?.submitter ? <><dt>{t('detail.submitter')}</dt><dd>{personal.submitter.fullName} · <span className="code">{personal.submitter.idNumber}</span></dd></> : null}
          {personal?.note ? <><dt>{t('reception.note')}</dt><dd>{personal.note}</dd></> : null}
        </dl>
      </div>
      <dl className="facts dossier-times"><Times view={view} /></dl>
      {view.readOnly ? <div className="dossier-notes"><Banner tone="warning">{t('state.readOnly')}</Banner></div> : null}
    </section>
  );
}

/** Its dates, each with its weekday and how far it is from now, and where it is. */
function Times({ view }: { view: DossierView }): React.JSX.Element {
  const { t, language } = useText();
  const { state } = view;
  const { submitted, received, due, appointment, ready, handedOver, stage } = state;
  const asked = openSupplement(state)?.requested;
  const payment = stage === 'payment' ? state.payments.at(-1)?.requested : undefined;
  const correction = openResultCorrection(state)?.requested;
  const told = appointment?.appointment ?? appointment?.at;
  const portal = `portal.${view.portalStatus}`;
  return (
    <>
      {submitted ? <><dt>{t('detail.submitted')}</dt><dd>{formatDateTime(submitted.submittedAt)} · {t(`reception.channel.${submitted.channel}`)}</dd></> : null}
      {stage === 'submitted' && submitted?.answerBy !== undefined ? <Until label={t('detail.answerBy')} at={submitted.answerBy} /> : null}
      {received ? <><dt>{t('dossiers.accepted')}</dt><dd>{formatDateTime(received.acceptedAt)}</dd></> : null}
      {asked ? <Until label={t('detail.completeBy')} at={asked.completeBy} /> : null}
      {payment?.payBy === undefined ? null : <Until label={t('detail.payBy')} at={payment.payBy} />}
      {due ? <Until label={t('dossiers.due')} at={due.at} over={ready !== undefined || handedOver !== undefined || !runningStages.includes(stage)} after={stage === 'supplement' || stage === 'payment' ? t('detail.halted') : due.provisional ? t('detail.provisionalDue') : undefined} /> : null}
      {due && told !== undefined && told !== due.at ? <Until label={t('detail.appointment')} at={told} over={ready !== undefined} /> : null}
      {ready ? (
        <>
          <dt>{t('detail.readyAt')}</dt>
          <dd>{formatDateTime(ready.at)} · {t(`ready.outcome.${ready.outcome}`)}{ready.claimedAt === undefined ? null : ` · ${t('detail.claimed', { at: formatDateTime(ready.claimedAt) })}`}</dd>
        </>
      ) : null}
      {correction ? <Until label={t('detail.correctBy')} at={correction.by} /> : null}
      {handedOver ? (
        <>
          <dt>{t('detail.returnedAt')}</dt>
          <dd>{formatDateTime(handedOver.at)}{handedOver.claimedAt === undefined ? null : ` · ${t('detail.claimed', { at: formatDateTime(handedOver.claimedAt) })}`}</dd>
        </>
      ) : null}
      {state.receivingAgency === state.competentAgency ? null : (
        <>
          <dt>{t('detail.receivedAt')}</dt><dd>{view.receivingAgencyName}</dd>
          <dt>{t('detail.for')}</dt><dd className="strong">{view.competentAgencyName}</dd>
        </>
      )}
      {submitted?.portalCode ? <><dt>{t('detail.portalCode')}</dt><dd className="code">{submitted.portalCode}</dd></> : null}
      <dt title={t('portal.label')}>{t('detail.portal')}</dt><dd>{t('detail.portalStatus', { number: view.portalStatus, words: isTextKey(portal) ? plainText(language, portal) : '' })}</dd>
      {due && view.explanation.length > 0 ? (
        <dd className="why">
          <details><summary>{t('detail.why')}</summary><ul>{view.explanation.map((words) => <li key={words}>{words}</li>)}</ul></details>
        </dd>
      ) : null}
    </>
  );
}

/** Until when: the date with its weekday, and how far it is; without the distance once it is over and done with. */
export function Until({ label, at, over = false, after }: { label: string; at: number; over?: boolean; after?: ReactNode }): React.JSX.Element {
  const { t, language } = useText();
  const now = useNow();
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <span className="strong">{formatDueDate(at, language)}</span>
        {now === undefined || over ? null : <span className={at < now ? 'state-danger' : 'muted'}> · {relativeTime(at, now, t)}</span>}
        {after === undefined ? null : <span className="state-waiting"> · {after}</span>}
      </dd>
    </>
  );
}
