import { Search } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

interface ScanFieldProps extends Omit<ComponentProps<'input'>, 'list'> {
  label: string;
  keyHint: string;
  /** The list under the field, if it is open. */
  list?: ReactNode;
}

/** The one field for everything that is scanned or looked for. Its label is its name and its placeholder. */
export function ScanField({ label, keyHint, list, ...rest }: ScanFieldProps): React.JSX.Element {
  return (
    <div className="scan" role="search">
      <Search size={18} aria-hidden="true" />
      <input {...rest} className="input" type="text" autoComplete="off" spellCheck={false} aria-label={label} placeholder={`${label}…`} aria-keyshortcuts={keyHint} />
      <span className="key" aria-hidden="true">{keyHint}</span>
      {list}
    </div>
  );
}
