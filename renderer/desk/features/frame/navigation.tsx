import { BookOpenText, FileInput, FileOutput, Files, RefreshCw, type LucideIcon } from 'lucide-react';
import { useText } from '#renderer/i18n/index.ts';
import { useKeys } from '#renderer/ui/index.ts';
import { focusScanField, useWindow, type Screen } from '../../state/window.ts';

const stops = [
  { name: 'reception', key: 'F2', icon: FileInput },
  { name: 'return', key: 'F4', icon: FileOutput },
  { name: 'dossiers', key: 'F6', icon: Files },
  { name: 'day', key: 'F7', icon: BookOpenText },
  { name: 'sync', key: 'F10', icon: RefreshCw },
] as const satisfies readonly { name: Screen['name']; key: string; icon: LucideIcon }[];

/** The screens, each with its key. */
export function Navigation({ onReception }: { onReception: () => void }): React.JSX.Element {
  const { t } = useText();
  const { screen, go } = useWindow();
  const open = (name: (typeof stops)[number]['name']): void => {
    go({ name });
    if (name === 'reception') onReception();
    else if (name === 'return') focusScanField();
  };
  useKeys(Object.fromEntries(stops.map(({ name, key }) => [key, () => open(name)])));
  const here = screen.name === 'dossier' ? 'dossiers' : screen.name;
  return (
    <nav className="navigation" aria-label={t('nav.label')}>
      {stops.map(({ name, key, icon: Icon }) => (
        <button key={name} type="button" className="stop" aria-current={name === here ? 'page' : undefined} aria-keyshortcuts={key} onClick={() => open(name)}>
          <Icon size={18} aria-hidden="true" />
          <span className="grow">{t(`nav.${name}`)}</span>
          <span className="key" aria-hidden="true">{key}</span>
        </button>
      ))}
    </nav>
  );
}
