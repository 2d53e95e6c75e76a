import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Panel, Select, TextInput } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useClock } from '../../state/clock.ts';
import { announceDossiers } from '../../state/dossiers.ts';
import { newId } from '../../state/identity.ts';
import { sayFault, useWindow } from '../../state/window.ts';
import { ClaimFields } from './claim.tsx';
import { claimedInstant, noClaim, type Claim } from './form.ts';

/** Lets the screen's own button and key mark the result as ready. */
export interface MarkReadyHandle {
  mark: () => void;
}

/** "Có kết quả": the result is there, granted or refused, so many papers; earlier than now only as a claim. */
export function MarkReady({ view, ref }: { view: DossierView; ref: Ref<MarkReadyHandle> }): React.JSX.Element {
  const { t, language } = useText();
  const say = useWindow((state) => state.say);
  const [outcome, setOutcome] = useState<'granted' | 'refused'>('granted');
  const [count, setCount] = useState(String(Math.max(1, view.results.length)));
  const [claim, setClaim] = useState<Claim>(noClaim);
  const [errors, setErrors] = useState<{ count?: string; claim?: string }>({});
  const [act] = useState(newId);
  const busy = useRef(false);

  const mark = async (): Promise<void> => {
    const claimedAt = claimedInstant(claim);
    const resultCount = Number(count);
    const countIsRight = count.trim() !== '' && Number.isInteger(resultCount) && resultCount >= 0 && resultCount <= 99;
    setErrors({ ...(countIsRight ? {} : { count: t('ready.countError') }), ...(claimedAt === null ? { claim: t('return.claimNeeded') } : {}) });
    if (!countIsRight || claimedAt === null || busy.current) return;
    busy.current = true;
    const answer = await call('result.mark-ready', { act, dossier: view.id, outcome, resultCount, ...(claimedAt === undefined ? {} : { claimedAt }) });
    busy.current = false;
    if (answer.ok) {
      say({ tone: 'positive', words: t('return.readyDone', { code: answer.value.code }) });
      announceDossiers();
    } else if (answer.fault.code === 'clock.confirm-needed') useClock.getState().doAgain(() => void mark());
    else if (answer.fault.code.startsWith('dossier.claimed-time')) setErrors({ claim: sentence(answer.fault, language) });
    else sayFault(answer.fault, language);
  };
  useImperativeHandle(ref, () => ({ mark: () => void mark() }));

  return (
    <Panel title={t('ready.group')} className="form-grid">
      <div className="pair">
        <Select label={t('ready.outcome')} value={outcome} onChange={(event) => setOutcome(event.target.value === 'refused' ? 'refused' : 'granted')}>
          <option value="granted">{t('ready.outcome.granted')}</option>
          <option value="refused">{t('ready.outcome.refused')}</option>
        </Select>
        <TextInput label={t('ready.count')} inputMode="numeric" maxLength={2} error={errors.count} value={count} onChange={(event) => setCount(event.target.value)} />
      </div>
      <ClaimFields label={t('return.claimReady')} claim={claim} error={errors.claim} onChange={setClaim} />
    </Panel>
  );
}
