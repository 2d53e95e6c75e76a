import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(join(__dirname, '../../../renderer/ui/styles/tokens.css'), 'utf8');
const themes = ['light', 'dark', 'contrast'] as const;

/** The colours of a theme, as the file has them. */
function tokens(theme: string): Map<string, string> {
  const block = new RegExp(`:root\\[data-theme='${theme}'\\]\\s*\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** Every text colour with every ground it stands on. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', ['paper', 'surface', 'sunken', 'accent-wash', 'positive-wash', 'waiting-wash', 'warning-wash', 'danger-wash']],
  ['muted', ['paper', 'surface', 'sunken', 'accent-wash']],
  ['accent', ['paper', 'surface', 'warning-wash']],
  ['accent-ink', ['accent', 'accent-strong']],
  ['chosen-ink', ['chosen']],
  ['positive', ['paper', 'surface', 'sunken', 'accent-wash']],
  ['waiting', ['paper', 'surface', 'sunken', 'accent-wash']],
  ['warning', ['paper', 'surface', 'sunken', 'accent-wash', 'warning-wash']],
  ['danger', ['paper', 'surface', 'sunken', 'accent-wash', 'warning-wash']],
];

/** Edges of controls, rings of focus and signs that carry meaning. */
const edges: readonly (readonly [string, readonly string[]])[] = [
  ['edge', ['paper', 'surface', 'sunken']],
  ['accent', ['paper', 'surface', 'sunken']],
  ['danger', ['surface', 'danger-wash']],
  ['positive', ['positive-wash']],
  ['waiting', ['waiting-wash']],
  ['warning', ['warning-wash']],
];

const cases = (pairs: typeof texts): [string, string, string][] => themes.flatMap((theme) => pairs.flatMap(([front, grounds]) => grounds.map((ground): [string, string, string] => [theme, front, ground])));

/** 0 for a colour that is not there, which no bar lets through. */
function measured(theme: string, front: string, ground: string): number {
  const colours = tokens(theme);
  const [a, b] = [colours.get(front), colours.get(ground)];
  return a === undefined || b === undefined ? 0 : ratio(a, b);
}

describe('contrast', () => {
  it.each(cases(texts))('%s: %s on %s has at least 4.5 : 1', (theme, front, ground) => {
    expect(measured(theme, front, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(cases(edges))('%s: %s beside %s has at least 3 : 1', (theme, front, ground) => {
    expect(measured(theme, front, ground)).toBeGreaterThanOrEqual(3);
  });

  it('measures as WCAG does: black on white is 21 : 1', () => {
    expect(ratio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(ratio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('names colours nowhere but in the tokens', () => {
    for (const file of ['ui/styles/base.css', 'ui/styles/controls.css', 'ui/styles/lists.css', 'ui/styles/feedback.css', 'desk/desk.css', 'desk/acts.css']) {
      expect(readFileSync(join(__dirname, '../../../renderer', file), 'utf8')).not.toMatch(/#[0-9a-f]{3,8}\b(?!\s*\{)[;\s]|rgba?\(/i);
    }
  });
});
