import { zodResolver } from '@hookform/resolvers/zod';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { procedureSchema, type Procedure } from '#shared/catalogue/index.ts';
import { sentence, type Fault } from '#shared/errors/index.ts';
import type { DossierLine, DossierView, ScanResult } from '#shared/ipc/index.ts';
import { formatDueDate } from '#shared/deadline/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { call } from '../../api.ts';
import { announceDossiers } from '../../state/dossiers.ts';
import { useClock } from '../../state/clock.ts';
import { loadDraft, useDraft } from '../../state/drafts.ts';
import { newId } from '../../state/identity.ts';
import { useSession } from '../../state/session.ts';
import { focusScanField, sayFault, useWindow } from '../../state/window.ts';
import { commandOf, draftSchema, emptyValues, formSchema, fromCard, handedInOf, intakeFields, mayReturnAtOnce, papersOf, type Ids, type Values } from './form.ts';
import { valuesOf } from './continued.ts';
import { usePrint } from '../../state/print.ts';

/** One reception in the making. It outlives its screen: going to another and back loses nothing. */
export interface ReceptionWork {
  readonly form: UseFormReturn<Values>;
  readonly saving: boolean;
  /** The person's dossiers whose result waits here, known from the card. */
  readonly waitingResults: readonly DossierLine[];
  readonly save: () => void;
  readonly keepDraft: () => Promise<boolean>;
  readonly clear: () => Promise<void>;
  readonly chooseProcedure: (procedure: Procedure) => void;
  /** Records it as submitted only (ghi hồ sơ nộp). */
  readonly submit: () => void;
  /** The id the dossier has or will have. */
  readonly dossier: () => string;
  /** Whether all stands that is needed to say whose dossier it is; marks what does not. */
  readonly intakeStands: () => Promise<boolean>;
  /** After another act on what stands here was recorded: the form is empty for the next. */
  readonly leave: () => Promise<void>;
  /** Goes on with what was submitted; false where its procedure cannot be received now. */
  readonly continueWith: (view: DossierView) => Promise<boolean>;
  readonly takeCard: (card: Extract<ScanResult, { kind: 'card' }>) => void;
}

const freshIds = (): Ids => ({ act: newId(), dossier: newId(), submit: newId() });

/** Keeps the form of the reception, its draft and its saving for whoever is signed in. */
export function useReceptionWork(person: string | undefined): ReceptionWork {
  const { t, language } = useText();
  const form = useForm<Values>({ defaultValues: emptyValues, resolver: zodResolver(formSchema), shouldFocusError: true });
  const draft = useDraft(person === undefined ? undefined : `reception.${person}`);
  const ids = useRef<Ids>(freshIds());
  /** What the first attempt under these ids sent; a repeated answer speaks about that and nothing later. */
  const sent = useRef<string>(undefined);
  const [saving, setSaving] = useState(false);
  const busy = useRef(false);
  const owner = useRef<string>(undefined);
  const [waitingResults, setWaitingResults] = useState<readonly DossierLine[]>([]);
  const say = useWindow((state) => state.say);
  const print = usePrint();

  const startAfresh = useCallback((): void => {
    ids.current = freshIds();
    sent.current = undefined;
    setWaitingResults([]);
    form.reset(emptyValues);
  }, [form]);

  useEffect(() => {
    // Somebody else's form is not this person's; the same person's stands as it was left.
    if (person === undefined || person === owner.current) return;
    owner.current = person;
    startAfresh();
    void loadDraft(`reception.${person}`).then((text) => {
      const found = text === undefined ? undefined : draftSchema.safeParse(parseJson(text));
      if (owner.current !== person || !found?.success || form.formState.isDirty) return;
      ids.current = found.data.ids;
      form.reset(found.data.values, { keepDefaultValues: true });
      say({ tone: 'plain', words: t('reception.draftRestored') });
    });
    // The language must not bring a draft back over what is being typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [person]);

  const remember = useCallback((): void => draft.keep(JSON.stringify({ v: 1, ids: ids.current, values: form.getValues() })), [draft, form]);

  useEffect(() => {
    const watching = form.watch((_, { type }) => {
      if (type === 'change') remember();
    });
    return () => watching.unsubscribe();
  }, [form, remember]);

  const reportFault = (fault: Fault, again: () => void): void => {
    const words = sentence(fault, language);
    if (fault.code === 'procedure.unknown' || fault.code === 'procedure.not-in-force') form.setError('procedure', { type: 'desk', message: words }, { shouldFocus: true });
    else if (fault.code === 'agency.not-competent') form.setError('competent', { type: 'desk', message: words }, { shouldFocus: true });
    else if (fault.code === 'clock.confirm-needed') useClock.getState().doAgain(again);
    else sayFault(fault, language);
  };

  const send = async (values: Values): Promise<void> => {
    const procedure = procedureSchema.safeParse(values.procedure);
    if (!procedure.success || busy.current) return;
    busy.current = true;
    setSaving(true);
    const command = commandOf({ ...values, procedure: procedure.data }, ids.current);
    const text = JSON.stringify(command);
    sent.current ??= text;
    const answer = await call('reception.save', command);
    busy.current = false;
    setSaving(false);
    if (!answer.ok) {
      // Refused outright: nothing was recorded under this content, so the next attempt is a first one.
      if (answer.fault.code !== 'desk.unavailable' && answer.fault.code !== 'message.malformed' && answer.fault.code !== 'internal.unexpected') sent.current = undefined;
      reportFault(answer.fault, save);
      return;
    }
    const { code, dossier, repeated } = answer.value;
    const changedSince = repeated && sent.current !== text;
    useSession.setState({ cameBack: false });
    await draft.drop();
    startAfresh();
    focusScanField();
    announceDossiers();
    if (changedSince) {
      say({ tone: 'danger', words: t('reception.repeated', { code }), redo: { label: t('reception.openDossier'), act: () => useWindow.getState().go({ name: 'dossier', dossier }) } });
      return;
    }
    if (!command.immediate || values.wantsReceipt) say({ tone: 'plain', words: t('reception.printing', { code }) });
    const view = await call('dossier.get', { dossier });
    const due = view.ok && view.value.state.due ? formatDueDate(view.value.state.due.at, language) : '';
    const { fullName: name } = command.personal.applicant;
    if (command.immediate && !values.wantsReceipt) {
      say({ tone: 'positive', words: t('intake.doneImmediate', { code, name }) });
      return;
    }
    await print(dossier, 'reception', {
      printed: t('reception.done', { code, name, due }),
      filed: t('reception.doneUnprinted', { code, due }),
      failed: (why) => t('reception.printFailed', { code, why }),
    });
  };

  const submit = async (): Promise<void> => {
    if (busy.current || !(await form.trigger([...intakeFields], { shouldFocus: true }))) return;
    const values = form.getValues();
    const procedure = procedureSchema.safeParse(values.procedure);
    if (!procedure.success) return;
    busy.current = true;
    const handedIn = handedInOf({ ...values, procedure: procedure.data });
    const answer = await call('submission.save', { act: ids.current.submit, dossier: ids.current.dossier, ...handedIn });
    busy.current = false;
    if (!answer.ok) {
      reportFault(answer.fault, () => void submit());
      return;
    }
    const { code, dossier } = answer.value;
    await leave();
    const view = await call('dossier.get', { dossier });
    const by = view.ok ? view.value.state.submitted?.answerBy : undefined;
    say({
      tone: 'positive',
      words: t('intake.submitted', { code, name: handedIn.personal.applicant.fullName, until: by === undefined ? '' : t('intake.answerBy', { at: formatDueDate(by, language) }) }).trim(),
      redo: { label: t('reception.openDossier'), act: () => useWindow.getState().go({ name: 'dossier', dossier }) },
    });
  };

  const leave = async (): Promise<void> => {
    useSession.setState({ cameBack: false });
    await draft.drop();
    startAfresh();
    focusScanField();
    announceDossiers();
  };

  const save = (): void => {
    // Enter pressed twice must not ask twice; and a second answer could only say "repeated".
    if (!busy.current) void form.handleSubmit(send)();
  };

  return {
    form,
    saving,
    waitingResults,
    save,
    keepDraft: async () => {
      // An empty form is no draft: it would be "restored" at the next sign-in.
      if (form.formState.isDirty) remember();
      return draft.keepNow();
    },
    clear: async () => {
      await draft.drop();
      startAfresh();
      focusScanField();
    },
    submit: () => void submit(),
    dossier: () => ids.current.dossier,
    intakeStands: () => form.trigger([...intakeFields], { shouldFocus: true }),
    leave,
    continueWith: async (view) => {
      const answer = await call('reception.preview', { procedure: view.state.procedure });
      if (!answer.ok) {
        say({ tone: 'danger', words: t('intake.noProcedure', { why: sentence(answer.fault, language) }) });
        return false;
      }
      startAfresh();
      ids.current = { ...freshIds(), dossier: view.id };
      form.reset(valuesOf(view, answer.value.procedure), { keepDefaultValues: true });
      remember();
      return true;
    },
    chooseProcedure: (procedure) => {
      // What was submitted keeps its procedure.
      if (form.getValues('submission') !== null) return;
      form.setValue('procedure', procedure, { shouldDirty: true });
      form.setValue('papers', papersOf(procedure), { shouldDirty: true });
      if (!mayReturnAtOnce(procedure)) form.setValue('immediate', false);
      form.clearErrors(['procedure', 'papers', 'note']);
      remember();
    },
    takeCard: (card) => {
      form.reset({ ...form.getValues(), ...fromCard(card.applicant, card.contradictions) }, { keepDefaultValues: true, keepErrors: true, keepIsSubmitted: true });
      form.clearErrors(['idNumber', 'fullName', 'birth', 'address', 'compared']);
      remember();
      setWaitingResults(card.dossiers.filter((line) => line.stage === 'ready'));
    },
  };
}

/** A draft's text as data; undefined where it is no JSON, which the schema then refuses. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
