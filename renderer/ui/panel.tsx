import { useId, type ReactNode } from 'react';

/** A framed part of a screen with its heading. */
export function Panel({ title, aside, children, bare = false, className = '' }: { title: string; aside?: ReactNode; children: ReactNode; bare?: boolean; className?: string }): React.JSX.Element {
  const id = useId();
  return (
    <section className={`panel ${className}`.trim()} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
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
