import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useRef, useState } from 'react';
import { useForm, type DefaultValues, type FieldPath, type FieldPathValue, type FieldValues, type Resolver, type UseFormReturn } from 'react-hook-form';
import type { z } from 'zod';
import { sentence, type ErrorCode, type Fault } from '#shared/errors/index.ts';
import { channels, type orderOf, type DossierView, type RecordedAct, type RequestOf } from '#shared/ipc/index.ts';
import { isTextKey, plainText, useText, type TextKey } from '#renderer/i18n/index.ts';
import { call } from '../../api.ts';
import { useClock } from '../../state/clock.ts';
import { announceDossiers } from '../../state/dossiers.ts';
import { newId } from '../../state/identity.ts';
import { useSession } from '../../state/session.ts';
import { dropUnfinished, keepUnfinished, useUnfinished } from '../../state/unfinished.ts';
import { sayFault, useWindow } from '../../state/window.ts';

/** Channels that carry an order. */
export type Ordering = keyof typeof orderOf;

/** Ids of one act, minted once. `second` is for what the act itself names, such as a hop. */
export interface ActIds {
  readonly act: string;
  readonly dossier: string;
  readonly second: string;
}

/** How one act's form turns into its command, and where on the form a refusal stands. */
export interface ActForm<Values extends FieldValues, Name extends Ordering> {
  readonly channel: Name;
  /** What can stand in the fields while it is typed; also how a draft is read back. */
  readonly values: z.ZodType<Values, Values>;
  /** The command as typed. What does not fit its schema is shown at the field that `places` names. */
  readonly command: (values: Values, ids: ActIds) => RequestOf<Name>;
  /** For the first part of a path in the command: the field on the form, and what to say there. */
  readonly places: Readonly<Partial<Record<string, readonly [field: FieldPath<Values>, words: TextKey]>>>;
  /** What the schema of the command cannot know. */
  readonly check?: (values: Values, wrong: (field: FieldPath<Values>, words: TextKey) => void) => void;
  /** Refusals of the desk that stand at a field; every other stands over the form. */
  readonly faults?: Readonly<Partial<Record<ErrorCode, FieldPath<Values>>>>;
}

/** States an act's form; the shape of its values follows from their schema. */
export function actForm<Values extends FieldValues, Name extends Ordering>(form: ActForm<Values, Name>): ActForm<Values, Name> {
  return form;
}

/** What every form of an act gets. */
export interface ActFormProps {
  readonly view: DossierView;
  readonly onBack: () => void;
}

export interface Act<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>;
  /** What stands under a field. */
  readonly error: (name: FieldPath<Values>) => string | undefined;
  /** Why the desk refused the act as a whole. */
  readonly refusal: string | undefined;
  readonly saving: boolean;
  readonly save: () => void;
  /** Sets a field that is no plain input. */
  readonly change: <Name extends FieldPath<Values>>(name: Name, value: FieldPathValue<Values, Name>) => void;
}

/** Faults after which the act may have been recorded all the same. */
const uncertain: readonly ErrorCode[] = ['desk.unavailable', 'desk.no-answer', 'message.malformed', 'internal.unexpected'];

/**
 * The form of one act on one dossier: checked by the command's own schema, kept while it is not saved, sent under one id however often
 * it is tried. `done` gets the answer once it is recorded.
 */
export function useAct<Values extends FieldValues, Name extends Ordering>(
  { channel, values: schema, command, places, check, faults = {} }: ActForm<Values, Name>, dossier: string, usual: NoInfer<DefaultValues<Values>>, done: (answer: RecordedAct, values: Values) => void,
): Act<Values> {
  const { t, language } = useText();
  const key = `${channel} ${dossier}`;
  const [begun] = useState(() => {
    const kept = useUnfinished.getState().acts.get(key);
    const read = kept && schema.safeParse(kept.values);
    return kept && read?.success ? { act: kept.act, second: kept.second, kept: read.data } : { act: newId(), second: newId(), kept: undefined };
  });
  const { act, second } = begun;
  const latest = useRef({ command, places, check });
  useEffect(() => {
    latest.current = { command, places, check };
  });
  const [resolver] = useState<Resolver<Values>>(() => zodResolver(schema.superRefine((values, context) => {
    const wrong = (field: string, message: string): void => context.addIssue({ code: 'custom', path: field.split('.'), message });
    const now = latest.current;
    now.check?.(values, wrong);
    const parsed = channels[channel].request.safeParse(now.command(values, { act, dossier, second }));
    for (const { path, code } of parsed.success ? [] : parsed.error.issues) {
      const [field, words] = [3, 2, 1].map((parts) => now.places[path.slice(0, parts).join('.')]).find((found) => found !== undefined) ?? ['root', 'acts.tooLong'] as const;
      wrong(field, code === 'too_big' ? 'acts.tooLong' : words);
    }
  })));
  const form = useForm<Values>({ defaultValues: usual, resolver, shouldFocusError: true });
  const [refusal, setRefusal] = useState<string>();
  const [saving, setSaving] = useState(false);
  const busy = useRef(false);
  /** What the first attempt sent; a repeated answer speaks about that and nothing later. */
  const sent = useRef<string>(undefined);

  useEffect(() => {
    if (begun.kept) form.reset(begun.kept, { keepDefaultValues: true });
    return form.subscribe({
      formState: { values: true },
      callback: ({ type, values }) => {
        if (type !== 'change') return;
        keepUnfinished(key, { act, second, values });
        setRefusal(undefined);
      },
    });
  }, [begun, form, key, act, second]);

  const refuse = (fault: Fault): void => {
    const words = sentence(fault, language);
    const named = fault.code === 'form.invalid' ? places[String(fault.params['fields']).split(',')[0] ?? ''] : undefined;
    const field = faults[fault.code] ?? named?.[0];
    if (fault.code === 'clock.confirm-needed') useClock.getState().doAgain(save);
    else if (field !== undefined) form.setError(field, { type: 'desk', message: named?.[1] ?? words }, { shouldFocus: true });
    else if (fault.code === 'desk.unavailable' || fault.code === 'session.required') sayFault(fault, language);
    else setRefusal(words);
  };

  const send = async (values: Values): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setSaving(true);
    setRefusal(undefined);
    const order = command(values, { act, dossier, second });
    const text = JSON.stringify(order);
    sent.current ??= text;
    const answer = await call(channel, order);
    busy.current = false;
    setSaving(false);
    if (!answer.ok) {
      if (!uncertain.includes(answer.fault.code)) sent.current = undefined;
      refuse(answer.fault);
      return;
    }
    dropUnfinished(key);
    useSession.setState({ cameBack: false });
    announceDossiers();
    // Every channel of an order answers so.
    const recorded: RecordedAct = answer.value;
    done(recorded, values);
    if (recorded.repeated && sent.current !== text) useWindow.getState().say({ tone: 'danger', words: t('acts.repeated', { code: recorded.code }) });
  };

  function save(): void {
    if (!busy.current) void form.handleSubmit(send)();
  }
  const { formState } = form;
  return {
    form, refusal, saving, save,
    change: (name, value) => {
      form.setValue(name, value, { shouldDirty: true, shouldValidate: formState.isSubmitted });
      keepUnfinished(key, { act, second, values: form.getValues() });
      setRefusal(undefined);
    },
    error: (name) => {
      const message = form.getFieldState(name, formState).error?.message;
      return message === undefined ? undefined : isTextKey(message) ? plainText(language, message) : message;
    },
  };
}
