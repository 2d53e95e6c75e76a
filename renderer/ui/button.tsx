import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  kind?: 'primary' | 'plain' | 'quiet' | 'link';
  small?: boolean;
  /** The key that does the same, written on the button: `Ctrl+↵`. It is no part of the button's name. */
  keyHint?: string;
}

const spoken: Readonly<Record<string, string>> = { 'Ctrl+↵': 'Control+Enter', Esc: 'Escape' };

/** A button with its key written on it. One `primary` a screen: the next thing to do. */
export function Button({ kind = 'plain', small = false, keyHint, className = '', children, type = 'button', ...rest }: ButtonProps): React.JSX.Element {
  const look = `button${kind === 'plain' ? '' : ` button-${kind}`}${small ? ' button-small' : ''} ${className}`.trim();
  return (
    <button {...rest} type={type} className={look} {...(keyHint ? { 'aria-keyshortcuts': spoken[keyHint] ?? keyHint } : {})}>
      {children}
      {keyHint ? <span className="key" aria-hidden="true">{keyHint}</span> : null}
    </button>
  );
}
