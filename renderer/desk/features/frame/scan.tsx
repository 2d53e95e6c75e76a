import { useEffect, useRef, useState } from 'react';
import type { ScanResult } from '#shared/ipc/index.ts';
import type { Procedure } from '#shared/catalogue/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { ScanField, StateWord, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { stateOf } from '../../state/dossier-state.ts';
import { useScreen } from '../../state/screens.ts';
import { useMay, useSession } from '../../state/session.ts';
import { focusScanField, sayFault, scanFieldId, useWindow } from '../../state/window.ts';
import { useScannerRescue } from './rescue.ts';

interface ScanBoxProps {
  /** A card was scanned for a reception. */
  onCard: (card: Extract<ScanResult, { kind: 'card' }>) => void;
  /** A procedure was scanned or chosen. */
  onProcedure: (procedure: Procedure) => void;
  /** Milliseconds, to tell a scanner's keys from a person's. */
  now: () => number;
}

type Found = Extract<ScanResult, { kind: 'search' }>;

/** The one scan field: tells a card from a receipt, a code, a number or words, and does the obvious thing. */
export function ScanBox({ onCard, onProcedure, now }: ScanBoxProps): React.JSX.Element {
  const { t, language } = useText();
  const { go, say } = useWindow();
  const screen = useScreen();
  const mayReceive = useMay('dossier.receive');
  const mayHandOver = useMay('dossier.hand-over');
  const mayMarkReady = useMay('dossier.mark-ready');
  const today = useSession((state) => state.today);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>();
  const [active, setActive] = useState(0);
  const asked = useRef(0);

  const closeList = (): void => setFound(undefined);
  const choices = found ? [...found.dossiers.map((line) => ({ kind: 'dossier', line }) as const), ...found.procedures.map((procedure) => ({ kind: 'procedure', procedure }) as const)] : [];

  const finish = (): void => {
    setText('');
    closeList();
  };
  const showFound = (result: Found): void => {
    setFound(result);
    setActive(0);
    focusScanField();
  };
  const openDossier = (dossier: string): void => {
    finish();
    go(mayHandOver || mayMarkReady ? { name: 'return', dossier } : { name: 'dossier', dossier });
  };
  const openProcedure = (procedure: Procedure): void => {
    finish();
    if (!mayReceive) {
      say({ tone: 'plain', words: t('scan.noReception') });
      return;
    }
    go({ name: 'reception' });
    onProcedure(procedure);
  };
  const openCard = (card: Extract<ScanResult, { kind: 'card' }>): void => {
    finish();
    if (screen.name !== 'return' && !mayReceive) {
      showFound({ kind: 'search', text: card.applicant.fullName, dossiers: card.dossiers, procedures: [] });
      return;
    }
    if (screen.name !== 'return') {
      go({ name: 'reception' });
      onCard(card);
      return;
    }
    // At the return the card stands for a lost receipt.
    const waiting = card.dossiers.filter((line) => line.stage !== 'returned');
    const [only] = waiting;
    if (only && waiting.length === 1) go({ name: 'return', dossier: only.id });
    else go({ name: 'return', choices: waiting });
    say(waiting.length === 0 ? { tone: 'danger', words: t('scan.noDossiers') } : waiting.length > 1 ? { tone: 'plain', words: t('scan.choose', { count: waiting.length }) } : undefined);
  };

  const submit = async (scanned: string): Promise<void> => {
    const mine = (asked.current += 1);
    closeList();
    const answer = await call('scan.resolve', { text: scanned });
    if (mine !== asked.current) return;
    if (!answer.ok) {
      sayFault(answer.fault, language);
      focusScanField();
      return;
    }
    const result = answer.value;
    if (result.kind === 'card') openCard(result);
    else if (result.kind === 'dossier') openDossier(result.dossier);
    else if (result.kind === 'procedure') openProcedure(result.procedure);
    // Procedures are found for a reception; to the others they would only be in the way.
    else showFound(mayReceive ? result : { ...result, procedures: [] });
  };

  useKeys({ F3: focusScanField });
  useScannerRescue((scanned) => {
    focusScanField();
    say({ tone: 'plain', words: t('scan.rescued') });
    void submit(scanned);
  }, now);
  useFocusWhenIdle();

  const choose = (index: number): void => {
    const choice = choices[index];
    if (choice?.kind === 'dossier') openDossier(choice.line.id);
    else if (choice) openProcedure(choice.procedure);
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.ctrlKey || event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (found && choices.length > 0) choose(active);
      else void submit(text);
    } else if (choices.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : choices.length - 1)) % choices.length);
    } else if (event.key === 'Escape' && (found !== undefined || text !== '')) {
      event.preventDefault();
      finish();
    }
  };

  const option = (index: number, children: React.ReactNode): React.JSX.Element => (
    <div
      key={index}
      id={`scan-option-${index}`}
      className="option"
      role="option"
      tabIndex={-1}
      aria-selected={index === active}
      onMouseEnter={() => setActive(index)}
      onMouseDown={(event) => {
        event.preventDefault();
        choose(index);
      }}
    >
      {children}
    </div>
  );
  return (
    <ScanField
      id={scanFieldId}
      label={t('scan.label')}
      keyHint="F3"
      role="combobox"
      aria-expanded={found !== undefined}
      aria-controls="scan-results"
      aria-autocomplete="none"
      aria-activedescendant={choices.length > 0 ? `scan-option-${active}` : undefined}
      maxLength={4096}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        closeList();
      }}
      onKeyDown={onKeyDown}
      onBlur={closeList}
      list={(
        <div className="options scan-options" id="scan-results" role="listbox" aria-label={t('scan.results')} hidden={found === undefined}>
          {found && found.dossiers.length > 0 ? <div className="group" role="presentation">{t('scan.dossiers')}</div> : null}
          {found?.dossiers.map((line, index) => {
            const { tone, words } = stateOf(line, today, t);
            return option(index, (
              <>
                <span className="code">{line.code}</span>
                <span className="grow">{line.applicantName} <span className="muted">· {line.procedureName}</span></span>
                <StateWord tone={tone}>{words}</StateWord>
              </>
            ));
          })}
          {found && found.procedures.length > 0 ? <div className="group" role="presentation">{t('scan.procedures')}</div> : null}
          {found?.procedures.map((procedure, index) => option(found.dossiers.length + index, (
            <>
              <span className="code muted">{procedure.code}</span>
              <span className="grow">{procedure.name}</span>
            </>
          )))}
          {found && choices.length === 0 ? <div className="nothing">{t('scan.nothing', { text: found.text })}</div> : null}
        </div>
      )}
    />
  );
}

/** Brings the cursor back to the scan field whenever it would stand nowhere, unless words of the page are being marked. */
function useFocusWhenIdle(): void {
  useEffect(() => {
    const idle = (): void => {
      setTimeout(() => {
        const nowhere = document.activeElement === null || document.activeElement === document.body;
        if (nowhere && document.hasFocus() && document.getSelection()?.isCollapsed !== false) focusScanField();
      });
    };
    idle();
    document.addEventListener('focusout', idle);
    document.addEventListener('mouseup', idle);
    window.addEventListener('focus', idle);
    return () => {
      document.removeEventListener('focusout', idle);
      document.removeEventListener('mouseup', idle);
      window.removeEventListener('focus', idle);
    };
  }, []);
}
