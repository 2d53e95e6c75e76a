import { createContext, useContext, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, StatusLine, useEnterGoesOn } from '#renderer/ui/index.ts';
import { useSession } from '../../state/session.ts';
import { useWindow } from '../../state/window.ts';

const ActionBar = createContext<HTMLElement | null>(null);

/** Puts the actions of a part of the screen into its bar at the bottom; where there is none, they stand where they are. */
export function ScreenActions({ children }: { children: ReactNode }): React.JSX.Element {
  const bar = useContext(ActionBar);
  return bar ? createPortal(children, bar) : <div className="screen-actions">{children}</div>;
}

interface ScreenProps {
  title: ReactNode;
  children: ReactNode;
  /** The fixed bar at the bottom with the screen's actions, their keys written on them. */
  footer?: ReactNode;
}

/** One screen: its title with what was said last beside it, its content, its bar of actions. */
export function Screen({ title, children, footer }: ScreenProps): React.JSX.Element {
  const { t } = useText();
  const { deskProcess, cameBack } = useSession();
  const { said } = useWindow();
  const form = useRef<HTMLFormElement>(null);
  const [actions, setActions] = useState<HTMLElement | null>(null);
  useEnterGoesOn(form);
  return (
    <form className="screen" noValidate ref={form} onSubmit={(event) => event.preventDefault()}>
      <div className="screen-head">
        <h1>{title}</h1>
        <StatusLine
          tone={said?.tone ?? 'plain'}
          action={said?.redo ? <Button small onClick={said.redo.act}>{said.redo.label}</Button> : undefined}
        >
          {said?.words}
        </StatusLine>
      </div>
      <div className="screen-body">
        {deskProcess === 'down' ? <Banner tone="waiting">{t('banner.deskDown')}</Banner> : cameBack ? (
          <Banner tone="positive" action={<Button small onClick={() => useSession.setState({ cameBack: false })}>{t('ui.close')}</Button>}>{t('banner.deskUpAgain')}</Banner>
        ) : null}
        <ActionBar value={actions}>{children}</ActionBar>
      </div>
      {footer ? <div className="screen-foot">{footer}<div className="screen-actions" ref={setActions} /></div> : null}
    </form>
  );
}
