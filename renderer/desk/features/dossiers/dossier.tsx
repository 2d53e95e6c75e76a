import { useEffect, useRef, useState } from 'react';
import { sentence } from '#shared/errors/index.ts';
import type { OrderName } from '#shared/dossier/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, Dialog, Panel, Skeleton, useKeys } from '#renderer/ui/index.ts';
import { useAsked } from '../../state/asked.ts';
import { useWindow, type Screen as Shown } from '../../state/window.ts';
import { actForms, actKeys, nextAct, offeredActs, usePlaces, type ActName } from '../acts/index.ts';
import { Screen } from '../frame/screen.tsx';
import { Attachments } from './attachments.tsx';
import { DossierHead } from './head.tsx';
import { Rail } from './rail.tsx';
import { Hops, Timeline } from './timeline.tsx';

interface DossierScreenProps {
  dossier: string;
  /** Which act's form is open. */
  act: OrderName | undefined;
  /** Where Esc leads back to. */
  from: 'dossiers' | 'duties' | 'day' | 'sync';
  /** Goes on with the reception of what was submitted. `drop`: what is being typed there may go. False where something stands there. */
  onReceive: (view: DossierView, drop: boolean) => boolean;
}

/** One dossier whole: how it stands, what can be done, the form of what is being done, and everything that was ever recorded about it. */
export function DossierScreen({ dossier, act, from, onReceive }: DossierScreenProps): React.JSX.Element {
  const { t, language } = useText();
  const go = useWindow((state) => state.go);
  const { value, fault } = useAsked('dossier.get', { dossier });
  const [asking, setAsking] = useState(false);
  const back = useRef<HTMLButtonElement>(null);
  const offered = value ? offeredActs(value) : [];
  const own = usePlaces().find((place) => place.own)?.id;
  const next = value ? nextAct(value, own) : undefined;
  const open = offered.find((name) => name === act);
  const here: Shown = { name: 'dossier', dossier, from };

  const begin = (name: ActName): void => {
    if (!value || !offered.includes(name)) return;
    if (name === 'handOver') go({ name: 'return', dossier });
    else if (name !== 'receive') go({ ...here, act: name });
    else if (!onReceive(value, false)) setAsking(true);
  };
  const close = (): void => go(here);
  useKeys({
    ...Object.fromEntries(offered.map((name) => [actKeys[name], () => begin(name)])),
    Escape: () => (open ? close() : go({ name: from })),
  });

  const there = value !== undefined;
  useEffect(() => {
    // A form takes the focus itself; without one it goes to what is next.
    if (there && open === undefined) (document.querySelector<HTMLElement>('.rail .button-primary') ?? back.current)?.focus();
  }, [there, open]);

  const Form = open === undefined || open === 'receive' || open === 'handOver' ? undefined : actForms[open];
  const footer = Form ? <span /> : <span className="footer-facts"><Button ref={back} keyHint="Esc" onClick={() => go({ name: from })}>{t(`nav.${from}`)}</Button></span>;
  return (
    <Screen title={value ? t('detail.title', { code: value.state.code }) : t('dossiers.title')} footer={footer}>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      {value ? (
        <div className="dossier-page">
          <div className="stack dossier-main">
            <DossierHead view={value} />
            {Form ? <Form key={`${open ?? ''} ${dossier}`} view={value} onBack={close} /> : null}
            <Hops view={value} />
            <Papers view={value} />
            <Attachments key={dossier} view={value} />
            <Timeline history={value.history} />
          </div>
          <Rail view={value} offered={offered} next={next} open={open} onBegin={begin} />
        </div>
      ) : fault ? null : <Skeleton label={t('ui.loading')} lines={9} />}
      {asking && value ? (
        <Dialog
          title={t('detail.discardTitle')}
          onClose={() => setAsking(false)}
          actions={(
            <>
              <Button onClick={() => setAsking(false)} keyHint="Esc">{t('ui.cancel')}</Button>
              <Button kind="primary" onClick={() => onReceive(value, true)}>{t('detail.discard')}</Button>
            </>
          )}
        >
          <p>{t('detail.discardWords')}</p>
        </Dialog>
      ) : null}
    </Screen>
  );
}

function Papers({ view }: { view: DossierView }): React.JSX.Element | null {
  const { t } = useText();
  // Before acceptance nothing was taken in.
  if (view.papers.length === 0) return null;
  return (
    <div className="two-columns">
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
      </Panel>
    </div>
  );
}
