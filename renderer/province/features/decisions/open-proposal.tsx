import { useState } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, TextArea } from '#renderer/ui/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { ProposalLine } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { Proposal } from './proposal.tsx';
import { useSaying } from './said.ts';

/** A proposal that waits for another officer: they confirm or disagree, its author may take it back. */
export function OpenProposal({ proposal, may, onSaid }: { proposal: ProposalLine; may: boolean; onSaid: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const { busy, fault, say } = useSaying(onSaid);
  const [refusing, setRefusing] = useState(false);
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const { mine, current } = proposal;

  const withdraw = (event: React.FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (why.trim() !== '') void say(() => api.withdraw(proposal.proposal, why));
  };

  return (
    <Proposal title={t(mine ? 'decision.openMine' : 'decision.open')} proposal={proposal}>
      {current ? null : <Banner tone="warning">{t('decision.notCurrent')}</Banner>}
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      {may && !refusing ? (
        <div className="row row-wrap">
          {mine || !current ? null : <Button kind="primary" disabled={busy} onClick={() => void say(() => api.confirm(proposal.proposal))}>{t('decision.confirm')}</Button>}
          <Button disabled={busy} onClick={() => setRefusing(true)}>{t(mine ? 'decision.withdraw' : 'decision.disagree')}</Button>
          {mine && current ? <span className="muted">{t('decision.needsOther')}</span> : null}
        </div>
      ) : null}
      {may && refusing ? (
        <form className="decision-form stack-tight" onSubmit={withdraw}>
          <TextArea
            label={t(mine ? 'decision.whyWithdraw' : 'decision.whyDisagree')} value={why} maxLength={4000} autoFocus rows={2}
            error={tried && why.trim() === '' ? t('decision.whyMissing') : undefined} onChange={(event) => setWhy(event.target.value)}
          />
          <div className="row row-wrap decision-actions">
            <Button kind="primary" type="submit" disabled={busy}>{t(mine ? 'decision.withdraw' : 'decision.sendDisagreement')}</Button>
            <Button onClick={() => setRefusing(false)}>{t('decision.cancel')}</Button>
          </div>
        </form>
      ) : null}
    </Proposal>
  );
}
