import { formatDate, formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import { formatCount, formatSize, useText, type Language, type Translate } from '#renderer/i18n/index.ts';
import { Banner, Button, Panel, Skeleton, Table, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { lengthWords } from '../../state/relative.ts';
import { useMay, useSession } from '../../state/session.ts';
import { focusScanField, sayFault, useWindow } from '../../state/window.ts';
import { networkWords } from '../frame/network.ts';
import { Screen } from '../frame/screen.tsx';
import { ForecastPanel } from './forecast.tsx';
import { BackupPanel, useBackups } from './backup.tsx';
import { CarryPanel, useCarry } from './carry.tsx';

/** Everything the desk knows about its line to the centre, with nothing made to look better than it is. */
export function SyncScreen(): React.JSX.Element {
  const { t, language } = useText();
  const { sync, today } = useSession();
  const say = useWindow((state) => state.say);
  const go = useWindow((state) => state.go);
  const sendNow = async (): Promise<void> => {
    const answer = await call('sync.now', {});
    if (answer.ok) {
      useSession.setState({ sync: answer.value });
      say({ tone: 'plain', words: t('sync.asked') });
    } else sayFault(answer.fault, language);
  };
  const carry = useCarry();
  const backups = useBackups();
  const mayBackUp = useMay('backup.make') && sync?.backup !== undefined;
  const enrolled = sync !== undefined && sync.state !== 'not-enrolled';
  const mayCarry = useMay('sync.carry') && enrolled;
  useKeys({ Escape: focusScanField, 'Ctrl+Enter': () => void sendNow(), ...(mayCarry ? { 'Alt+G': carry.write, 'Alt+N': carry.read } : {}), ...(mayBackUp ? { 'Alt+L': backups.make } : {}) });
  const footer = (
    <>
      <span className="footer-facts" />
      {mayCarry ? (
        <>
          <Button keyHint="Alt+N" disabled={carry.busy} onClick={carry.read}>{t('carry.read')}</Button>
          <Button keyHint="Alt+G" disabled={carry.busy} onClick={carry.write}>{t('carry.write')}</Button>
        </>
      ) : null}
      <Button kind="primary" keyHint="Ctrl+↵" disabled={!enrolled} onClick={() => void sendNow()}>{t('sync.now')}</Button>
    </>
  );
  return (
    <Screen title={t('sync.title')} footer={footer}>
      {sync ? (
        <>
          <div className="two-columns">
            <LinePanel sync={sync} words={networkWords({ ...sync, refusals: [] }, today, t, language).parts.join(' · ')} />
            <LogPanel sync={sync} />
          </div>
          {sync.attachments?.room?.low ? <Banner tone="warning">{t('sync.lowDisk', { free: formatSize(sync.attachments.room.free, language) })}</Banner> : null}
          <ForkPanel sync={sync} />
          <ForecastPanel count={sync.forecast} today={today} onOpen={(dossier) => go({ name: 'dossier', dossier, from: 'sync' })} />
          {mayCarry ? <CarryPanel result={carry.result} /> : null}
          {sync.backup ? <BackupPanel backup={sync.backup} recovered={sync.recovered} backups={backups} /> : null}
          <Panel title={t('sync.refusals')} bare>
            {sync.refusals.length === 0 ? <p className="inside muted">{t('sync.noRefusals')}</p> : (
              <Table
                caption={t('sync.refusals')}
                rows={sync.refusals}
                rowKey={(refusal) => `${refusal.at} ${refusal.fault.code}`}
                columns={[
                  { key: 'at', title: t('sync.at'), cell: (refusal) => <span className="nowrap">{formatDateTime(refusal.at)}</span> },
                  { key: 'why', title: t('sync.reason'), cell: (refusal) => sentence(refusal.fault, language) },
                  { key: 'code', title: t('sync.errorCode'), cell: (refusal) => <span className="code muted nowrap">{refusal.fault.code}</span> },
                ]}
              />
            )}
          </Panel>
        </>
      ) : <Skeleton label={t('ui.loading')} />}
    </Screen>
  );
}

function LinePanel({ sync, words }: { sync: SyncView; words: string }): React.JSX.Element {
  const { t, language } = useText();
  const moment = (at: number | undefined): string => (at === undefined ? t('sync.never') : formatDateTime(at));
  const { waiting, pull } = sync;
  const nothing = waiting.dossiers === 0 && waiting.entries === 0;
  return (
    <Panel title={t('sync.line')} className="wide-facts">
      <dl className="facts">
        <dt>{t('sync.state')}</dt><dd className="strong">{words}</dd>
        <dt>{t('sync.lastAnswer')}</dt><dd>{moment(sync.lastAnswerAt)}</dd>
        <dt>{t('sync.lastAcknowledged')}</dt><dd>{moment(sync.lastAcknowledgedAt)}</dd>
        {sync.offlineSince === undefined ? null : <><dt>{t('sync.offlineSince')}</dt><dd>{moment(sync.offlineSince)}</dd></>}
        {sync.nextAttemptAt === undefined ? null : <><dt>{t('sync.nextAttempt')}</dt><dd>{moment(sync.nextAttemptAt)}</dd></>}
        <dt>{t('sync.waiting')}</dt>
        <dd>{nothing ? t('sync.nothingWaiting') : t('sync.waitingWords', { dossiers: formatCount(waiting.dossiers, language), entries: formatCount(waiting.entries, language), size: formatSize(waiting.bytes, language) })}</dd>
        {waiting.oldestAt === undefined ? null : <><dt>{t('sync.oldest')}</dt><dd>{moment(waiting.oldestAt)}</dd></>}
        <AttachmentFacts attachments={sync.attachments} />
        {pull === undefined ? null : <><dt>{t('sync.pull')}</dt><dd>{pullWords(pull, t, language)}</dd></>}
      </dl>
    </Panel>
  );
}

/** What of digitised papers waits, and how far the one on its way is. */
function AttachmentFacts({ attachments }: { attachments: SyncView['attachments'] }): React.JSX.Element | null {
  const { t, language } = useText();
  if (!attachments || attachments.waiting === 0) return null;
  const { waiting, bytes, onItsWay } = attachments;
  const words = { count: formatCount(waiting, language), size: formatSize(bytes, language) };
  return (
    <>
      <dt>{t('sync.attachments')}</dt>
      <dd>{onItsWay ? t('sync.attachmentsOnItsWay', { ...words, sent: formatSize(onItsWay.sent, language), all: formatSize(onItsWay.bytes, language) }) : t('sync.attachmentsWords', words)}</dd>
    </>
  );
}

/** How well this machine knows the time: what the centre last said, and how far the computer's own clock is off. */
function AnchorFacts({ anchor: { at, rho, wallOff } }: { anchor: NonNullable<SyncView['anchor']> }): React.JSX.Element {
  const { t, language } = useText();
  const off = Math.abs(wallOff) < 30_000 ? t('sync.clockRight') : t(wallOff > 0 ? 'sync.clockFast' : 'sync.clockSlow', { length: lengthWords(Math.abs(wallOff), t) });
  return (
    <>
      <dt>{t('sync.anchor')}</dt>
      <dd>{t('sync.anchorWords', { at: formatDateTime(at), bound: formatCount(rho, language) })}</dd>
      <dt>{t('sync.clock')}</dt>
      <dd>{off}</dd>
    </>
  );
}

/** What is wrong with the log itself: two disks wrote it. Nothing is lost, and people have to know. */
function ForkPanel({ sync: { branches = [], elsewhere } }: { sync: SyncView }): React.JSX.Element | null {
  const { t, language } = useText();
  if (branches.length === 0 && !elsewhere) return null;
  return (
    <Panel title={t('sync.fork')}>
      <p>{t('sync.forkWhy')}</p>
      <ul>
        {branches.map(({ log, leavesAt, kept, waiting }) => (
          <li key={log}>{t('sync.forkBranch', { log: log.slice(-12), leavesAt: formatCount(leavesAt, language), kept: formatCount(kept.seq, language), waiting: formatCount(waiting, language) })}</li>
        ))}
        {elsewhere ? <li>{t('sync.forkElsewhere')}</li> : null}
      </ul>
    </Panel>
  );
}

/** How many official numbers are left, and in plain words what happens when they run out. */
function CodesFacts({ codes }: { codes: SyncView['codes'] }): React.JSX.Element | null {
  const { t, language } = useText();
  if (!codes) return null;
  const { left, all, until, notice } = codes;
  return (
    <>
      <dt>{t('sync.codes')}</dt>
      <dd>{until === undefined ? t('sync.codesNone') : t('sync.codesLeft', { left: formatCount(left, language), all: formatCount(all, language), until: formatDate(until) })}</dd>
      {notice ? <dd className="muted">{sentence(notice, language)}</dd> : null}
    </>
  );
}

/** How much of what others recorded has come, and how much is left. */
function pullWords({ running, received, left, drainedAt }: NonNullable<SyncView['pull']>, t: Translate, language: Language): string {
  if (running || left.entries > 0) {
    return t('sync.pulling', {
      received: formatCount(received.entries, language), receivedSize: formatSize(received.bytes, language),
      left: formatCount(left.entries, language), leftSize: formatSize(left.bytes, language),
    });
  }
  return drainedAt === undefined ? t('sync.never') : t('sync.pulled', { at: formatDateTime(drainedAt) });
}

function LogPanel({ sync }: { sync: SyncView }): React.JSX.Element {
  const { t } = useText();
  const entry = ({ seq, hash }: { seq: number; hash: string }): React.JSX.Element => (
    <>{t('sync.entry', { seq })}{hash === '' ? null : <> · <span className="code muted" title={hash}>{hash.slice(0, 16)}</span></>}</>
  );
  return (
    <Panel title={t('sync.log')} className="wide-facts">
      <dl className="facts">
        <dt>{t('sync.logId')}</dt><dd className="code">{sync.log === '' ? '–' : sync.log}</dd>
        <dt>{t('sync.head')}</dt><dd>{entry(sync.head)}</dd>
        <dt>{t('sync.acknowledged')}</dt><dd>{entry(sync.acknowledged)}</dd>
        <CodesFacts codes={sync.codes} />
        {sync.anchor ? <AnchorFacts anchor={sync.anchor} /> : null}
        <dt>{t('sync.catalogue')}</dt><dd>{t('sync.catalogueVersion', { version: sync.catalogueVersion })}</dd>
      </dl>
    </Panel>
  );
}
