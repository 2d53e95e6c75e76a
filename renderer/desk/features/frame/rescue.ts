import { useEffect, useRef } from 'react';
import { dialogIsOpen } from '#renderer/ui/index.ts';
import { focusScanField, scanFieldId } from '../../state/window.ts';
import { afterKey, endsScan, looksScanned, type Burst } from './burst.ts';

/** What a control held before a burst went into it. */
interface Former {
  readonly control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  readonly value: string;
}

/** Controls whose content keys change. */
function keepsText(element: Element | null): element is Former['control'] {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(element.type);
}

/** Sets a control's content so that whoever listens to it hears of the change, as if it had been typed. */
function restore({ control, value }: Former): void {
  if (!control.isConnected || control.value === value) return;
  const prototype = control instanceof HTMLSelectElement ? HTMLSelectElement.prototype : control instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  // React remembers what it wrote through the element's own setter; only the prototype's leaves a difference to notice.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event(control instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}

/** What a burst put into a field; undefined where that cannot be told, or where the field was too short for it. */
function arrivedIn({ control, value }: Former): string | undefined {
  if (control instanceof HTMLSelectElement) return undefined;
  const full = control.maxLength >= 0 && control.value.length >= control.maxLength;
  return full ? undefined : inserted(value, control.value);
}

/** What a field gained between two contents, where only one stretch was put in; else undefined. */
export function inserted(before: string, after: string): string | undefined {
  const gained = after.length - before.length;
  if (gained <= 0) return undefined;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  return before.slice(start) === after.slice(start + gained) ? after.slice(start, start + gained) : undefined;
}

/**
 * The scanner types wherever the cursor is. A burst that has the shape of a card or a receipt and went into another field
 * is taken to the scan field, and the wrong field gets its former content back. With the cursor in no text field at all,
 * the first key already moves it to the scan field. `now` gives milliseconds.
 */
export function useScannerRescue(onRescued: (text: string) => void, now: () => number): void {
  const rescued = useRef(onRescued);
  useEffect(() => {
    rescued.current = onRescued;
  });
  useEffect(() => {
    let burst: Burst | undefined;
    let former: Former | undefined;

    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || dialogIsOpen()) return;
      const { activeElement } = document;
      if (event.key === 'Enter') {
        const text = burst?.text ?? '';
        const arrived = former && arrivedIn(former);
        const scanned = endsScan(burst, now(), arrived);
        burst = undefined;
        if (!scanned || !former || activeElement?.id === scanFieldId) return;
        event.preventDefault();
        event.stopPropagation();
        restore(former);
        // An input method hides the keys, but what arrived is then whole; where it is not, the keys are.
        rescued.current(arrived !== undefined && looksScanned(arrived) ? arrived : text);
        return;
      }
      // An input method shows `Process` instead of the letter.
      if (event.key.length !== 1 && event.key !== 'Process' && event.key !== 'Unidentified') return;
      const next = afterKey(burst, event.key.length === 1 ? event.key : '?', now());
      burst = next.burst;
      if (next.started) former = keepsText(activeElement) ? { control: activeElement, value: activeElement.value } : undefined;
      // Letters mean nothing to a button or a box to tick; the space key does.
      if (next.started && event.key !== ' ' && !keepsText(activeElement)) focusScanField();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [now]);
}
