import { useRef, useState } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Choices, TextArea } from '#renderer/ui/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DecisionOutcome, DossierDecisions, ProposalLine } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { newId } from '../../new-id.ts';
import { useSaying } from './said.ts';

/** As many papers as one proposal names, and the longest name of one. */
const most = { papers: 20, letters: 300 } as const;

/** The papers named in a field, one a line. */
function papersIn(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** What an officer proposes: the outcome, why, and the papers it rests on. Where a decision counts, this is how it is changed. */
export function ProposeForm({ decisions, standing, onSaid }: { decisions: DossierDecisions; standing: ProposalLine | undefined; onSaid: () => void }): React.JSX.Element | null {
  const { t, language } = useText();
  const { busy, fault, say } = useSaying(onSaid);
  const inForce = standing !== undefined && standing.outcome !== 'open';
  const [shown, setShown] = useState(!inForce);
  const [outcome, setOutcome] = useState<DecisionOutcome>();
  const [why, setWhy] = useState('');
  const [papers, setPapers] = useState('');
  const [tried, setTried] = useState(false);
  // One id for one proposal, however often it is sent.
  const proposal = useRef(newId());
  const { basis } = decisions;
  if (!basis) return null;
  if (!shown) return <div><Button onClick={() => setShown(true)}>{t('decision.change')}</Button></div>;

  const named = papersIn(papers);
  const tooMany = named.length > most.papers || named.some((paper) => paper.length > most.letters);
  const papersError = named.length === 0 ? t('decision.papersMissing') : tooMany ? t('decision.papersTooMany', { papers: most.papers, letters: most.letters }) : undefined;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (outcome === undefined || why.trim() === '' || papersError !== undefined) return;
    void say(() => api.propose({
      proposal: proposal.current, dossier: decisions.dossier, outcome, basis, ...(decisions.standing === undefined ? {} : { reverses: decisions.standing }), why, papers: named,
    }));
  };
  const outcomes: readonly DecisionOutcome[] = inForce ? ['on_time', 'late', 'open'] : ['on_time', 'late'];
  return (
    <form className="decision decision-form stack-tight" onSubmit={submit}>
      <h3>{t(inForce ? 'decision.change' : 'decision.propose')}</h3>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      <Choices
        label={t('decision.outcome')} name="outcome" value={outcome} onChange={setOutcome}
        choices={outcomes.filter((one) => one !== standing?.outcome || decisions.basis?.kind !== standing.basis.kind).map((value) => ({ value, label: t(`decision.outcome.${value}`) }))}
        error={tried && outcome === undefined ? t('decision.outcomeMissing') : undefined}
      />
      <TextArea
        label={t('decision.why')} value={why} rows={3} maxLength={4000} error={tried && why.trim() === '' ? t('decision.whyMissing') : undefined}
        onChange={(event) => setWhy(event.target.value)}
      />
      <TextArea
        label={t('decision.papers')} value={papers} rows={3} hint={t('decision.papersHint')} error={tried ? papersError : undefined}
        onChange={(event) => setPapers(event.target.value)}
      />
      <div className="row row-wrap decision-actions">
        <Button kind="primary" type="submit" disabled={busy}>{t('decision.send')}</Button>
        {inForce ? <Button onClick={() => setShown(false)}>{t('decision.cancel')}</Button> : null}
        <span className="muted">{t('decision.needsOther')}</span>
      </div>
    </form>
  );
}
