import type { ReactNode } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { StateWord, type Tone } from '#renderer/ui/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import type { DecisionOutcome, Grounds, Person, ProposalLine } from '#shared/province/index.ts';
import { VerdictWord } from '../../verdict-word.tsx';

const tones: Readonly<Record<DecisionOutcome, Tone>> = { on_time: 'positive', late: 'danger', open: 'plain' };

/** Who it was; the operator of the centre's machine has no name of an officer. */
export function useNameOf(): (person: Person) => string {
  const { t } = useText();
  return ({ name }) => (name === '' ? t('decision.operator') : name);
}

/** Why, and which papers. */
export function GroundsText({ grounds }: { grounds: Grounds }): React.JSX.Element {
  const { t } = useText();
  if ('unreadable' in grounds) return <><dt>{t('decision.why')}</dt><dd className="muted">{t(`decision.unreadable.${grounds.unreadable}`)}</dd></>;
  return (
    <>
      <dt>{t('decision.why')}</dt><dd className="decision-why">{grounds.why}</dd>
      {grounds.papers.length === 0 ? null : (
        <><dt>{t('decision.papers')}</dt><dd><ul className="decision-papers">{grounds.papers.map((paper, index) => <li key={index}>{paper}</li>)}</ul></dd></>
      )}
    </>
  );
}

/** One proposal: what, by whom, on which verdict and grounds, and what became of it. */
export function Proposal({ title, proposal, children }: { title?: string; proposal: ProposalLine; children?: ReactNode }): React.JSX.Element {
  const { t } = useText();
  const nameOf = useNameOf();
  const { outcome, basis, by, at, grounds, closed } = proposal;
  return (
    <section className="decision">
      {title === undefined ? null : <h3>{title}</h3>}
      <dl className="facts">
        <dt>{t('decision.outcome')}</dt><dd><StateWord tone={tones[outcome]}>{t(`decision.outcome.${outcome}`)}</StateWord></dd>
        <dt>{t('decision.proposed')}</dt><dd>{t('decision.byAt', { who: nameOf(by), at: formatDateTime(at) })}</dd>
        {closed ? <><dt>{t(`decision.${closed.how}`)}</dt><dd>{t('decision.byAt', { who: nameOf(closed.by), at: formatDateTime(closed.at) })}{closed.why === undefined ? null : <>: {closed.why}</>}</dd></> : null}
        <dt>{t('decision.basis')}</dt><dd><VerdictWord kind={basis.kind} /></dd>
        <GroundsText grounds={grounds} />
      </dl>
      {children}
    </section>
  );
}
