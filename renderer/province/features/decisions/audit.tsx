import { useState } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Choices, StateWord, TextArea } from '#renderer/ui/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { AuditRequest, DossierDecisions } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { useMay } from '../../session.ts';
import { GroundsText, useNameOf } from './proposal.tsx';
import { useSaying } from './said.ts';

/** What was found before. */
export function Audits({ audited }: Pick<DossierDecisions, 'audited'>): React.JSX.Element | null {
  const { t } = useText();
  const nameOf = useNameOf();
  if (audited.length === 0) return null;
  return (
    <>
      {audited.map(({ act, at, by, finding, grounds }) => (
        <section className="decision" key={`${act} ${at}`}>
          <dl className="facts">
            <dt>{t('audit.finding')}</dt><dd><StateWord tone={finding === 'doubtful' ? 'warning' : 'positive'}>{t(`audit.${finding}`)}</StateWord></dd>
            <dt>{t('audit.by')}</dt><dd>{t('decision.byAt', { who: nameOf(by), at: formatDateTime(at) })}</dd>
            <GroundsText grounds={grounds} />
          </dl>
        </section>
      ))}
    </>
  );
}

/** One officer looks at the papers and says whether they bear the verdict out. */
export function AuditForm({ dossier, audit, onSaid }: { dossier: string; audit: NonNullable<DossierDecisions['audit']>; onSaid: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const may = useMay('centre.audit');
  const { busy, fault, say } = useSaying(onSaid);
  const [finding, setFinding] = useState<AuditRequest['finding']>();
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (finding !== undefined && why.trim() !== '') void say(() => api.audit({ dossier, act: audit.act, finding, why }));
  };
  return (
    <div className="stack-tight">
      <p>{t(`audit.why.${audit.why}`)}</p>
      {may ? (
        <form className="decision-form stack-tight" onSubmit={submit}>
          {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
          <Choices
            label={t('audit.finding')} name="finding" value={finding} onChange={setFinding}
            choices={[{ value: 'as-judged', label: t('audit.as-judged') }, { value: 'doubtful', label: t('audit.doubtful') }]}
            error={tried && finding === undefined ? t('audit.findingMissing') : undefined}
          />
          <TextArea
            label={t('decision.why')} value={why} rows={2} maxLength={4000} error={tried && why.trim() === '' ? t('decision.whyMissing') : undefined}
            hint={t('audit.hint')} onChange={(event) => setWhy(event.target.value)}
          />
          <div className="row decision-actions"><Button kind="primary" type="submit" disabled={busy}>{t('audit.send')}</Button></div>
        </form>
      ) : <p className="muted">{t('audit.onlyOfficers')}</p>}
    </div>
  );
}
