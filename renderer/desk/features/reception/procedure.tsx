import { Controller, useWatch } from 'react-hook-form';
import { explain, formatDueDate, termText } from '#shared/deadline/index.ts';
import { sentence, type Fault } from '#shared/errors/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Button, Combobox, FieldError, Panel, TextInput } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useClock } from '../../state/clock.ts';
import { sayFault } from '../../state/window.ts';
import { useErrorWords } from './errors.ts';
import { IntakeOptions } from '../intake/options.tsx';
import { usePreview } from './preview.ts';
import type { ReceptionWork } from './work.ts';

interface ProcedurePanelProps {
  work: ReceptionWork;
  /** After a procedure is chosen: where the cursor goes. */
  onChosen: () => void;
}

/** Which procedure, and the due date with its reason. */
export function ProcedurePanel({ work, onChosen }: ProcedurePanelProps): React.JSX.Element {
  const { t, language } = useText();
  const { form } = work;
  const error = useErrorWords(form);
  const [procedure, submission] = useWatch({ control: form.control, name: ['procedure', 'submission'] });
  const { preview, fault, askAgain } = usePreview(procedure?.code, true);

  return (
    <Panel title={t('reception.procedureGroup')} className="form-grid">
      <Controller
        control={form.control}
        name="procedure"
        render={({ field }) => (submission !== null && procedure !== null ? (
          <TextInput label={t('reception.procedure')} readOnly value={procedure.name} title={t('intake.fixedProcedure')} />
        ) : (
          <Combobox
            label={t('reception.procedure')}
            inputRef={field.ref}
            error={error('procedure')}
            placeholder={t('reception.procedurePlaceholder')}
            value={procedure ?? undefined}
            words={(one) => one.name}
            itemKey={(one) => `${one.code}-${one.version}`}
            option={(one) => (
              <>
                <span className="code muted">{one.code}</span>
                <span className="grow">{one.name}</span>
                <span className="muted small nowrap">{termText(one.term, language)}</span>
              </>
            )}
            nothing={t('reception.noProcedure')}
            search={async (text) => {
              const answer = await call('procedure.search', { text });
              if (answer.ok) return answer.value.procedures;
              sayFault(answer.fault, language);
              return [];
            }}
            onChoose={(one) => {
              work.chooseProcedure(one);
              onChosen();
            }}
          />
        ))}
      />
      {procedure === null ? <p className="muted due-empty">{t('reception.chooseFirst')}</p> : (
        <>
          <p className="procedure-facts">
            <span className="code">{procedure.code}</span> · {procedure.field.name} · {termText(procedure.term, language)}
          </p>
          <div className="due">
            <span className="muted">{t('reception.due')}</span>
            {fault ? <DueFault fault={fault} askAgain={askAgain} /> : (
              <output className="due-words" aria-label={t('reception.due')}>
                {preview ? <strong>{formatDueDate(preview.due.at, language)}</strong> : <span className="muted">{t('reception.computing')}</span>}
              </output>
            )}
            {preview ? (
              <p className="due-why">
                {t('reception.because')}: {(language === 'vi' ? preview.explanation : explain(preview.due, language)).filter((words) => !words.includes(formatDueDate(preview.due.at, language))).join(' · ')}
              </p>
            ) : null}
            {preview?.due.provisional ? <p className="due-why state-warning">{t('reception.provisionalDue')}</p> : null}
          </div>
        </>
      )}
      <IntakeOptions work={work} />
    </Panel>
  );
}

/** Why there is no due date, where it would stand; a clock that is behind can be put right from here. */
function DueFault({ fault, askAgain }: { fault: Fault; askAgain: () => void }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <div className="due-fault">
      <FieldError>{sentence(fault, language)}</FieldError>
      {fault.code === 'clock.confirm-needed' ? (
        <Button
          small
          onClick={() => {
            useClock.getState().doAgain(askAgain);
            useClock.getState().ask(fault);
          }}
        >
          {t('clock.title')}
        </Button>
      ) : null}
    </div>
  );
}
