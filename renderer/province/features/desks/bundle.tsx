import { useState } from 'react';
import { useText, formatCount } from '#renderer/i18n/index.ts';
import { Banner, Button, Panel } from '#renderer/ui/index.ts';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence, type Fault } from '#shared/errors/index.ts';
import type { TakenBundleView } from '#shared/province/index.ts';
import { api } from '../../api.ts';

type State = { readonly kind: 'idle' | 'taking' } | { readonly kind: 'failed'; readonly fault: Fault } | { readonly kind: 'taken'; readonly taken: TakenBundleView };

/** Where an officer takes in what a desk sent by USB, and saves the receipt for the way back. */
export function BundlePanel({ onTaken }: { onTaken: () => void }): React.JSX.Element {
  const { t, language } = useText();
  const [file, setFile] = useState<File>();
  const [state, setState] = useState<State>({ kind: 'idle' });

  const take = async (): Promise<void> => {
    if (!file) return;
    setState({ kind: 'taking' });
    const outcome = await api.takeBundle(file);
    setState(outcome.ok ? { kind: 'taken', taken: outcome.value } : { kind: 'failed', fault: outcome.fault });
    if (outcome.ok) onTaken();
  };

  return (
    <Panel title={t('bundle.title')}>
      <p className="muted">{t('bundle.hint')}</p>
      <div className="province-heading">
        <input type="file" accept=".quaygoi" aria-label={t('bundle.choose')} onChange={(event) => {
          setFile(event.target.files?.[0]);
          setState({ kind: 'idle' });
        }} />
        <Button kind="primary" disabled={!file || state.kind === 'taking'} onClick={() => void take()}>{state.kind === 'taking' ? t('bundle.taking') : t('bundle.take')}</Button>
      </div>
      {state.kind === 'failed' ? <Banner tone="danger">{t('bundle.failed', { why: sentence(state.fault, language) })}</Banner> : null}
      {state.kind === 'taken' ? <Taken taken={state.taken} /> : null}
    </Panel>
  );
}

function Taken({ taken: { desk, agencyName, entries, fresh, writtenAt, refusals, receipt } }: { taken: TakenBundleView }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <>
      <Banner tone={refusals.length > 0 ? 'warning' : 'positive'} action={<Button kind="primary" small onClick={() => save(receipt.name, receipt.text)}>{t('bundle.save')}</Button>}>
        {t('bundle.taken', { desk, agency: agencyName, entries: formatCount(entries, language), fresh: formatCount(fresh, language), at: formatDateTime(writtenAt) })}
      </Banner>
      {refusals.map(({ log, fault }) => <Banner key={log} tone="warning">{t('bundle.refused', { why: sentence(fault, language) })}</Banner>)}
    </>
  );
}

/** Hands a text to the browser as a file to be saved. */
function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
