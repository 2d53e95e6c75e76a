import type { Translate } from '#renderer/i18n/index.ts';

/** The desk's name as people say it: `Quầy 2`, whether the name is the bare number or the words. */
export function deskName(desk: string, t: Translate): string {
  return /^\d+$/.test(desk.trim()) ? t('signIn.desk', { desk: desk.trim() }) : desk;
}
