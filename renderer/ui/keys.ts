import { useEffect, useRef, type RefObject } from 'react';

/** What to do for each key, named as {@link keyName} names it: `F2`, `Escape`, `Ctrl+Enter`. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** The name of a key press with its modifiers, in the order Ctrl, Alt, Shift. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey && event.key.length > 1 ? 'Shift+' : ''}${key}`;
}

/** Whether a dialog that must be answered first is open. */
export function dialogIsOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/**
 * Listens for keys on the whole page while the component stands. A control that handled the key itself (it called
 * `preventDefault`) keeps it, and nothing behind an open dialog answers.
 */
export function useKeys(keys: Keys, active = true): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || dialogIsOpen()) return;
      const act = latest.current[keyName(event)];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [active]);
}

const controls = 'input:not([type=hidden]), select, textarea, button';

/**
 * Enter goes on to the next control of a form instead of sending it. Buttons and multi-line fields keep Enter for
 * themselves; so does a control that handled it, such as an open list.
 */
export function useEnterGoesOn(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.defaultPrevented || event.isComposing || keyName(event) !== 'Enter' || dialogIsOpen()) return;
      if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement) || !form.current?.contains(target)) return;
      event.preventDefault();
      const stops = [...form.current.querySelectorAll<HTMLElement>(controls)].filter(
        (element) => !element.matches(':disabled') && element.tabIndex >= 0 && !isLaterChoice(element),
      );
      stops[stops.indexOf(target) + 1]?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [form]);
}

/** Of a group of choices only the chosen one is a stop, as for the Tab key. */
function isLaterChoice(element: HTMLElement): boolean {
  if (!(element instanceof HTMLInputElement) || element.type !== 'radio' || element.checked) return false;
  const group = element.closest('fieldset')?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [];
  return [...group].some((one) => one.checked) || group[0] !== element;
}
