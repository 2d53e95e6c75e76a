import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { BackupView, RecoveredView } from '#shared/ipc/index.ts';
import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Panel } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useOnce } from '../../state/once.ts';
import { useMay, useSession } from '../../state/session.ts';
import { sayFault, useWindow } from '../../state/window.ts';

interface Backups {
  readonly busy: boolean;
  readonly make: () => void;
  readonly choose: () => void;
}

/** Makes a backup now, or keeps them elsewhere. */
export function useBackups(): Backups {
  const { t, language } = useText();
  const say = useWindow((state) => state.say);
  const { busy, once } = useOnce();

  const work = async (): Promise<void> => {
    const answer = await call('backup.make', {});
    if (!answer.ok) return sayFault(answer.fault, language);
    useSession.setState({ sync: answer.value });
    say({ tone: 'positive', words: t('backup.made') });
  };

  const move = async (): Promise<void> => {
    const answer = await call('backup.choose-folder', {});
    if (!answer.ok) return sayFault(answer.fault, language);
    if (answer.value.chosen) say({ tone: 'positive', words: t('backup.moved') });
  };

  return { busy, make: () => once(work), choose: () => once(move) };
}

/** How old the last good backup is, where it stands, and what is wrong with that. */
export function BackupPanel({ backup, recovered, backups }: { backup: BackupView; recovered: RecoveredView | undefined; backups: Backups }): React.JSX.Element {
  const { t, language } = useText();
  const mayMake = useMay('backup.make');
  const mayChoose = useMay('backup.choose-folder');
  return (
    <Panel title={t('backup.title')} className="wide-facts" aside={(
      <span className="row">
        {mayChoose ? <Button small disabled={backups.busy} onClick={backups.choose}>{t('backup.choose')}</Button> : null}
        {mayMake ? <Button small keyHint="Alt+L" aria-busy={backups.busy} onClick={backups.make}>{t('backup.make')}</Button> : null}
      </span>
    )}>
      {backup.fault ? <Banner tone="danger">{sentence(backup.fault, language)}</Banner> : null}
      {backup.stale ? <Banner tone="warning">{t('backup.stale')}</Banner> : null}
      <dl className="facts">
        <dt>{t('backup.last')}</dt><dd>{backup.lastAt === undefined ? t('sync.never') : formatDateTime(backup.lastAt)}</dd>
        <dt>{t('backup.folder')}</dt><dd><span className="code">{backup.folder}</span>{backup.sameDisk ? <> · <span className="muted">{t('backup.sameDisk')}</span></> : null}</dd>
        <dt>{t('backup.count')}</dt><dd>{formatCount(backup.count, language)}</dd>
        {recovered ? <><dt>{t('backup.recovered')}</dt><dd><Recovered recovered={recovered} /></dd></> : null}
      </dl>
    </Panel>
  );
}

function Recovered({ recovered: { at, backupAt, rescued, aside } }: { recovered: RecoveredView }): React.JSX.Element {
  const { t, language } = useText();
  return (
    <>
      {formatDateTime(at)}: {backupAt === undefined ? t('backup.fromItself') : t('backup.fromBackup', { at: formatDateTime(backupAt) })}, {t('backup.rescued', { entries: formatCount(rescued, language) })}
      {aside === undefined ? null : <> · <span className="muted">{t('backup.aside')} <span className="code">{aside}</span></span></>}
    </>
  );
}
