import type { DossierForm, DossierView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Button, Panel } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { usePrint } from '../../state/print.ts';
import { sayFault, useWindow } from '../../state/window.ts';
import { useUnfinished } from '../../state/unfinished.ts';
import { actKeys, channelOfAct, type ActName } from '../acts/index.ts';

interface RailProps {
  view: DossierView;
  offered: readonly ActName[];
  /** The next sensible act; accented while no form is open. */
  next: ActName | undefined;
  open: ActName | undefined;
  onBegin: (name: ActName) => void;
}

/** What can be done with the dossier, one button a line with its key, and its forms to print. */
export function Rail({ view, offered, next, open, onBegin }: RailProps): React.JSX.Element {
  const { t } = useText();
  const unfinished = useUnfinished((state) => state.acts);
  const ordered = next === undefined ? offered : [next, ...offered.filter((name) => name !== next)];
  return (
    <div className="rail">
      <Panel title={t('order.group')}>
        {ordered.length === 0 ? <p className="muted">{t('order.nothing')}</p> : (
          <div className="rail-acts">
            {ordered.map((name) => (
              <Button key={name} kind={name === next && open === undefined ? 'primary' : 'plain'} aria-pressed={name === open ? true : undefined} keyHint={actKeys[name]} data-act={name} onClick={() => onBegin(name)}>
                <span className="grow">{t(`order.${name}`)}{unfinished.has(`${channelOfAct(name)} ${view.id}`) && name !== open ? <span className="small"> · {t('acts.unfinished')}</span> : null}</span>
              </Button>
            ))}
          </div>
        )}
      </Panel>
      {view.forms.length === 0 ? null : <Panel title={t('paper.group')}><Forms dossier={view.id} forms={view.forms} /></Panel>}
    </div>
  );
}

function Forms({ dossier, forms }: { dossier: string; forms: readonly DossierForm[] }): React.JSX.Element {
  const { t, language } = useText();
  const print = usePrint();
  const show = async (form: DossierForm): Promise<void> => {
    const answer = await call('receipt.show', { dossier, form });
    if (answer.ok) useWindow.getState().say(undefined);
    else sayFault(answer.fault, language);
  };
  return (
    <ul className="rail-forms">
      {forms.map((one) => {
        const form = t(`paper.${one}`);
        return (
          <li key={one}>
            <span>{form}</span>
            <span className="row">
              <Button small aria-label={t('paper.printOf', { form })} onClick={() => void print(dossier, one, { printed: t('paper.printed', { form }), filed: t('paper.filed', { form }), failed: (why) => t('paper.failed', { form, why }) })}>{t('paper.print')}</Button>
              <Button small kind="quiet" aria-label={t('paper.showOf', { form })} onClick={() => void show(one)}>{t('paper.show')}</Button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
