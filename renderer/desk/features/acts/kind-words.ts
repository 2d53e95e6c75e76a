import { isTextKey, plainText, useText } from '#renderer/i18n/index.ts';

/** The words for a kind of entry; one of a newer version is named as it is. */
export function useKindWords(): (kind: string) => string {
  const { t, language } = useText();
  return (kind) => {
    const key = `act.${kind}`;
    return isTextKey(key) ? plainText(language, key) : t('act.other', { kind });
  };
}
