import { z } from 'zod';
import { useText } from '#renderer/i18n/index.ts';
import { FieldError } from '#renderer/ui/index.ts';

/** Papers to tick, each with its form and number as typed. */
export const tickedPaperSchema = z.object({ code: z.string(), name: z.string(), kind: z.enum(['original', 'certifiedCopy', 'copy']), quantity: z.string(), ticked: z.boolean() });
export type TickedPaper = z.infer<typeof tickedPaperSchema>;

const kinds = ['original', 'certifiedCopy', 'copy'] as const;

interface PapersFieldProps {
  label: string;
  papers: readonly TickedPaper[];
  onChange: (papers: TickedPaper[]) => void;
  error?: string | undefined;
  hint?: string;
  /** Only ticks: form and number do not matter. */
  bare?: boolean;
}

/** Which papers, in which form, how many: one line each. */
export function PapersField({ label, papers, onChange, error, hint, bare = false }: PapersFieldProps): React.JSX.Element {
  const { t } = useText();
  const change = (index: number, next: Partial<TickedPaper>): void => onChange(papers.map((paper, place) => (place === index ? { ...paper, ...next } : paper)));
  return (
    <fieldset className="papers act-papers" aria-label={label}>
      <p className="act-papers-head"><span className="strong">{label}</span>{hint ? <span className="muted small">{hint}</span> : null}</p>
      {papers.length === 0 ? <p className="muted">{t('acts.noPapers')}</p> : null}
      <ul>
        {papers.map((paper, index) => (
          <li key={paper.code}>
            <label className="tick grow">
              <input type="checkbox" checked={paper.ticked} onChange={(event) => change(index, { ticked: event.target.checked })} />
              <span className="paper-name">{index + 1}. {paper.name}</span>
            </label>
            {bare ? null : (
              <>
                <span className="paper-kind">
                  <select className="select" aria-label={t('reception.paperKind', { paper: paper.name })} disabled={!paper.ticked} value={paper.kind} onChange={(event) => change(index, { kind: kinds.find((kind) => kind === event.target.value) ?? 'copy' })}>
                    {kinds.map((kind) => <option key={kind} value={kind}>{t(`reception.paperKind.${kind}`)}</option>)}
                  </select>
                </span>
                <span className="paper-quantity">
                  <input className="input" type="text" inputMode="numeric" maxLength={2} aria-label={t('reception.paperQuantity', { paper: paper.name })} disabled={!paper.ticked} value={paper.quantity} onChange={(event) => change(index, { quantity: event.target.value })} />
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
      {error ? <FieldError>{error}</FieldError> : null}
    </fieldset>
  );
}
