import { vi } from './vi/index.ts';
import { en } from './en/index.ts';

export type Language = 'vi' | 'en';
export type TextKey = keyof typeof vi;

/** The names between braces in a text. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** What has to be given beside a key: nothing, or a value for each placeholder of its text. */
export type ValuesOf<Key extends TextKey> = [Placeholders<(typeof vi)[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<(typeof vi)[Key]>, string | number>>];

/** The text of a key, its `{placeholders}` filled in. */
export type Translate = <Key extends TextKey>(key: Key, ...values: ValuesOf<Key>) => string;

/** Whether a text is the key of one: messages of a form are either keys or sentences as they came. */
export function isTextKey(text: string): text is TextKey {
  return Object.hasOwn(vi, text);
}

const languages: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { vi, en };

/** The texts of a language. */
export function texts(language: Language): Translate {
  return (key, ...[values]) => fill(languages[language][key], values);
}

function fill(text: string, values: Readonly<Record<string, string | number>> | undefined): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
}

/** A text without places to fill in, by a key that is known only when it is needed. */
export function plainText(language: Language, key: TextKey): string {
  return languages[language][key];
}
