import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { formatDateTime } from '#shared/deadline/index.ts';
import type { DossierView, SyncView } from '#shared/ipc/index.ts';
import { formatSize, useText, type Language, type Translate } from '#renderer/i18n/index.ts';
import { Button, Panel, Table, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { announceDossiers } from '../../state/dossiers.ts';
import { newId } from '../../state/identity.ts';
import { useOnce } from '../../state/once.ts';
import { useSession } from '../../state/session.ts';
import { sayFault, useWindow } from '../../state/window.ts';

type Line = DossierView['attachments'][number];

/** The choice that stands for the result; every other is a paper's code, or empty for a paper outside the list. */
const result = ' result';

/** The digitised papers of a dossier (bản số hóa): what there is, how far each is on its way, and the way to one more. */
export function Attachments({ view }: { view: DossierView }): React.JSX.Element | null {
  const { t, language } = useText();
  const say = useWindow((state) => state.say);
  const onItsWay = useSession((state) => state.sync?.attachments?.onItsWay);
  const [typed, setTyped] = useState<string>();
  const { busy, once } = useOnce();
  const may = view.possible.includes('attach');
  const what = typed ?? usual(view);

  const add = (): void => once(async () => {
    const of = what === result ? { of: 'result' as const } : { of: 'paper' as const, ...(what === '' ? {} : { paper: what }) };
    const answer = await call('attachment.add', { act: newId(), dossier: view.id, ...of });
    if (!answer.ok) return sayFault(answer.fault, language);
    if (!answer.value.chosen) return;
    setTyped(undefined);
    announceDossiers();
    say({ tone: 'positive', words: t('attachments.added', { code: answer.value.code }) });
  });
  const show = (sha256: string): void => once(async () => {
    const answer = await call('attachment.show', { dossier: view.id, sha256 });
    if (!answer.ok) sayFault(answer.fault, language);
  });
  useKeys(may ? { 'Alt+I': add } : {});
  if (!may && view.attachments.length === 0) return null;

  const adding = may ? (
    <span className="attachment-adding">
      <span className="select-box">
        <select className="select" aria-label={t('attachments.what')} value={what} onChange={(event) => setTyped(event.target.value)}>
          {view.papers.map(({ paper }) => <option key={paper.code} value={paper.code}>{paper.name}</option>)}
          <option value="">{t('attachments.other')}</option>
          <option value={result}>{t('attachments.result')}</option>
        </select>
        <ChevronDown size={16} aria-hidden="true" />
      </span>
      <Button keyHint="Alt+I" aria-busy={busy} disabled={busy} onClick={add}>{t('attachments.add')}</Button>
    </span>
  ) : undefined;
  return (
    <Panel title={t('attachments.title')} aside={adding} bare>
      {view.attachments.length === 0 ? <p className="inside muted">{t('attachments.none')}</p> : (
        <Table
          caption={t('attachments.title')}
          rows={view.attachments}
          rowKey={(line) => line.sha256}
          onOpen={(line) => show(line.sha256)}
          openLabel={(line) => t('attachments.showOne', { name: nameOf(line, t) })}
          columns={[
            { key: 'what', title: t('attachments.column'), cell: (line) => <What line={line} /> },
            { key: 'size', title: t('attachments.size'), cell: (line) => <span className="muted nowrap">{`${t(`attachments.media.${line.media}`)} · ${formatSize(line.bytes, language)}`}</span> },
            { key: 'standing', title: t('attachments.standing'), cell: (line) => <span className={`state-${tones[line.standing]}`}>{standingWords(line, onItsWay, t, language)}</span> },
          ]}
        />
      )}
    </Panel>
  );
}

const tones = { waiting: 'waiting', held: 'positive', elsewhere: 'plain' } as const;

/** The first paper that has no digitised one yet; once the result is there, the result. */
function usual({ papers, attachments, state }: DossierView): string {
  if (state.ready || state.handedOver) return result;
  const done = new Set(attachments.flatMap(({ paperName }) => paperName ?? []));
  return papers.find(({ paper, present }) => present && !done.has(paper.name))?.paper.code ?? '';
}

function nameOf({ of, paperName }: Line, t: Translate): string {
  return paperName ?? t(of === 'result' ? 'attachments.result' : 'attachments.other');
}

function What({ line }: { line: Line }): React.JSX.Element {
  const { t } = useText();
  return (
    <span className="attachment-what">
      <span>{nameOf(line, t)}</span>
      {line.name === undefined ? null : <span className="muted small">{line.name}</span>}
    </span>
  );
}

function standingWords({ standing, heldAt, sha256 }: Line, onItsWay: NonNullable<SyncView['attachments']>['onItsWay'], t: Translate, language: Language): string {
  if (standing === 'held') return t('attachments.held', { at: heldAt === undefined ? '' : formatDateTime(heldAt) });
  if (standing === 'elsewhere') return t('attachments.elsewhere');
  if (onItsWay?.sha256 !== sha256) return t('attachments.waiting');
  return t('attachments.sending', { sent: formatSize(onItsWay.sent, language), all: formatSize(onItsWay.bytes, language) });
}
