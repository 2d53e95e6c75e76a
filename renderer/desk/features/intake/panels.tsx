import { useCallback } from 'react';
import { useWatch } from 'react-hook-form';
import { procedureSchema } from '#shared/catalogue/index.ts';
import { formatDueDate } from '#shared/deadline/index.ts';
import { openSupplement, type SubmitCommand } from '#shared/dossier/index.ts';
import type { DossierForm, DossierView, RecordedAct } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { useFinish, RefuseReception, RequestSupplement } from '../acts/index.ts';
import { handedInOf, missingPapers } from '../reception/form.ts';
import type { ReceptionWork } from '../reception/work.ts';

/** What else can be done with what was brought to the counter. */
export type CounterAct = 'requestSupplement' | 'refuseReception';

interface CounterPanelProps {
  work: ReceptionWork;
  act: CounterAct;
  onBack: () => void;
}

/** A supplement is asked for, or reception refused, with what was typed: the dossier begins with it (forms 02 and 03). */
export function CounterPanel({ work, act, onBack }: CounterPanelProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish(act);
  const values = useWatch({ control: work.form.control, compute: (all) => all });
  const procedure = procedureSchema.safeParse(values.procedure);
  // What was submitted is in the log already.
  const intake: Omit<SubmitCommand, 'act' | 'dossier'> | undefined = procedure.success && values.submission === null ? handedInOf({ ...values, procedure: procedure.data }) : undefined;
  const tells = useCallback(({ state }: DossierView) => {
    const by = openSupplement(state)?.requested.completeBy;
    return by === undefined ? undefined : t('acts.untilSupplement', { at: formatDueDate(by, language) });
  }, [t, language]);
  const done = (prints: DossierForm) => (answer: RecordedAct): void => {
    onBack();
    void work.leave().then(() => finish(answer, { prints, tells }));
  };
  const shared = { dossier: work.dossier(), before: work.intakeStands, onBack, ...(intake ? { intake } : {}) };
  return act === 'refuseReception' ? <RefuseReception {...shared} onDone={done('refusal')} /> : (
    <RequestSupplement
      {...shared}
      key={procedure.data?.code ?? ''}
      papers={procedure.data?.papers ?? []}
      missing={missingPapers(values.papers).map(({ code }) => code)}
      effect="none"
      onDone={done('supplement')}
    />
  );
}
