import type { ReactNode } from 'react';

/** A framed part of a screen with its heading. It is no named region: there would be more of them than help. */
export function Panel({ title, aside, children, bare = false, className = '' }: { title: string; aside?: ReactNode; children: ReactNode; bare?: boolean; className?: string }): React.JSX.Element {
  return (
    <section className={`panel ${className}`.trim()}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {bare ? children : <div className="inside">{children}</div>}
    </section>
  );
}

/** Where there is nothing yet: what would stand here, and how to get it. */
export function NothingHere({ title, children }: { title: string; children?: ReactNode }): React.JSX.Element {
  return (
    <div className="nothing-here">
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
    </div>
  );
}
