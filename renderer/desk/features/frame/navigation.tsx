import { BookOpenText, FileInput, FileOutput, Files, ListChecks, RefreshCw, type LucideIcon } from 'lucide-react';
import type { Person } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { useKeys } from '#renderer/ui/index.ts';
import { mayOpen, useScreen } from '../../state/screens.ts';
import { useMay } from '../../state/session.ts';
import { focusScanField, useWindow, type Screen } from '../../state/window.ts';

const stops = [
  { name: 'reception', key: 'F2', icon: FileInput },
  { name: 'return', key: 'F4', icon: FileOutput },
  { name: 'duties', key: 'F5', icon: ListChecks },
  { name: 'dossiers', key: 'F6', icon: Files },
  { name: 'day', key: 'F7', icon: BookOpenText },
  { name: 'sync', key: 'F10', icon: RefreshCw },
] as const satisfies readonly { name: Screen['name']; key: string; icon: LucideIcon }[];
type Stop = (typeof stops)[number]['name'];

/** The screens on which the person has something to do, each with its key. The key of another one says that it is not theirs. */
export function Navigation({ person, onReception }: { person: Person; onReception: () => void }): React.JSX.Element {
  const { t } = useText();
  const { go, say } = useWindow();
  const screen = useScreen();
  const mayHandOver = useMay('dossier.hand-over');
  const title = (name: Stop): string => (name === 'return' && !mayHandOver && mayOpen(person.roles, name) ? t('nav.result') : t(`nav.${name}`));
  const open = (name: Stop): void => {
    if (!mayOpen(person.roles, name)) {
      say({ tone: 'plain', words: t('nav.notYours', { task: title(name), roles: person.roles.map((role) => t(`role.${role}`)).join(', ') }) });
      return;
    }
    go({ name });
    if (name === 'reception') onReception();
    else if (name === 'return') focusScanField();
  };
  useKeys(Object.fromEntries(stops.map(({ name, key }) => [key, () => open(name)])));
  const here = screen.name === 'dossier' ? (screen.from ?? 'dossiers') : screen.name;
  return (
    <nav className="navigation" aria-label={t('nav.label')}>
      {stops.filter(({ name }) => mayOpen(person.roles, name)).map(({ name, key, icon: Icon }) => (
        <button key={name} type="button" className="stop" aria-current={name === here ? 'page' : undefined} aria-keyshortcuts={key} onClick={() => open(name)}>
          <Icon size={18} aria-hidden="true" />
          <span className="grow">{title(name)}</span>
          <span className="key" aria-hidden="true">{key}</span>
        </button>
      ))}
    </nav>
  );
}
