import { useEffect, useRef, type ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Panel, useKeys } from '#renderer/ui/index.ts';
import { ScreenActions } from '../frame/screen.tsx';
import type { Act } from './use-act.ts';

interface ActPanelProps<Values extends FieldValues> {
  title: string;
  act: Act<Values>;
  /** Asked before it is sent; false keeps it here. */
  before?: (() => Promise<boolean>) | undefined;
  onBack: () => void;
  children?: ReactNode;
  /** What follows from it, in a sentence or two. */
  words?: ReactNode;
  /** It cannot be undone by a correction. */
  final?: boolean;
  /** What the confirming button says. */
  confirm?: string | undefined;
}

/** The form of one act, in place: what follows from it, the fields, the refusal, one key to confirm and one to step back. */
export function ActPanel<Values extends FieldValues>({ title, act, before, onBack, children, words, final = false, confirm }: ActPanelProps<Values>): React.JSX.Element {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const save = (): void => {
    if (!before) act.save();
    else void before().then((ready) => {
      if (ready) act.save();
    });
  };
  useKeys({ 'Ctrl+Enter': save });
  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('.act-fields :is(input, select, textarea):not(:disabled)') ?? document.querySelector<HTMLElement>('.screen-actions .button-primary');
    first?.focus();
    box.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    <div ref={box} className="act" role="group" aria-label={title}>
      <Panel title={title} aside={<span className="muted small">{t('acts.keptHint')}</span>} bare className="form-grid act-panel">
        <div className="inside act-fields">
          {words ? <div className="act-words muted">{words}</div> : null}
          {children}
        </div>
        {act.refusal ? <div className="act-refusal"><Banner tone="danger">{act.refusal}</Banner></div> : null}
        <ScreenActions>
          {final ? <span className="state-warning small grow">{t('acts.cannotUndo')}</span> : <span className="grow" />}
          <Button keyHint="Esc" onClick={onBack}>{t('acts.back')}</Button>
          <Button kind="primary" keyHint="Ctrl+↵" aria-busy={act.saving} onClick={save}>{act.saving ? t('acts.saving') : (confirm ?? t('acts.save'))}</Button>
        </ScreenActions>
      </Panel>
    </div>
  );
}
