import { useText } from '#renderer/i18n/index.ts';
import { Banner, Panel } from '#renderer/ui/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DossierDecisions } from '#shared/province/index.ts';
import { api } from '../../api.ts';
import { useLoaded } from '../../load.ts';
import { useMay } from '../../session.ts';
import { useWaiting } from '../../waiting.ts';
import { AuditForm, Audits } from './audit.tsx';
import { OpenProposal } from './open-proposal.tsx';
import { Proposal } from './proposal.tsx';
import { ProposeForm } from './propose-form.tsx';

/** What people said about a dossier and have to say: audits, the open proposal, the decision that counts, what came before. */
export function Decisions({ dossier, onChange }: { dossier: string; onChange: () => void }): React.JSX.Element | null {
  const { t, language } = useText();
  const { value, fault, again } = useLoaded(`decisions ${dossier}`, () => api.decisions(dossier));
  const { refresh } = useWaiting();
  const onSaid = (): void => {
    again();
    onChange();
    void refresh();
  };
  if (fault && !value) return <Banner tone="danger">{t('province.loadFailed', { why: sentence(fault, language) })}</Banner>;
  if (!value || !hasAnything(value)) return null;
  return (
    <>
      {value.audit || value.audited.length > 0 ? (
        <Panel title={t('audit.title')}>
          <div className="stack">
            <Audits audited={value.audited} />
            {value.audit ? <AuditForm dossier={dossier} audit={value.audit} onSaid={onSaid} /> : null}
          </div>
        </Panel>
      ) : null}
      {value.mayPropose || value.proposals.length > 0 ? <DecisionPanel decisions={value} onSaid={onSaid} /> : null}
    </>
  );
}

function hasAnything({ mayPropose, proposals, audit, audited }: DossierDecisions): boolean {
  return mayPropose || proposals.length > 0 || audit !== undefined || audited.length > 0;
}

function DecisionPanel({ decisions, onSaid }: { decisions: DossierDecisions; onSaid: () => void }): React.JSX.Element {
  const { t } = useText();
  const may = useMay('centre.decide');
  const { proposals, standing, mayPropose } = decisions;
  const counts = proposals.find(({ proposal }) => proposal === standing);
  const open = proposals.filter(({ closed }) => !closed);
  const before = proposals.filter((one) => one.closed && one !== counts).toReversed();
  return (
    <Panel title={t('decision.title')}>
      <div className="stack">
        {counts ? <Proposal title={t('decision.standing')} proposal={counts} /> : null}
        {open.map((proposal) => <OpenProposal key={proposal.proposal} proposal={proposal} may={may} onSaid={onSaid} />)}
        {mayPropose && may ? <ProposeForm key={standing ?? 'first'} decisions={decisions} standing={counts} onSaid={onSaid} /> : null}
        {mayPropose && !may ? <p className="muted">{t('decision.onlyOfficers')}</p> : null}
        {before.length > 0 ? (
          <details>
            <summary>{t('decision.before', { count: before.length })}</summary>
            <div className="stack decision-before">{before.map((proposal) => <Proposal key={proposal.proposal} proposal={proposal} />)}</div>
          </details>
        ) : null}
      </div>
    </Panel>
  );
}
