import { useWatch } from 'react-hook-form';
import { z } from 'zod';
import { formatDateTime } from '#shared/deadline/index.ts';
import type { HistoryLine } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { FieldError, TextArea } from '#renderer/ui/index.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish } from '../finish.ts';
import { useKindWords } from '../kind-words.ts';
import { wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActFormProps } from '../use-act.ts';

const settling = actForm({
  channel: 'conflict.settle',
  values: z.object({ keep: z.string(), drop: z.string(), text: z.string() }),
  command: ({ keep, drop, text }, { act, dossier }) => ({ act, dossier, keep, drop, text: wordsTyped(text) ?? '' }),
  places: { keep: ['keep', 'acts.conflictError'], drop: ['keep', 'acts.conflictError'], text: ['text', 'acts.reasonErrorPlain'] },
});

/** Two acts that contradict each other, side by side; people say which one counts (giải quyết mâu thuẫn). */
export function SettleConflictForm({ view, onBack }: ActFormProps): React.JSX.Element | null {
  const { t } = useText();
  const finish = useFinish('settleConflict');
  const act = useAct(settling, view.id, { keep: '', drop: '', text: '' }, (answer) => void finish(answer));
  const keep = useWatch({ control: act.form.control, name: 'keep' });
  const [conflict] = view.conflicts;
  if (!conflict) return null;
  const choose = (one: HistoryLine, other: HistoryLine): void => {
    act.change('drop', other.hash);
    act.change('keep', one.hash);
  };
  const count = view.conflicts.length;
  return (
    <ActPanel title={count > 1 ? `${t('order.settleConflict')} · ${t('acts.conflictOf', { number: 1, count })}` : t('order.settleConflict')} act={act} onBack={onBack} words={t('acts.conflictWords')}>
      <fieldset className="sides" role="radiogroup" aria-label={t('acts.conflict')}>
        <Side which="kept" line={conflict.kept} chosen={keep === conflict.kept.hash} onChoose={() => choose(conflict.kept, conflict.other)} />
        <Side which="other" line={conflict.other} chosen={keep === conflict.other.hash} onChoose={() => choose(conflict.other, conflict.kept)} />
      </fieldset>
      {act.error('keep') ? <FieldError>{act.error('keep')}</FieldError> : null}
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
    </ActPanel>
  );
}

function Side({ which, line, chosen, onChoose }: { which: 'kept' | 'other'; line: HistoryLine; chosen: boolean; onChoose: () => void }): React.JSX.Element {
  const { t } = useText();
  const kind = useKindWords();
  return (
    <label className={chosen ? 'side-of side-chosen' : 'side-of'}>
      <span className="row"><input type="radio" name="keep" checked={chosen} onChange={onChoose} /><span className="strong grow">{t('acts.conflictKeep')}</span><span className="muted small">{t(`acts.conflictSide.${which}`)}</span></span>
      <span className="strong">{kind(line.kind)}</span>
      <span>{formatDateTime(line.at)} · {line.actorName}</span>
      <span className="muted">{line.agencyName}</span>
      {line.details.map((detail) => <span key={detail}>{detail}</span>)}
      {line.words ? <span>“{line.words}”</span> : null}
      <span className="code muted small">{line.seq} · {line.hash.slice(0, 12)}</span>
    </label>
  );
}
