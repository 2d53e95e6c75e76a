import { useCallback } from 'react';
import { formatDueDate } from '#shared/deadline/index.ts';
import type { DossierForm, DossierView, RecordedAct } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { call } from '../../api.ts';
import { usePrint } from '../../state/print.ts';
import { useWindow } from '../../state/window.ts';
import type { ActName } from './offered.ts';

interface After {
  /** The form to be printed at once. */
  readonly prints?: DossierForm | undefined;
  /** A form to be printed if wanted. */
  readonly offers?: DossierForm | undefined;
  /** What the dossier now says and the clerk tells the applicant. */
  readonly tells?: (view: DossierView) => string | undefined;
}

/** After an act is recorded: the form closes, the status line says what came of it, and what is to be printed is. */
export function useFinish(name: ActName | 'submit'): (answer: RecordedAct, after?: After) => Promise<void> {
  const { t } = useText();
  const print = usePrint();
  return useCallback(async ({ dossier, code }, { prints, offers, tells } = {}) => {
    const { go, say } = useWindow.getState();
    const act = t(`order.${name}`);
    go({ name: 'dossier', dossier });
    const view = tells ? await call('dossier.get', { dossier }) : undefined;
    const until = view?.ok && tells ? tells(view.value) : undefined;
    const done = until === undefined ? t('acts.done', { act, code }) : t('acts.doneUntil', { act, code, until });
    if (prints) {
      const form = t(`paper.${prints}`);
      await print(dossier, prints, {
        printed: `${done} ${t('paper.printed', { form })}`, filed: `${done} ${t('paper.filed', { form })}`, failed: (why) => `${done} ${t('paper.failed', { form, why })}`,
      });
      return;
    }
    const form = offers && t(`paper.${offers}`);
    const again = (): void => void (offers && form && print(dossier, offers, { printed: t('paper.printed', { form }), filed: t('paper.filed', { form }), failed: (why) => t('paper.failed', { form, why }) }));
    say({ tone: 'positive', words: done, ...(form ? { redo: { label: t('acts.printForm', { form: form.split(' · ')[0] ?? form }), act: again } } : {}) });
  }, [t, print, name]);
}

/** The new due date, as the clerk tells it. */
export function useTellsDue(): (view: DossierView) => string | undefined {
  const { t, language } = useText();
  return useCallback(({ state }) => (state.due ? t('acts.newDue', { due: formatDueDate(state.due.at, language) }) : undefined), [t, language]);
}
