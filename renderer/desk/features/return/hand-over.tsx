import { useEffect, useRef, useState } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Checkbox, Choices, FieldError, Panel, Select, TextInput, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useClock } from '../../state/clock.ts';
import { announceDossiers } from '../../state/dossiers.ts';
import { newId } from '../../state/identity.ts';
import { usePrint } from '../../state/print.ts';
import { useMay, useSession } from '../../state/session.ts';
import { dropUnfinished, keepUnfinished, useUnfinished } from '../../state/unfinished.ts';
import { focusScanField, sayFault, useWindow } from '../../state/window.ts';
import { Screen } from '../frame/screen.tsx';
import { DossierCard } from './card.tsx';
import { ClaimFields } from './claim.tsx';
import { handOverOf, returnErrors, returnValuesSchema, usualReturn, type ReturnErrors, type ReturnValues } from './form.ts';
import { MarkReady, type MarkReadyHandle } from './mark-ready.tsx';

/** Under which name a return that is not saved yet is kept: leaving the screen and coming back loses nothing. */
const unfinishedReturn = (dossier: string): string => `return.save ${dossier}`;

/** The dossier in one card, what is handed over, to whom and on the strength of what. */
export function HandOver({ view }: { view: DossierView }): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const print = usePrint();
  const [begun] = useState(() => {
    const kept = useUnfinished.getState().acts.get(unfinishedReturn(view.id));
    const values = kept && returnValuesSchema.safeParse(kept.values);
    return kept && values?.success ? { values: values.data, act: kept.act } : { values: usualReturn(view.results.length), act: newId() };
  });
  const [values, setValues] = useState(begun.values);
  const [errors, setErrors] = useState<ReturnErrors>({});
  const [deskError, setDeskError] = useState<string>();
  const [saving, setSaving] = useState(false);
  const busy = useRef(false);
  const save = useRef<HTMLButtonElement>(null);
  const markReady = useRef<MarkReadyHandle>(null);
  const { code, stage, handedOver: before } = view.state;
  const mayHandOver = useMay('dossier.hand-over');
  const open = view.possible.includes('handOver');
  const unfinishedResult = view.possible.includes('markReady') && stage !== 'returned';

  const offered = open || unfinishedResult;
  // On what is to be done next; where nothing is left to do here, on the scan field for the next dossier.
  useEffect(() => {
    if (offered) save.current?.focus();
    else focusScanField();
  }, [offered]);

  const change = (next: Partial<ReturnValues>): void => {
    const all = { ...values, ...next };
    setValues(all);
    keepUnfinished(unfinishedReturn(view.id), { act: begun.act, second: begun.act, values: all });
    setDeskError(undefined);
    if (Object.keys(errors).length > 0) setErrors(returnErrors(all));
  };

  const handOver = async (): Promise<void> => {
    const wrong = returnErrors(values);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) {
      // The marks are there after the next rendering.
      setTimeout(() => document.querySelector<HTMLElement>('.screen [aria-invalid="true"]')?.focus());
      return;
    }
    if (busy.current || !open) return;
    busy.current = true;
    setSaving(true);
    const answer = await call('return.save', handOverOf(values, { act: begun.act, dossier: view.id }));
    busy.current = false;
    setSaving(false);
    if (!answer.ok) {
      const words = sentence(answer.fault, language);
      if (answer.fault.code === 'clock.confirm-needed') useClock.getState().doAgain(() => void handOver());
      else if (answer.fault.code.startsWith('dossier.claimed-time')) setDeskError(words);
      else sayFault(answer.fault, language);
      return;
    }
    dropUnfinished(unfinishedReturn(view.id));
    announceDossiers();
    useSession.setState({ cameBack: false });
    const name = view.personal?.applicant.fullName ?? '';
    go({ name: 'return' });
    focusScanField();
    await print(view.id, 'return', {
      printed: t('return.done', { code, name }),
      filed: t('return.doneUnprinted', { code, name }),
      failed: (why) => t('return.donePrintFailed', { code, why }),
    });
  };

  useKeys({
    ...(open ? { 'Ctrl+Enter': () => void handOver() } : {}),
    F9: () => markReady.current?.mark(),
    Escape: () => {
      go({ name: 'return' });
      focusScanField();
    },
  });

  const footer = (
    <>
      <span className="footer-facts"><Button kind="quiet" onClick={() => go({ name: 'dossier', dossier: view.id })}>{t('return.whole')}</Button></span>
      <Button keyHint="Esc" onClick={() => go({ name: 'return' })}>{t('return.other')}</Button>
      {unfinishedResult ? <Button kind={mayHandOver ? 'plain' : 'primary'} ref={mayHandOver ? null : save} keyHint="F9" onClick={() => markReady.current?.mark()}>{t('ready.save')}</Button> : null}
      {open ? <Button kind="primary" ref={save} keyHint="Ctrl+↵" aria-busy={saving} onClick={() => void handOver()}>{saving ? t('return.saving') : t('return.save')}</Button> : null}
    </>
  );
  return (
    <Screen title={mayHandOver ? t('return.title') : t('nav.result')} footer={footer}>
      {view.readOnly ? <Banner tone="warning">{t('state.readOnly')}</Banner> : null}
      {before ? <Banner tone="waiting">{t('return.already', { at: formatDateTime(before.at) })}</Banner> : null}
      <div className="two-columns">
        <DossierCard view={view} />
        <div className="stack">
          {unfinishedResult ? <MarkReady view={view} ref={markReady} /> : null}
          {open ? <ReceiverPanel values={values} errors={errors} change={change} results={view.results} /> : null}
        </div>
      </div>
      {open ? (
        <Panel title={t('return.ratingGroup')} className="form-grid">
          <div className="rating-line">
            <Choices
              label={t('return.rating')}
              name="rating"
              value={values.rating}
              choices={(['very', 'yes', 'no', 'none'] as const).map((value) => ({ value, label: t(`return.rating.${value}`) }))}
              onChange={(rating) => change({ rating })}
            />
            <TextInput label={t('return.note')} maxLength={1000} value={values.note} onChange={(event) => change({ note: event.target.value })} />
          </div>
          <ClaimFields label={t('return.claim')} claim={values.claim} error={errors.claim ? t(errors.claim) : deskError} onChange={(claim) => change({ claim })} />
        </Panel>
      ) : null}
    </Screen>
  );
}

interface ReceiverPanelProps {
  values: ReturnValues;
  errors: ReturnErrors;
  results: readonly string[];
  change: (next: Partial<ReturnValues>) => void;
}

function ReceiverPanel({ values, errors, results, change }: ReceiverPanelProps): React.JSX.Element {
  const { t } = useText();
  return (
    <Panel title={t('return.results')} className="form-grid">
      <div className="handed" role="group" aria-label={t('return.results')}>
        {results.length === 0 ? <p className="muted">{t('return.noResults')}</p> : results.map((result, index) => (
          <Checkbox
            key={result}
            label={result}
            checked={values.handed[index] ?? false}
            aria-invalid={errors.handed && !values.handed[index] ? true : undefined}
            onChange={(event) => change({ handed: values.handed.map((one, place) => (place === index ? event.target.checked : one)) })}
          />
        ))}
        {errors.handed ? <FieldError>{t(errors.handed)}</FieldError> : null}
      </div>
      <Choices
        label={t('return.receiver')}
        name="receiver"
        value={values.receiver}
        choices={(['applicant', 'proxy'] as const).map((value) => ({ value, label: t(`return.receiver.${value}`) }))}
        onChange={(receiver) => change({ receiver })}
      />
      {values.receiver === 'proxy' ? (
        <>
          <TextInput label={t('return.receiverName')} maxLength={200} error={errors.receiverName ? t(errors.receiverName) : undefined} value={values.receiverName} onChange={(event) => change({ receiverName: event.target.value })} />
          <TextInput label={t('return.receiverNumber')} code inputMode="numeric" maxLength={20} error={errors.receiverNumber ? t(errors.receiverNumber) : undefined} value={values.receiverNumber} onChange={(event) => change({ receiverNumber: event.target.value })} />
          <TextInput label={t('return.authorisation')} maxLength={300} placeholder={t('reception.authorisationHint')} error={errors.authorisation ? t(errors.authorisation) : undefined} value={values.authorisation} onChange={(event) => change({ authorisation: event.target.value })} />
        </>
      ) : null}
      <Choices
        label={t('return.proof')}
        name="proof"
        value={values.proof}
        choices={(['receipt', 'id'] as const).map((value) => ({ value, label: t(`return.proof.${value}`) }))}
        onChange={(proof) => change({ proof })}
      />
      <Select label={t('return.method')} value={values.method} onChange={(event) => change({ method: event.target.value === 'post' ? 'post' : event.target.value === 'online' ? 'online' : 'counter' })}>
        <option value="counter">{t('reception.channel.counter')}</option>
        <option value="post">{t('reception.channel.post')}</option>
        <option value="online">{t('reception.channel.online')}</option>
      </Select>
    </Panel>
  );
}
