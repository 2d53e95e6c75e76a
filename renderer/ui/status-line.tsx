import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';

interface StatusLineProps {
  tone: 'plain' | 'positive' | 'danger';
  /** Nothing to say while empty; the line itself always stands, so that readers hear a change. */
  children?: ReactNode;
  action?: ReactNode;
}

/** What just happened, in one line that is read out. */
export function StatusLine({ tone, children, action }: StatusLineProps): React.JSX.Element {
  const Icon = tone === 'positive' ? CircleCheck : tone === 'danger' ? CircleAlert : Info;
  return (
    <div className={`status-line status-${tone}`} role="status" aria-live={tone === 'danger' ? 'assertive' : 'polite'}>
      {children ? <Icon size={18} aria-hidden="true" /> : null}
      <span className="words">{children}</span>
      {children ? action : null}
    </div>
  );
}
