import { sentence } from '#shared/errors/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton } from '#renderer/ui/index.ts';
import { useAsked } from '../../state/asked.ts';
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
  const ready = useAsked('dossier.list', choices ? undefined : { filter: 'ready', limit: 50 });
  const lines = choices ?? ready.value?.lines;
  return (
    <Screen title={t('return.title')}>
      <NothingHere title={t('return.emptyTitle')}>{t('return.emptyHint')}</NothingHere>
      {ready.fault ? <Banner tone="danger">{sentence(ready.fault, language)}</Banner> : null}
      <Panel title={choices ? t('return.theirList') : t('return.readyList')} bare>
        {lines === undefined ? (ready.fault ? null : <Skeleton label={t('ui.loading')} />) : lines.length === 0 ? <p className="inside muted">{t('return.noReady')}</p> : (
          <LineTable caption={t('return.readyList')} lines={lines} onOpen={(line) => go({ name: 'return', dossier: line.id })} />
        )}
      </Panel>
    </Screen>
  );
}

function Chosen({ dossier }: { dossier: string }): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const { value, fault } = useAsked('dossier.get', { dossier });
  if (value) return <HandOver view={value} />;
  return (
    <Screen title={t('return.title')} footer={<Button keyHint="F4" onClick={() => go({ name: 'return' })}>{t('return.other')}</Button>}>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : <Skeleton label={t('ui.loading')} />}
    </Screen>
  );
}
