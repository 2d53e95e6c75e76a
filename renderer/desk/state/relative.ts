import { useEffect, useState } from 'react';
import { civil, daysBetween } from '#shared/deadline/index.ts';
import type { Translate } from '#renderer/i18n/index.ts';
import { useSession } from './session.ts';

const minute = 60_000;
const hour = 60 * minute;
/** How often the words are brought up to date. */
const tick = 20_000;

/**
 * How far an instant is from now, in words beside the absolute time: `còn 2 giờ`, `quá 1 ngày`. Hours and minutes only within the day; the
 * days are civil days. `now` in milliseconds of the desk's working time; `since`: the instant is when it began.
 */
export function relativeTime(at: number, now: number, t: Translate, since = false): string {
  const past = at < now;
  const days = Math.abs(daysBetween(civil(now).date, civil(at).date));
  const length = Math.abs(at - now);
  const size = days > 0 ? t('time.days', { count: days }) : lengthWords(length, t);
  return since ? t('time.since', { length: size }) : past ? t('time.past', { length: size }) : t('time.left', { length: size });
}

/** How long a stretch is, in words: `5 phút`, `3 giờ`, from two days on `16 ngày`. Milliseconds. */
export function lengthWords(length: number, t: Translate): string {
  if (length >= 48 * hour) return t('time.days', { count: Math.floor(length / (24 * hour)) });
  return length >= hour ? t('time.hours', { count: Math.floor(length / hour) }) : t('time.minutes', { count: Math.max(1, Math.floor(length / minute)) });
}

/** The desk's working time, carried on by the time that passed since it was asked; undefined until it is known. The computer's own clock is never asked. */
export function useNow(): number | undefined {
  const told = useSession((state) => state.now);
  const [passed, setPassed] = useState({ told, length: 0 });
  useEffect(() => {
    if (told === undefined) return undefined;
    const timer = setInterval(() => setPassed({ told, length: performance.now() - told.since }), tick);
    return () => clearInterval(timer);
  }, [told]);
  return told === undefined ? undefined : told.at + (passed.told === told ? passed.length : 0);
}
