import { useCallback } from 'react';
import { sentence } from '#shared/errors/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { call } from '../api.ts';
import { useWindow } from './window.ts';

/** What to say after printing: on paper, only as a file because there is no printer, or not at all and why. */
interface Words {
  readonly printed: string;
  readonly filed: string;
  readonly failed: (why: string) => string;
}

/** Prints the receipt of a dossier and says in the status line what came of it; a failure can be tried again. */
export function usePrint(): (dossier: string, words: Words) => Promise<void> {
  const { t, language } = useText();
  return useCallback(async (dossier, words) => {
    const attempt = async (): Promise<void> => {
      const { say } = useWindow.getState();
      const answer = await call('receipt.print', { dossier });
      if (answer.ok) say({ tone: 'positive', words: answer.value.printed ? words.printed : words.filed });
      else say({ tone: 'danger', words: words.failed(sentence(answer.fault, language)), redo: { label: t('reception.printAgain'), act: () => void attempt() } });
    };
    await attempt();
  }, [t, language]);
}
