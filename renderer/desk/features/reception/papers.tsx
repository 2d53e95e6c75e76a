import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { useText } from '#renderer/i18n/index.ts';
import { FieldError, Panel, TextInput } from '#renderer/ui/index.ts';
import { useErrorWords } from './errors.ts';
import { missingPapers } from './form.ts';
import type { ReceptionWork } from './work.ts';

const kinds = ['original', 'certifiedCopy', 'copy'] as const;

/** The papers (giấy tờ) of the dossier, filled in from the procedure's list; only what differs is touched. */
export function PapersPanel({ work, actions }: { work: ReceptionWork; actions?: ReactNode }): React.JSX.Element {
  const { t } = useText();
  const { control, register } = work.form;
  const error = useErrorWords(work.form);
  const papers = useWatch({ control, name: 'papers' });
  const missing = missingPapers(papers);
  const count = papers.length === 0 ? null : (
    <span className="muted small">{t('reception.papersCount', { present: papers.filter((paper) => paper.present).length, total: papers.length })}</span>
  );
  return (
    <Panel title={t('reception.papers')} aside={<span className="row">{count}{actions}</span>} bare className="papers">
      {papers.length === 0 ? <p className="inside muted">{t('reception.chooseFirst')}</p> : (
        <ul>
          {papers.map((paper, index) => (
            <li key={paper.code}>
              <label className="tick grow">
                <input type="checkbox" {...register(`papers.${index}.present`)} />
                <span className="paper-name">{index + 1}. {paper.name}{paper.required ? '' : <span className="muted"> ({t('reception.optional')})</span>}</span>
              </label>
              <span className="paper-kind">
                <select className="select" aria-label={t('reception.paperKind', { paper: paper.name })} disabled={!paper.present} {...register(`papers.${index}.kind`)}>
                  {kinds.map((kind) => <option key={kind} value={kind}>{t(`reception.paperKind.${kind}`)}</option>)}
                </select>
              </span>
              <span className="paper-quantity">
                <input
                  className="input"
                  type="text"
                  inputMode="numeric"
                  maxLength={3}
                  aria-label={t('reception.paperQuantity', { paper: paper.name })}
                  aria-invalid={error(`papers.${index}.quantity`) ? true : undefined}
                  disabled={!paper.present}
                  {...register(`papers.${index}.quantity`)}
                />
              </span>
              {error(`papers.${index}.quantity`) ? <FieldError>{error(`papers.${index}.quantity`)}</FieldError> : null}
            </li>
          ))}
        </ul>
      )}
      {papers.length === 0 ? null : (
        <div className="inside papers-note">
          {missing.length > 0 ? <p className="state-warning missing" role="status">{t('reception.missing', { papers: missing.map((paper) => paper.name).join(', ') })}</p> : null}
          <TextInput label={missing.length > 0 ? t('reception.reasonMissing') : t('reception.note')} maxLength={1000} error={error('note')} {...register('note')} />
        </div>
      )}
    </Panel>
  );
}
