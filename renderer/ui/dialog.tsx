import { useEffect, useId, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface DialogProps {
  title: string;
  children: ReactNode;
  /** The buttons, the safe one first in reading order. */
  actions: ReactNode;
  /** Esc, or nothing chosen. */
  onClose: () => void;
  /** Enter in a field of the dialog, or its confirming button. */
  onSubmit?: () => void;
}

/** Asks something that must be answered before work goes on. The browser keeps the focus inside and gives it back. */
export function Dialog({ title, children, actions, onClose, onSubmit }: DialogProps): React.JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // It has a form of its own, and a form cannot stand inside the screen's.
  return createPortal(
    <dialog
      ref={box}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <h2 id={id}>{title}</h2>
        <div className="inside">{children}</div>
        <div className="actions">{actions}</div>
      </form>
    </dialog>,
    document.body,
  );
}
