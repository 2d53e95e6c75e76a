import { useEffect } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton } from '#renderer/ui/index.ts';
import { useAsked } from '../../state/asked.ts';
import { useMay } from '../../state/session.ts';
import { useWindow } from '../../state/window.ts';
import { LineTable } from '../dossiers/line-table.tsx';
import { Screen } from '../frame/screen.tsx';
import { HandOver } from './hand-over.tsx';

interface ReturnScreenProps {
  dossier: string | undefined;
  /** The dossiers of a person whose card was scanned; one of them is to be chosen. */
  choices: readonly DossierLine[] | undefined;
}

/** Return (trả kết quả): the receipt's scan brings the dossier; without one, what waits to be fetched. */
export function ReturnScreen({ dossier, choices }: ReturnScreenProps): React.JSX.Element {
  return dossier === undefined ? <Choose choices={choices} /> : <Chosen dossier={dossier} />;
}

function Choose({ choices }: { choices: readonly DossierLine[] | undefined }): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const mayHandOver = useMay('dossier.hand-over');
  // Who only records results looks for what is still in progress, not for what waits to be fetched.
  const asked = useAsked('dossier.list', choices ? undefined : { filter: mayHandOver ? 'ready' : 'open', limit: 50 });
  const lines = choices ?? asked.value?.lines;
  const title = choices ? t('return.theirList') : mayHandOver ? t('return.readyList') : t('return.openList');
  return (
    <Screen title={mayHandOver ? t('return.title') : t('nav.result')}>
      <NothingHere title={t('return.emptyTitle')}>{mayHandOver ? t('return.emptyHint') : t('return.emptyHintResult')}</NothingHere>
      {asked.fault ? <Banner tone="danger">{sentence(asked.fault, language)}</Banner> : null}
      <Panel title={title} bare>
        {lines === undefined ? (asked.fault ? null : <Skeleton label={t('ui.loading')} />) : lines.length === 0 ? <p className="inside muted">{mayHandOver ? t('return.noReady') : t('dossiers.empty')}</p> : (
          <LineTable caption={title} lines={lines} onOpen={(line) => go({ name: 'return', dossier: line.id })} />
        )}
      </Panel>
    </Screen>
  );
}

function Chosen({ dossier }: { dossier: string }): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const { value, fault } = useAsked('dossier.get', { dossier });
  // Nothing of it is to be done here: its own page says what is.
  const elsewhere = value !== undefined && value.state.stage !== 'returned' && !value.possible.includes('handOver') && !value.possible.includes('markReady');
  useEffect(() => {
    if (elsewhere) go({ name: 'dossier', dossier });
  }, [elsewhere, go, dossier]);
  if (value) return <HandOver view={value} />;
  return (
    <Screen title={t('return.title')} footer={<Button keyHint="F4" onClick={() => go({ name: 'return' })}>{t('return.other')}</Button>}>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : <Skeleton label={t('ui.loading')} />}
    </Screen>
  );
}
