import { useId, useRef, useState, type ReactNode, type Ref } from 'react';
import { useText } from '#renderer/i18n/index.ts';
import { Field } from './field.tsx';

interface ComboboxProps<Item> {
  label: string;
  error?: string | undefined;
  hint?: ReactNode;
  after?: ReactNode;
  placeholder?: string;
  /** What is chosen now. */
  value: Item | undefined;
  /** The words that stand in the field once it is chosen. */
  words: (item: Item) => string;
  itemKey: (item: Item) => string;
  option: (item: Item) => ReactNode;
  search: (text: string) => Promise<readonly Item[]>;
  onChoose: (item: Item) => void;
  /** Said where nothing fits. */
  nothing: string;
  inputRef?: Ref<HTMLInputElement>;
}

/**
 * A field that searches while one types (the ARIA combobox with a list). Arrows go through the list, Enter chooses, Esc
 * closes it and brings the chosen words back. Enter pressed before the answer is there chooses the first of it, so
 * that a fast typist never waits.
 */
export function Combobox<Item>(props: ComboboxProps<Item>): React.JSX.Element {
  const { value, words, itemKey, search, onChoose } = props;
  const { t } = useText();
  const list = useId();
  /** The words being typed; undefined while the chosen item stands there. */
  const [typed, setTyped] = useState<string>();
  const [open, setOpen] = useState(false);
  const [items, setItems] = useState<readonly Item[]>([]);
  const [active, setActive] = useState(0);
  const asked = useRef(0);
  const answered = useRef(0);
  const chooseFirst = useRef(false);

  const choose = (item: Item): void => {
    asked.current += 1;
    answered.current = asked.current;
    chooseFirst.current = false;
    setOpen(false);
    setTyped(undefined);
    onChoose(item);
  };

  const look = async (text: string): Promise<void> => {
    const mine = (asked.current += 1);
    const found = await search(text);
    // An answer that was overtaken by a later question says nothing about what stands in the field now.
    if (mine !== asked.current) return;
    answered.current = mine;
    const [first] = found;
    if (chooseFirst.current && first !== undefined) {
      choose(first);
      return;
    }
    chooseFirst.current = false;
    setItems(found);
    setActive(0);
    setOpen(true);
  };

  const close = (): void => {
    asked.current += 1;
    answered.current = asked.current;
    chooseFirst.current = false;
    setOpen(false);
    setTyped(undefined);
  };

  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    const waiting = answered.current < asked.current;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) void look(typed ?? '');
      else if (items.length > 0) setActive((active + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length);
    } else if (event.key === 'Enter' && waiting && typed) {
      event.preventDefault();
      chooseFirst.current = true;
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const item = items[active];
      if (item !== undefined) choose(item);
    } else if (event.key === 'Escape' && (open || typed !== undefined)) {
      event.preventDefault();
      close();
    }
  };

  const shown = open ? items[active] : undefined;
  return (
    <Field label={props.label} error={props.error} hint={props.hint} after={props.after}>
      {(wiring) => (
        <div className="combobox">
          <input
            {...wiring}
            ref={props.inputRef}
            className="input"
            type="text"
            role="combobox"
            autoComplete="off"
            spellCheck={false}
            placeholder={props.placeholder}
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={shown === undefined ? undefined : `${list}-${itemKey(shown)}`}
            value={typed ?? (value === undefined ? '' : words(value))}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              setTyped(event.target.value);
              void look(event.target.value);
            }}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
          <div className="options" id={list} role="listbox" aria-label={t('ui.suggestions')} hidden={!open}>
            {items.map((item, index) => (
              <div
                key={itemKey(item)}
                id={`${list}-${itemKey(item)}`}
                className="option"
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                onMouseEnter={() => setActive(index)}
                // The field keeps the focus, or its blur would close the list before the choice arrives.
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(item);
                }}
              >
                {props.option(item)}
              </div>
            ))}
            {items.length === 0 ? <div className="nothing">{props.nothing}</div> : null}
          </div>
        </div>
      )}
    </Field>
  );
}
