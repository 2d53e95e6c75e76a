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

/** Which form is printed. */
type Form = NonNullable<RequestOf<'receipt.print'>['form']>;

type Printed = Awaited<ReturnType<typeof call<'receipt.print'>>>;

/** Says in the status line what came of a print; a failure can be tried again. */
function usePrinting(): (print: () => Promise<Printed>, words: Words) => Promise<void> {
  const { t, language } = useText();
  return useCallback(async (print, words) => {
    const attempt = async (): Promise<void> => {
      const { say } = useWindow.getState();
      const answer = await print();
      if (answer.ok) say({ tone: 'positive', words: answer.value.printed ? words.printed : words.filed });
      else say({ tone: 'danger', words: words.failed(sentence(answer.fault, language)), redo: { label: t('reception.printAgain'), act: () => void attempt() } });
    };
    await attempt();
  }, [t, language]);
}

/** Prints a form of a dossier. */
export function usePrint(): (dossier: string, form: Form, words: Words) => Promise<void> {
  const print = usePrinting();
  return useCallback((dossier, form, words) => print(() => call('receipt.print', { dossier, form }), words), [print]);
}

/** Prints the sheet of a day's close, `yyyy-MM-dd`. */
export function usePrintCloseSheet(): (date: string, words: Words) => Promise<void> {
  const print = usePrinting();
  return useCallback((date, words) => print(() => call('close-sheet.print', { date }), words), [print]);
}

/** Prints the register (form 07) of the days from one to another, both included, `yyyy-MM-dd`. */
export function usePrintRegister(): (from: string, to: string, words: Words) => Promise<void> {
  const print = usePrinting();
  return useCallback((from, to, words) => print(() => call('register.print', { from, to }), words), [print]);
}
