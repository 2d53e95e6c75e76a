import { useRef, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { formatMoney, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Dialog, Select, TextInput, useKeys } from '#renderer/ui/index.ts';
import { focusScanField, useWindow } from '../../state/window.ts';
import { Screen } from '../frame/screen.tsx';
import { formatDateTime, formatDueDate } from '#shared/deadline/index.ts';
import { relativeTime, useNow } from '../../state/relative.ts';
import { actKeys } from '../acts/index.ts';
import { CounterPanel, type CounterAct } from '../intake/panels.tsx';
import { ApplicantPanel } from './applicant.tsx';
import { useErrorWords } from './errors.ts';
import { PapersPanel } from './papers.tsx';
import { ProcedurePanel } from './procedure.tsx';
import type { Values } from './form.ts';
import type { ReceptionWork } from './work.ts';

/** Reception (tiếp nhận): who and what side by side, the papers below, one key saves and prints. */
export function ReceptionScreen({ work }: { work: ReceptionWork }): React.JSX.Element {
  const { t, language } = useText();
  const [asking, setAsking] = useState(false);
  const { go, say } = useWindow();
  const saveButton = useRef<HTMLButtonElement>(null);
  const { register, control, formState } = work.form;
  const error = useErrorWords(work.form);
  const [procedure, channel, immediate, submission] = useWatch({ control, name: ['procedure', 'channel', 'immediate', 'submission'] });
  const [counterAct, setCounterAct] = useState<CounterAct>();
  const begin = (act: CounterAct): void => {
    void work.intakeStands().then((stands) => {
      if (stands) setCounterAct(act);
    });
  };
  const saveWords = immediate ? t('intake.saveImmediate') : t('reception.save');

  useKeys({
    ...(counterAct === undefined ? { 'Ctrl+Enter': work.save } : {}),
    [actKeys.requestSupplement]: () => begin('requestSupplement'),
    [actKeys.refuseReception]: () => begin('refuseReception'),
    ...(channel === 'online' && submission === null ? { 'Alt+G': work.submit } : {}),
    // A step back: the cursor returns to the scan field, what was typed stays, as form and as draft.
    Escape: () => {
      void work.keepDraft();
      if (counterAct !== undefined) {
        setCounterAct(undefined);
        return;
      }
      focusScanField();
    },
  });

  const footer = (
    <>
      <span className="footer-facts">
        <span><span className="muted">{t('reception.fee')}</span> <strong className="nowrap">{procedure ? formatMoney(procedure.fee.amount, language) : '–'}</strong></span>
        <Select label={t('reception.channel')} {...register('channel')}>
          <option value="counter">{t('reception.channel.counter')}</option>
          <option value="post">{t('reception.channel.post')}</option>
          <option value="online">{t('reception.channel.online')}</option>
        </Select>
        <span className="sets"><TextInput label={t('reception.sets')} inputMode="numeric" maxLength={2} error={error('sets')} {...register('sets')} /></span>
      </span>
      <Button kind="quiet" disabled={!formState.isDirty} onClick={() => setAsking(true)}>{t('reception.clear')}</Button>
      <Button
        disabled={!formState.isDirty}
        onClick={() => {
          void work.keepDraft().then((kept) => {
            if (kept) say({ tone: 'positive', words: t('reception.draftSaved') });
          });
        }}
      >
        {t('reception.saveDraft')}
      </Button>
      {channel === 'online' && submission === null ? <Button keyHint="Alt+G" onClick={work.submit}>{t('intake.submit')}</Button> : null}
      {counterAct === undefined ? <Button kind="primary" ref={saveButton} keyHint="Ctrl+↵" aria-busy={work.saving} onClick={work.save}>{work.saving ? t('reception.saving') : saveWords}</Button> : null}
    </>
  );

  return (
    <Screen title={t('reception.title')} footer={footer}>
      {work.waitingResults.length > 0 ? (
        <Banner
          tone="positive"
          action={<Button small onClick={() => go({ name: 'return', choices: work.waitingResults })}>{t('nav.return')}</Button>}
        >
          {t('reception.hasReady', { count: work.waitingResults.length, codes: work.waitingResults.map((line) => line.code).join(', ') })}
        </Banner>
      ) : null}
      {submission === null ? null : <Continued submission={submission} dossier={work.dossier()} />}
      <div className="two-columns">
        <ApplicantPanel work={work} />
        <ProcedurePanel work={work} onChosen={() => focusFirstMissing(work, saveButton.current)} />
      </div>
      {counterAct === undefined ? (
        <PapersPanel
          work={work}
          actions={(
            <>
              <Button small keyHint={actKeys.requestSupplement} onClick={() => begin('requestSupplement')}>{t('order.requestSupplement')}</Button>
              <Button small keyHint={actKeys.refuseReception} onClick={() => begin('refuseReception')}>{t('order.refuseReception')}</Button>
            </>
          )}
        />
      ) : <CounterPanel key={counterAct} work={work} act={counterAct} onBack={() => setCounterAct(undefined)} />}
      {asking ? (
        <Dialog
          title={t('reception.clearTitle')}
          onClose={() => setAsking(false)}
          actions={(
            <>
              <Button onClick={() => setAsking(false)} keyHint="Esc">{t('ui.cancel')}</Button>
              <Button
                kind="primary"
                onClick={() => {
                  setAsking(false);
                  void work.clear();
                }}
              >
                {t('reception.clearConfirm')}
              </Button>
            </>
          )}
        >
          <p>{t('reception.clearWords')}</p>
        </Dialog>
      ) : null}
    </Screen>
  );
}

/** Puts the cursor into the first field that still needs something; where none does, on the button that saves. */
export function focusFirstMissing(work: ReceptionWork, otherwise: HTMLElement | null): void {
  const values = work.form.getValues();
  const name = (['idNumber', 'fullName', 'address'] as const).find((field) => values[field].trim() === '')
    ?? (values.contradictions.length > 0 && !values.compared ? 'compared' : values.procedure === null ? 'procedure' : undefined);
  if (name !== undefined) work.form.setFocus(name);
  else otherwise?.focus();
}

/** Which submission is being received, and until when it must be answered. */
function Continued({ submission, dossier }: { submission: NonNullable<Values['submission']>; dossier: string }): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const now = useNow();
  const { code, at, answerBy, incomplete } = submission;
  const words = incomplete ? t('intake.continuesIncomplete', { code })
    : answerBy === undefined ? t('intake.continues', { code, at: formatDateTime(at) })
      : t('intake.continuesBy', { code, at: formatDateTime(at), by: `${formatDueDate(answerBy, language)}${now === undefined ? '' : ` (${relativeTime(answerBy, now, t)})`}` });
  const past = !incomplete && answerBy !== undefined && now !== undefined && answerBy < now;
  return <Banner tone={past ? 'danger' : 'waiting'} action={<Button small onClick={() => go({ name: 'dossier', dossier })}>{t('reception.openDossier')}</Button>}>{words}</Banner>;
}
