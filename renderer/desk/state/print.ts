import { useCallback } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { RequestOf } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { call } from '../api.ts';
import { useWindow } from './window.ts';

/** What to say after printing: on paper, only as a file because there is no printer, or not at all and why. */
interface Words {
  readonly printed: string;
  readonly filed: string;
  readonly failed: (why: string) => string;
}

/** Which form is printed: form 01, or the slip of the return. */
type Form = NonNullable<RequestOf<'receipt.print'>['form']>;

/** Prints a form of a dossier and says in the status line what came of it; a failure can be tried again. */
export function usePrint(): (dossier: string, form: Form, words: Words) => Promise<void> {
  const { t, language } = useText();
  return useCallback(async (dossier, form, words) => {
    const attempt = async (): Promise<void> => {
      const { say } = useWindow.getState();
      const answer = await call('receipt.print', { dossier, form });
      if (answer.ok) say({ tone: 'positive', words: answer.value.printed ? words.printed : words.filed });
      else say({ tone: 'danger', words: words.failed(sentence(answer.fault, language)), redo: { label: t('reception.printAgain'), act: () => void attempt() } });
    };
    await attempt();
  }, [t, language]);
}
