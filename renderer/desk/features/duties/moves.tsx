import { useRef, useState } from 'react';
import { formatDueDate } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Button, Panel, StateWord, Table, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useAsked } from '../../state/asked.ts';
import { useClock } from '../../state/clock.ts';
import { announceDossiers } from '../../state/dossiers.ts';
import { newId } from '../../state/identity.ts';
import { useMay } from '../../state/session.ts';
import { useWindow } from '../../state/window.ts';

/** Dossiers whose due date the newest calendar moves; those whose date was provisional are computed again with one key. */
export function Moves(): React.JSX.Element | null {
  const { t, language } = useText();
  const { go, say } = useWindow();
  const mayCompute = useMay('dossier.compute-due-again');
  const { value } = useAsked('calendar.moves', {});
  const [busy, setBusy] = useState(false);
  /** One id for each dossier's act, so that trying again records nothing twice. */
  const acts = useRef(new Map<string, string>());
  const binding = value?.moves.filter((move) => move.binding) ?? [];

  const computeAgain = async (): Promise<void> => {
    if (busy || binding.length === 0 || !mayCompute) return;
    setBusy(true);
    let count = 0;
    for (const { line } of binding) {
      const act = acts.current.get(line.id) ?? newId();
      acts.current.set(line.id, act);
      const answer = await call('term.compute-again', { act, dossier: line.id });
      if (answer.ok) {
        count += 1;
        acts.current.delete(line.id);
        continue;
      }
      if (answer.fault.code === 'clock.confirm-needed') useClock.getState().doAgain(() => void computeAgain());
      else say({ tone: 'danger', words: t('moves.failed', { count, code: line.code, why: sentence(answer.fault, language) }) });
      break;
    }
    setBusy(false);
    announceDossiers();
    if (count === binding.length) say({ tone: 'positive', words: t('moves.done', { count }) });
  };
  useKeys({ 'Alt+H': () => void computeAgain() });

  if (!value || value.moves.length === 0) return null;
  return (
    <Panel
      title={t('moves.title')}
      aside={<span className="row"><span className="muted small">{t('moves.calendar', { version: value.calendar })}</span>{binding.length > 0 && mayCompute ? <Button kind="primary" small keyHint="Alt+H" aria-busy={busy} onClick={() => void computeAgain()}>{t('moves.again', { count: binding.length })}</Button> : null}</span>}
      bare
    >
      <Table
        caption={t('moves.title')}
        rows={value.moves}
        rowKey={({ line }) => line.id}
        onOpen={({ line }) => go({ name: 'dossier', dossier: line.id, from: 'duties' })}
        columns={[
          { key: 'code', title: t('dossiers.code'), cell: ({ line }) => <span className="code nowrap">{line.code}</span> },
          { key: 'applicant', title: t('dossiers.applicant'), cut: true, cell: ({ line }) => line.applicantName },
          { key: 'printed', title: t('moves.printed'), cell: ({ printed }) => <span className="nowrap">{formatDueDate(printed, language)}</span> },
          { key: 'new', title: t('moves.new'), cell: ({ due }) => <span className="nowrap strong">{formatDueDate(due, language)}</span> },
          { key: 'effect', title: t('moves.effect'), cell: (move) => <StateWord tone={move.binding ? 'warning' : 'plain'}>{move.binding ? t('moves.binding') : t('moves.keeps')}</StateWord> },
        ]}
      />
    </Panel>
  );
}
