import { useWatch, type Control } from 'react-hook-form';
import { useText, type Translate } from '#renderer/i18n/index.ts';
import type { TickedPaper } from '../papers-field.tsx';
import type { CorrectValues } from './correct.tsx';

interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

function paperWords(paper: TickedPaper | undefined, t: Translate): string {
  return paper?.ticked ? `${t(`reception.paperKind.${paper.kind}`)} · ${paper.quantity}` : t('detail.absent');
}

/** What differs from how it stands, field by field, in words. */
function changesOf(before: CorrectValues, after: CorrectValues, t: Translate): Change[] {
  const texts: readonly (readonly [keyof CorrectValues & ('fullName' | 'idNumber' | 'birth' | 'address' | 'phone' | 'email' | 'note' | 'sets'), string])[] = [
    ['fullName', after.kind === 'citizen' ? t('reception.fullName') : t('reception.organisationName')],
    ['idNumber', after.kind === 'citizen' ? t('reception.idNumber') : t('reception.organisationNumber')],
    ['birth', t('reception.birth')], ['address', t('reception.address')], ['phone', t('reception.phone')], ['note', t('reception.note')], ['sets', t('reception.sets')],
  ];
  const submitter = (values: CorrectValues): string => (values.bySubmitter ? [values.submitterName, values.submitterNumber, values.authorisation].filter(Boolean).join(' · ') : '');
  const all: Change[] = [
    { field: t('reception.kind'), before: t(`reception.kind.${before.kind}`), after: t(`reception.kind.${after.kind}`) },
    ...texts.map(([name, field]) => ({ field, before: before[name].trim(), after: after[name].trim() })),
    { field: t('reception.sex'), before: t(`reception.sex.${before.sex === '' ? 'none' : before.sex}`), after: t(`reception.sex.${after.sex === '' ? 'none' : after.sex}`) },
    { field: t('reception.submitterName'), before: submitter(before), after: submitter(after) },
    ...after.papers.map((paper) => ({ field: paper.name, before: paperWords(before.papers.find(({ code }) => code === paper.code), t), after: paperWords(paper, t) })),
  ];
  return all.filter((change) => change.before !== change.after);
}

/** What will be changed, before it is. */
export function Changes({ control, before }: { control: Control<CorrectValues>; before: CorrectValues }): React.JSX.Element {
  const { t } = useText();
  const now = useWatch({ control });
  const changes = changesOf(before, { ...before, ...now, papers: now.papers?.map((paper, index) => ({ ...before.papers[index], ...paper })).filter(isWhole) ?? before.papers }, t);
  const words = (text: string): string => (text === '' ? t('acts.emptyValue') : text);
  return (
    <div className="changes" role="status" aria-label={t('acts.changes')}>
      <p className="strong">{t('acts.changes')}</p>
      {changes.length === 0 ? <p className="muted">{t('acts.noChanges')}</p> : (
        <ul>
          {changes.map((change) => (
            <li key={change.field}><span className="muted">{change.field}:</span> <del>{words(change.before)}</del> → <strong>{words(change.after)}</strong></li>
          ))}
        </ul>
      )}
    </div>
  );
}

function isWhole(paper: Partial<TickedPaper>): paper is TickedPaper {
  return paper.code !== undefined && paper.name !== undefined && paper.kind !== undefined && paper.quantity !== undefined && paper.ticked !== undefined;
}
