import { useEffect, useState } from 'react';

/** Grey lines where words will stand, only when they take longer than 300 ms: what is faster just appears. */
export function Skeleton({ lines = 6, label }: { lines?: number; label: string }): React.JSX.Element {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {shown ? Array.from({ length: lines }, (_, line) => <span key={line} />) : null}
    </div>
  );
}
