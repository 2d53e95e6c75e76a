/**
 * What somebody who goes by the arrival of news will think of a dossier (dự báo bị coi là trễ): `looks-late`, the due instant is over, the
 * result came in time, and the centre has not heard of it; `will-look-late`, the same as soon as the due instant is over. The centre of this
 * product judges by when it truly happened; a report that counts by arrival does not, and people who look at such a report should know.
 */
export type Forecast = 'looks-late' | 'will-look-late';

/** When a dossier is due and when its term stopped running, milliseconds; whether the centre has everything this desk recorded about it. */
export interface Forecasted {
  readonly dueAt?: number | undefined;
  readonly haltedAt?: number | undefined;
  readonly sent: boolean;
}

/** How long before the due instant an unsent result is worth naming, milliseconds: until the end of the next day. */
export const forecastAhead = 36 * 3_600_000;

/** The forecast at an instant; undefined for what is sent, what is not finished, and what was truly late. */
export function forecastOf({ dueAt, haltedAt, sent }: Forecasted, now: number): Forecast | undefined {
  if (sent || dueAt === undefined || haltedAt === undefined || haltedAt > dueAt) return undefined;
  if (now > dueAt) return 'looks-late';
  return now + forecastAhead > dueAt ? 'will-look-late' : undefined;
}
