import { CircleCheck, CircleDashed, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface BannerProps {
  tone: 'waiting' | 'warning' | 'danger' | 'positive';
  children: ReactNode;
  /** What can be done about it, at the right. */
  action?: ReactNode;
}

const icons: Readonly<Record<BannerProps['tone'], LucideIcon>> = { waiting: CircleDashed, warning: Info, danger: TriangleAlert, positive: CircleCheck };

/** Something that holds for the whole screen until it changes. */
export function Banner({ tone, children, action }: BannerProps): React.JSX.Element {
  const Icon = icons[tone];
  return (
    <div className={`banner banner-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden="true" />
      <div className="words">{children}</div>
      {action}
    </div>
  );
}
