import { useEffect, useRef } from 'react';
import { formatDateTime } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { useText, type Translate } from '#renderer/i18n/index.ts';
import { Banner, Button, Panel, Skeleton, Table, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useAsked } from '../../state/asked.ts';
import { usePrint } from '../../state/print.ts';
import { useMay } from '../../state/session.ts';
import { sayFault, useWindow } from '../../state/window.ts';
import { Screen } from '../frame/screen.tsx';
import { DossierCard } from '../return/card.tsx';

/** One dossier whole: card, papers, results, and everything that was ever recorded about it. */
export function DossierScreen({ dossier }: { dossier: string }): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const print = usePrint();
  const { value, fault } = useAsked('dossier.get', { dossier });
  const mayHandOver = useMay('dossier.hand-over');
  const mayMarkReady = useMay('dossier.mark-ready');
  const back = useRef<HTMLButtonElement>(null);
  const toList = (): void => go({ name: 'dossiers' });
  useKeys({ Escape: toList });
  useEffect(() => back.current?.focus(), []);

  const code = value?.state.code ?? '';
  const show = async (form: 'reception' | 'return'): Promise<void> => {
    const answer = await call('receipt.show', { dossier, form });
    if (!answer.ok) sayFault(answer.fault, language);
  };
  // What the person may do next with the dossier; nothing where it is done, or not theirs to do.
  const next = !value || value.state.stage === 'returned' || value.readOnly ? undefined
    : mayHandOver ? t('detail.return')
      : mayMarkReady && value.state.stage === 'processing' ? t('ready.save') : undefined;
  const footer = (
    <>
      <span className="footer-facts"><Button ref={back} keyHint="Esc" onClick={toList}>{t('detail.back')}</Button></span>
      {value ? (
        <>
          <Button onClick={() => void show('reception')}>{t('detail.show')}</Button>
          <Button onClick={() => void print(dossier, 'reception', { printed: t('detail.printed', { code }), filed: t('detail.printedFile', { code }), failed: (why) => why })}>{t('detail.print')}</Button>
          {value.state.stage === 'returned' ? (
            <>
              <Button onClick={() => void show('return')}>{t('detail.showSlip')}</Button>
              <Button onClick={() => void print(dossier, 'return', { printed: t('detail.slipPrinted', { code }), filed: t('detail.slipFile', { code }), failed: (why) => why })}>{t('detail.printSlip')}</Button>
            </>
          ) : null}
          {next === undefined ? null : <Button kind="primary" onClick={() => go({ name: 'return', dossier })}>{next}</Button>}
        </>
      ) : null}
    </>
  );
  return (
    <Screen title={value ? t('detail.title', { code }) : t('dossiers.title')} footer={footer}>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      {value ? <Whole view={value} /> : fault ? null : <Skeleton label={t('ui.loading')} lines={9} />}
    </Screen>
  );
}

function actWords(kind: string, t: Translate): string {
  return kind === 'dossier.received' || kind === 'dossier.result-ready' || kind === 'dossier.handed-over' ? t(`act.${kind}`) : t('act.other', { kind });
}

function Whole({ view }: { view: DossierView }): React.JSX.Element {
  const { t } = useText();
  return (
    <>
      <div className="two-columns">
        <DossierCard view={view} />
        <div className="stack">
          <Panel title={t('reception.papers')}>
            <ol className="paper-list">
              {view.papers.map(({ paper, quantity, present }) => (
                <li key={paper.code}>
                  <span className="grow">{paper.name}</span>
                  <span className="muted nowrap">{present ? `${t(`reception.paperKind.${paper.kind}`)} · ${quantity}` : t('detail.absent')}</span>
                </li>
              ))}
            </ol>
          </Panel>
          <Panel title={t('detail.results')}>
            {view.results.length === 0 ? <p className="muted">{t('return.noResults')}</p> : <ul>{view.results.map((result) => <li key={result}>{result}</li>)}</ul>}
            {view.personal?.note ? <p className="muted">{t('reception.note')}: {view.personal.note}</p> : null}
          </Panel>
        </div>
      </div>
      <Panel title={t('detail.history')} bare>
        <Table
          caption={t('detail.history')}
          rows={view.history}
          rowKey={(entry) => entry.hash}
          columns={[
            { key: 'at', title: t('detail.when'), cell: (entry) => <span className="nowrap">{formatDateTime(entry.at)}</span> },
            { key: 'kind', title: t('detail.act'), cell: (entry) => actWords(entry.kind, t) },
            { key: 'actor', title: t('detail.actor'), cell: (entry) => entry.actorName },
            { key: 'entry', title: t('detail.entry'), cell: (entry) => <span className="code muted" title={entry.hash}>{entry.seq} · {entry.hash.slice(0, 12)}</span> },
            { key: 'sent', title: t('dossiers.sent'), cell: (entry) => <span className="muted nowrap">{entry.sent ? t('state.sent') : t('state.waitingToSend')}</span> },
          ]}
        />
      </Panel>
    </>
  );
}
