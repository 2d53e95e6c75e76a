import { useState } from 'react';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { ReadReceiptView, WrittenBundle } from '#shared/ipc/index.ts';
import { formatCount, formatSize, useText } from '#renderer/i18n/index.ts';
import { Banner, Panel } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useOnce } from '../../state/once.ts';
import { sayFault, useWindow } from '../../state/window.ts';

/** What the last file was, written for the centre or read from it. */
export type Carried = { readonly kind: 'written'; readonly file: WrittenBundle } | { readonly kind: 'read'; readonly receipt: ReadReceiptView };

interface Carry {
  readonly busy: boolean;
  readonly result: Carried | undefined;
  readonly write: () => void;
  readonly read: () => void;
}

/** The way by USB: the shell asks for the file, the desk process writes or reads it. */
export function useCarry(): Carry {
  const { t, language } = useText();
  const say = useWindow((state) => state.say);
  const { busy, once } = useOnce();
  const [result, setResult] = useState<Carried>();

  return {
    busy,
    result,
    write: () => once(async () => {
      const answer = await call('bundle.export', {});
      if (!answer.ok) return sayFault(answer.fault, language);
      if (!answer.value.chosen) return;
      setResult({ kind: 'written', file: answer.value });
      say({ tone: 'positive', words: t('carry.written') });
    }),
    read: () => once(async () => {
      const answer = await call('bundle.read-receipt', {});
      if (!answer.ok) return sayFault(answer.fault, language);
      if (!answer.value.chosen) return;
      setResult({ kind: 'read', receipt: answer.value });
      say({ tone: answer.value.refusals.length > 0 ? 'danger' : 'positive', words: t('carry.wasRead') });
    }),
  };
}

/** How the way by USB goes, and what became of the last file. */
export function CarryPanel({ result }: { result: Carried | undefined }): React.JSX.Element {
  const { t } = useText();
  return (
    <Panel title={t('carry.title')} className="wide-facts">
      {result === undefined ? <p className="muted">{t('carry.hint')}</p> : result.kind === 'written' ? <Written file={result.file} /> : <WasRead receipt={result.receipt} />}
    </Panel>
  );
}

function Written({ file: { name, folder, entries, bytes, left } }: { file: WrittenBundle }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <>
      <dl className="facts">
        <dt>{t('carry.file')}</dt><dd className="code">{name}</dd>
        <dt>{t('carry.folder')}</dt><dd className="code">{folder}</dd>
        <dt>{t('carry.holds')}</dt><dd>{t('carry.holdsWords', { entries: formatCount(entries, language), size: formatSize(bytes, language) })}</dd>
      </dl>
      {left > 0 ? <Banner tone="warning">{t('carry.left', { entries: formatCount(left, language) })}</Banner> : null}
      <p>{t('carry.next')}</p>
    </>
  );
}

function WasRead({ receipt: { at, marked, waiting, refusals } }: { receipt: ReadReceiptView }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <>
      <dl className="facts">
        <dt>{t('carry.takenAt')}</dt><dd>{formatDateTime(at)}</dd>
        <dt>{t('carry.marked')}</dt><dd>{t('carry.entries', { entries: formatCount(marked, language) })}</dd>
        <dt>{t('sync.waiting')}</dt><dd>{waiting === 0 ? t('sync.nothingWaiting') : t('carry.entries', { entries: formatCount(waiting, language) })}</dd>
      </dl>
      {refusals.map(({ log, fault }) => <Banner key={log} tone="warning">{t('carry.refused', { why: sentence(fault, language) })}</Banner>)}
    </>
  );
}
