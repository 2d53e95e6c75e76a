import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { Combobox } from '#renderer/ui/index.ts';

const all = ['Đăng ký khai sinh', 'Đăng ký khai tử', 'Đăng ký kết hôn'];
const waiting: { text: string; answer: (items: readonly string[]) => void }[] = [];
let chosen: string[] = [];

/** Answers only when told to, so that answers can be late and come in any order. */
function Field({ slow = false }: { slow?: boolean }): React.JSX.Element {
  const [value, setValue] = useState<string>();
  return (
    <>
      <Combobox
        label="Thủ tục"
        value={value}
        words={(item) => item}
        itemKey={(item) => String(all.indexOf(item))}
        option={(item) => item}
        nothing="Không có"
        search={(text) => {
          const found = all.filter((item) => item.toLowerCase().includes(text.toLowerCase()));
          return slow ? new Promise((answer) => waiting.push({ text, answer: () => answer(found) })) : Promise.resolve(found);
        }}
        onChoose={(item) => {
          chosen.push(item);
          setValue(item);
        }}
      />
      <button type="button">Khác</button>
    </>
  );
}

beforeEach(() => {
  chosen = [];
  waiting.length = 0;
});
afterEach(cleanup);

describe('combobox', () => {
  it('is a combobox with a list, by role and name', async () => {
    render(<Field />);
    const field = screen.getByRole('combobox', { name: 'Thủ tục' });
    expect(field.getAttribute('aria-expanded')).toBe('false');
    await userEvent.type(field, 'khai');
    expect(field.getAttribute('aria-expanded')).toBe('true');
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual(all.slice(0, 2));
    expect(field.getAttribute('aria-activedescendant')).toBe(options[0]?.id);
    expect(document.getElementById(field.getAttribute('aria-controls') ?? '')?.getAttribute('role')).toBe('listbox');
  });

  it('is walked with the arrows, round at the ends, and chosen from with Enter', async () => {
    render(<Field />);
    const field = screen.getByRole<HTMLInputElement>('combobox');
    await userEvent.type(field, 'khai{ArrowDown}');
    expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true');
    await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}');
    expect(chosen).toEqual(['Đăng ký khai tử']);
    expect(field.value).toBe('Đăng ký khai tử');
    expect(screen.queryByRole('option')).toBeNull();
  });

  it('closes with Esc and brings the chosen words back', async () => {
    render(<Field />);
    const field = screen.getByRole<HTMLInputElement>('combobox');
    await userEvent.type(field, 'tử{Enter}');
    await userEvent.type(field, 'x{Escape}');
    expect(field.value).toBe('Đăng ký khai tử');
    expect(field.getAttribute('aria-expanded')).toBe('false');
    expect(chosen).toHaveLength(1);
  });

  it('opens without words, says when nothing fits, and drops what was typed on leaving', async () => {
    render(<Field />);
    const field = screen.getByRole<HTMLInputElement>('combobox');
    await userEvent.click(field);
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getAllByRole('option')).toHaveLength(3);
    await userEvent.keyboard('zzz');
    expect(screen.getByText('Không có')).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    expect(chosen).toEqual([]);
    await userEvent.tab();
    expect(field.value).toBe('');
  });

  it('ignores an answer that was overtaken by a later question', async () => {
    render(<Field slow />);
    await userEvent.type(screen.getByRole('combobox'), 'tử');
    expect(waiting.map(({ text }) => text)).toEqual(['t', 'tử']);
    await act(async () => waiting[1]?.answer([]));
    await act(async () => waiting[0]?.answer([]));
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Đăng ký khai tử']);
  });

  it('chooses the first of the answer where Enter came before it', async () => {
    render(<Field slow />);
    await userEvent.type(screen.getByRole('combobox'), 'kết{Enter}');
    expect(chosen).toEqual([]);
    await act(async () => waiting.at(-1)?.answer([]));
    expect(chosen).toEqual(['Đăng ký kết hôn']);
  });
});
