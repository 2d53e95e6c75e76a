import type { DeskStore, DossierRow } from '#db/index.ts';
import { forecastOf, type Forecast } from '#shared/dossier/index.ts';
import type { ForecastCount, ResponseOf } from '#shared/ipc/index.ts';
import { dossierLines } from './lines.ts';
import type { Workplace } from './workplace.ts';

/** Most dossiers that a list of the forecast shows. */
const mostShown = 200;

interface Forecasted {
  readonly row: DossierRow;
  readonly forecast: Forecast;
}

/** The forecast over what waits to be sent, the one first whose due instant comes first. */
function forecasts(store: DeskStore, now: number): Forecasted[] {
  const found: Forecasted[] = [];
  for (const dossier of store.waitingDossiers()) {
    const row = store.read.row(dossier);
    const forecast = row && forecastOf(row, now);
    if (forecast) found.push({ row, forecast });
  }
  return found.sort((a, b) => (a.row.dueAt ?? 0) - (b.row.dueAt ?? 0) || (a.row.id < b.row.id ? -1 : 1));
}

/** Which dossiers will look late to whoever counts by the arrival of news. */
export function viewForecast(workplace: Workplace): ResponseOf<'forecast.view'> {
  const all = forecasts(workplace.store, workplace.time.best());
  const shown = all.slice(0, mostShown);
  const lines = dossierLines(workplace, shown.map(({ row }) => row));
  return {
    lines: shown.flatMap(({ row, forecast }, index) => (lines[index] && row.haltedAt !== undefined ? [{ forecast, haltedAt: row.haltedAt, line: lines[index] }] : [])),
    more: all.length > shown.length,
  };
}

/** How often the forecast is counted anew at most while nothing else changed, milliseconds. */
const countedEvery = 60_000;

/** Counts the forecast for the network bar, and tells which own logs carry it; what it costs is paid once a minute and after each change. */
export class ForecastCounter {
  private readonly store: DeskStore;
  private last: { readonly key: string; readonly count: ForecastCount } | undefined;

  constructor(store: DeskStore) {
    this.store = store;
  }

  count(now: number): ForecastCount {
    const { store } = this;
    if (!store.identity()) return { looksLate: 0, willLookLate: 0 };
    const key = [Math.floor(now / countedEvery), ...store.ownLogs().flatMap((log) => [store.head(log).seq, store.sent(log).seq])].join(' ');
    if (this.last?.key === key) return this.last.count;
    const all = forecasts(store, now);
    const looksLate = all.filter(({ forecast }) => forecast === 'looks-late').length;
    this.last = { key, count: { looksLate, willLookLate: all.length - looksLate } };
    return this.last.count;
  }

  /** Own logs in the order in which they are to be sent: those first with what makes a dossier look late. Inside a log the chain gives the order. */
  urgentFirst(logs: readonly string[], now: number): readonly string[] {
    if (logs.length < 2) return logs;
    const { store } = this;
    const urgent = new Set(forecasts(store, now).flatMap(({ row }) => store.read.history(row.id).filter(({ sent }) => !sent).map(({ entry }) => entry.header.log)));
    return [...logs.filter((log) => urgent.has(log)), ...logs.filter((log) => !urgent.has(log))];
  }
}
