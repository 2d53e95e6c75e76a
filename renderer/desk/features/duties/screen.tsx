import { useEffect, useRef, useState } from 'react';
import type { DutyName } from '#shared/dossier/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DutyLine } from '#shared/ipc/index.ts';
import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton, useKeys } from '#renderer/ui/index.ts';
import { useAsked } from '../../state/asked.ts';
import { focusScanField, useWindow } from '../../state/window.ts';
import { actOfDuty } from '../acts/index.ts';
import { Screen } from '../frame/screen.tsx';
import { DutyTable, isSince } from './duty-table.tsx';
import { Moves } from './moves.tsx';

/** So many are shown at once; whoever has more does the most urgent first. */
const shown = 100;

const unmatched: readonly DutyName[] = ['take-over', 'hand-on'];
const kinds: readonly DutyName[] = [
  'settle-conflict', 'answer', 'transfer', 'send-paper', 'decide-stop', 'apologise', 'finish', 'correct-result', 'await-supplement', 'await-payment', 'notify', 'replace-provisional-due',
];

/** What is to be done (việc cần làm), the most urgent first; Enter opens the dossier with the act that answers it. */
export function DutiesScreen(): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const [kind, setKind] = useState<DutyName>();
  const day = useAsked('day.view', {});
  const { value, fault } = useAsked('duty.list', { kinds: kind === undefined ? [...kinds] : [kind], limit: shown });
  const halves = useAsked('duty.list', { kinds: [...unmatched], limit: shown });
  useKeys({ Escape: focusScanField });
  const list = useRef<HTMLDivElement>(null);
  const there = value !== undefined;
  useEffect(() => {
    if (there) list.current?.querySelector<HTMLElement>('.row-open')?.focus();
  }, [there]);

  const open = ({ duty, past, line }: DutyLine): void => go({ name: 'dossier', dossier: line.id, act: actOfDuty(duty, past), from: 'duties' });
  const counts = day.value?.duties.filter(({ duty, count }) => count > 0 && kinds.includes(duty)).map((one) => ({ ...one, past: isSince(one.duty) ? 0 : one.past })).toSorted((a, b) => kinds.indexOf(a.duty) - kinds.indexOf(b.duty)) ?? [];
  const all = counts.reduce((sum, { count, past }) => ({ count: sum.count + count, past: sum.past + past }), { count: 0, past: 0 });
  return (
    <Screen title={t('duties.title')}>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      <div className="duty-kinds" role="group" aria-label={t('duties.filter')}>
        <Kind words={t('duties.all')} {...all} chosen={kind === undefined} onChoose={() => setKind(undefined)} />
        {counts.map(({ duty, count, past }) => (
          <Kind key={duty} words={t(`duty.${duty}`)} count={count} past={past} chosen={kind === duty} onChoose={() => setKind(kind === duty ? undefined : duty)} />
        ))}
      </div>
      <div ref={list}>
        <Panel title={t('duties.list')} bare>
          {value === undefined ? (fault ? null : <Skeleton label={t('ui.loading')} lines={6} />) : value.duties.length === 0 ? (
            <NothingHere title={t('duties.none')}>{t('duties.noneHint')}</NothingHere>
          ) : <DutyTable caption={t('duties.list')} duties={value.duties} onOpen={open} />}
          {value?.more ? <p className="inside muted">{t('duties.more', { count: formatCount(shown, language) })}</p> : null}
        </Panel>
      </div>
      {halves.value && halves.value.duties.length > 0 ? (
        <Panel title={t('duties.unmatched')} aside={<span className="muted small">{t('duties.unmatchedHint')}</span>} bare>
          <DutyTable caption={t('duties.unmatched')} duties={halves.value.duties} onOpen={open} />
        </Panel>
      ) : null}
      <Moves />
    </Screen>
  );
}

interface KindProps {
  words: string;
  count: number;
  past: number;
  chosen: boolean;
  onChoose: () => void;
}

/** One kind of duty with how many there are; those past their time in words. */
function Kind({ words, count, past, chosen, onChoose }: KindProps): React.JSX.Element {
  const { t, language } = useText();
  return (
    <Button small aria-pressed={chosen} onClick={onChoose}>
      <span>{words}</span>
      <strong>{formatCount(count, language)}</strong>
      {past > 0 ? <span className="state-danger">{t('duties.past', { count: formatCount(past, language) })}</span> : null}
    </Button>
  );
}
