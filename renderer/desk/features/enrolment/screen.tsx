import { useEffect, useRef, useState } from 'react';
import type { EnrolView, SessionView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, SizeControl, TextInput, ThemeControl, useEnterGoesOn, useKeys } from '#renderer/ui/index.ts';
import { useEnrolment } from '../../state/enrolment.ts';
import { Banners } from '../frame/banners.tsx';
import { faultErrors, groupCode, hasMarks, requestOf, typedErrors, type EnrolErrors, type EnrolField, type Typed } from './form.ts';

interface EnrolmentFormProps {
  session: SessionView;
  view: EnrolView;
  /** From now on a person is at it. */
  onStart: () => void;
}

/** Enrolment (ghi danh quầy): the centre's address, the one-time code and, for more safety, the centre's key. */
export function EnrolmentForm({ session, view, onStart }: EnrolmentFormProps): React.JSX.Element {
  const { t, language } = useText();
  const start = useEnrolment((state) => state.start);
  const [typed, setTyped] = useState<Typed>({ url: view.centreUrl ?? '', code: '', centreKey: '' });
  // What the desk already knows to be wrong stands there from the beginning; later errors come with the answers.
  const [errors, setErrors] = useState<EnrolErrors>(() => (view.fault ? faultErrors(view.fault, typed, t, language) : {}));
  const [busy, setBusy] = useState(false);
  // The desk goes on trying by itself; what the centre said to that is learnt from the view.
  const [heard, setHeard] = useState(view.fault?.code);
  if (!busy && view.fault?.code !== heard) {
    setHeard(view.fault?.code);
    if (view.fault) setErrors(faultErrors(view.fault, typed, t, language));
  }
  /** Counts the attempts whose errors stand now. */
  const [attempt, setAttempt] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const [first] = useState<EnrolField>(typed.url === '' ? 'url' : 'code');

  const change = (next: Partial<Typed>): void => {
    setTyped({ ...typed, ...next });
    const { whole: _, ...rest } = errors;
    setErrors(Object.fromEntries(Object.entries(rest).filter(([field]) => !(field in next))));
  };
  const submit = async (): Promise<void> => {
    if (busy) return;
    const wrong = typedErrors(typed, t);
    setErrors(wrong);
    setAttempt((before) => before + 1);
    if (Object.keys(wrong).length > 0) return;
    onStart();
    setBusy(true);
    const answer = await start(requestOf(typed));
    setBusy(false);
    const fault = answer.ok ? answer.value.fault : answer.fault;
    if (fault && !(answer.ok && answer.value.state === 'pending')) setErrors(faultErrors(fault, typed, t, language));
    setAttempt((before) => before + 1);
  };

  // Only what is wrong asks for the cursor, once an attempt; typing elsewhere is left in peace.
  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);
  useEnterGoesOn(form);
  useKeys({ 'Ctrl+Enter': () => void submit() });

  return (
    <main className="sign-in">
      <Banners banners={session.banners} />
      <form
        className="sign-in-card enrolment panel"
        noValidate
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="sign-in-head">
          <p className="muted">{t('app.name')}</p>
          <h1>{t('enrol.title')}</h1>
        </div>
        <p>{t('enrol.intro')}</p>
        <TextInput
          label={t('enrol.url')} type="url" inputMode="url" maxLength={300} placeholder="https://" autoFocus={first === 'url'} readOnly={busy}
          value={typed.url} error={errors.url} onChange={(event) => change({ url: event.target.value })}
        />
        <TextInput
          label={t('enrol.code')} code maxLength={64} placeholder="XXXX-XXXX-XXXX" autoCapitalize="characters" autoFocus={first === 'code'} readOnly={busy}
          value={typed.code} error={errors.code ?? (hasMarks(typed.code) ? t('enrol.codeMarks') : undefined)}
          onChange={(event) => {
            const { value, selectionStart } = event.target;
            // In the middle of the code the cursor would jump; there it is grouped when the field is left.
            change({ code: selectionStart === value.length ? groupCode(value) : value });
          }}
          onBlur={() => {
            const code = groupCode(typed.code);
            if (code !== typed.code) setTyped({ ...typed, code });
          }}
        />
        <TextInput
          label={t('enrol.key')} code maxLength={100} hint={t('enrol.keyWhy')} readOnly={busy}
          value={typed.centreKey} error={errors.centreKey} onChange={(event) => change({ centreKey: event.target.value })}
        />
        {errors.whole ? <Banner tone="danger">{errors.whole}</Banner> : null}
        <div className="enrolment-end">
          <p className="muted small" role="status">{busy ? t('enrol.trying') : view.state === 'not-enrolled' && view.fault && view.centreUrl !== undefined ? t('enrol.again') : ''}</p>
          <Button kind="primary" type="submit" keyHint="Ctrl+↵" aria-busy={busy}>{t('enrol.submit')}</Button>
        </div>
      </form>
      <div className="row sign-in-looks"><SizeControl /><ThemeControl /></div>
    </main>
  );
}
