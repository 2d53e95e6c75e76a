import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Panel, Skeleton, Table } from '#renderer/ui/index.ts';
import { formatDueDate } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import { gradeName, type Verdict } from '#shared/evidence/index.ts';
import type { DossierEvidence } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { useLoaded } from '../../load.ts';
import { OldWayWord, VerdictWord } from '../../verdict-word.tsx';
import { Decisions } from '../decisions/decisions.tsx';
import { precise, stretch, wordsOf } from './lines.ts';
import { Picture } from './picture.tsx';

/** One dossier: what both ways say, why, and the evidence beside it. No personal data is asked for or shown. */
export function DossierPage({ dossier }: { dossier: string }): React.JSX.Element {
  const { t, language } = useText();
  const { value, fault, again } = useLoaded(dossier, () => api.dossier(dossier));
  return (
    <div className="stack">
      <div className="province-heading">
        <Button small kind="quiet" onClick={() => history.back()}>{t('evidence.back')}</Button>
        <h1>{t('evidence.title', { code: value?.code ?? '' })}</h1>
      </div>
      {fault ? <Banner tone="danger">{t('province.loadFailed', { why: sentence(fault, language) })}</Banner> : null}
      {value ? <Whole evidence={value} onChange={again} /> : fault ? null : <Skeleton label={t('ui.loading')} />}
    </div>
  );
}

function Judged({ verdict }: { verdict: Verdict }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <>
      <dt>{t('evidence.credible')}</dt><dd><VerdictWord kind={verdict.kind} /></dd>
      {verdict.program ? <><dt>{t('evidence.program')}</dt><dd><VerdictWord kind={verdict.program} /></dd></> : null}
      <dt>{t('evidence.oldWay')}</dt><dd><OldWayWord oldWay={verdict.oldWay} /></dd>
      <dt>{t('evidence.due')}</dt><dd>{formatDueDate(verdict.due)}</dd>
      {verdict.interval ? <><dt>{t('evidence.happened')}</dt><dd>{stretch(t, verdict.interval.min, verdict.interval.max)}</dd></> : null}
      {verdict.grade ? <><dt>{t('evidence.grade')}</dt><dd>{gradeName(verdict.grade, language)}</dd></> : null}
      {verdict.newsAt === undefined ? null : <><dt>{t('evidence.news')}</dt><dd>{precise(verdict.newsAt)}</dd></>}
    </>
  );
}

function Whole({ evidence, onChange }: { evidence: DossierEvidence; onChange: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const { verdict } = evidence;
  return (
    <>
      <div className="evidence-top">
        <Panel title={t('evidence.verdict')}>
          <dl className="facts">
            {verdict ? <Judged verdict={verdict} /> : null}
            <dt>{t('evidence.stage')}</dt><dd>{t(`evidence.stage.${evidence.stage}`)}</dd>
            <dt>{t('evidence.procedure')}</dt><dd className="code">{evidence.procedure}</dd>
            <dt>{t('evidence.agency')}</dt><dd>{evidence.competentAgencyName}</dd>
            {evidence.receivingAgency === evidence.competentAgency ? null : <><dt>{t('evidence.receivedBy')}</dt><dd>{evidence.receivingAgencyName}</dd></>}
          </dl>
        </Panel>
        <Panel title={t('evidence.reasons')}>
          <ul className="evidence-reasons">{evidence.words[language].map((words, index) => <li key={index}>{words}</li>)}</ul>
        </Panel>
      </div>
      <Decisions dossier={evidence.dossier} onChange={onChange} />
      <Panel title={t('evidence.picture')}><Picture lines={evidence.timeline} /></Panel>
      <Panel title={t('evidence.list')} bare>
        <Table
          caption={t('evidence.list')}
          rows={evidence.timeline.map((line, index) => ({ ...wordsOf(line, t, language), key: String(index) }))}
          rowKey={(line) => line.key}
          columns={[
            { key: 'at', title: t('evidence.at'), cell: (line) => <span className="nowrap">{line.at}</span> },
            { key: 'what', title: t('evidence.what'), cell: (line) => <span className="nowrap">{line.what}</span> },
            { key: 'detail', title: t('evidence.detail'), cell: (line) => line.detail },
          ]}
        />
      </Panel>
    </>
  );
}
