import { CircleDot, Contrast, TriangleAlert } from 'lucide-react';
import { useText } from '#renderer/i18n/index.ts';
import { Button } from '#renderer/ui/index.ts';
import { useSession } from '../../state/session.ts';
import { useWindow } from '../../state/window.ts';
import { networkWords, type NetworkForm } from './network.ts';

const icons = { connected: CircleDot, offline: Contrast, attention: TriangleAlert } as const satisfies Record<NetworkForm, unknown>;

/** The honest state of the network, always in sight. Working without a line is a normal state and looks like one. */
export function NetworkBar(): React.JSX.Element {
  const { t, language } = useText();
  const { sync, today, deskProcess } = useSession();
  const go = useWindow((state) => state.go);
  // While the desk process is away, what it said last may no longer hold.
  const { form, parts } = networkWords(deskProcess === 'up' ? sync : undefined, today, t, language);
  const Icon = icons[form];
  return (
    <footer className={`network network-${form}`} role="status" aria-label={t('network.label')}>
      <Icon size={18} aria-hidden="true" />
      <span className="network-words">{parts.join(' · ')}</span>
      {form === 'attention' ? <Button kind="link" small onClick={() => go({ name: 'sync' })}>{t('network.see')}</Button> : null}
    </footer>
  );
}
