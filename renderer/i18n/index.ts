/** All texts of the pages, Vietnamese first, and how figures and times are written. */
export { formatBirth, formatCount, formatMoment, formatMoney, formatSize } from './format.ts';
export { useLanguage, useText } from './language.ts';
export { isTextKey, plainText, texts, type Language, type TextKey, type Translate } from './text.ts';
