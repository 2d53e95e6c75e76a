import type { ui as first } from '../vi/index.ts';

export const ui: Readonly<Record<keyof typeof first, string>> = {
  'ui.textSize': 'Text size',
  'ui.size.small': 'Small text',
  'ui.size.normal': 'Medium text',
  'ui.size.large': 'Large text',
  'ui.theme': 'Theme',
  'ui.theme.light': 'Light',
  'ui.theme.dark': 'Dark',
  'ui.theme.contrast': 'High contrast',
  'ui.language': 'Language',
  'ui.language.vi': 'Tiếng Việt',
  'ui.language.en': 'English',
  'ui.loading': 'Loading',
  'ui.close': 'Close',
  'ui.cancel': 'Go back',
  'ui.retry': 'Try again',
  'ui.more': 'Show more',
  'ui.datePattern': 'day/month/year',
  'ui.timePattern': 'hh:mm',
  'ui.suggestions': 'Suggestions',
};
