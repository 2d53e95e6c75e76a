import { CircleCheck, CircleDashed, Clock, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** What a state means for the reader: nothing special, done, waiting for something, soon a problem, really late or refused. */
export type Tone = 'plain' | 'positive' | 'waiting' | 'warning' | 'danger';

const icons: Readonly<Record<Tone, LucideIcon>> = { plain: Clock, positive: CircleCheck, waiting: CircleDashed, warning: Clock, danger: TriangleAlert };

/** A state: words first, colour second, icon third. */
export function StateWord({ tone, children }: { tone: Tone; children: ReactNode }): React.JSX.Element {
  const Icon = icons[tone];
  return (
    <span className={`state state-${tone}`}>
      <Icon size={16} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
