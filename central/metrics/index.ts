import { createServer } from 'node:http';
import { once } from 'node:events';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '#shared/errors/index.ts';
import type { Room } from '../judge/index.ts';
import type { CentreReader } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';

/** What is counted while the centre works: numbers and names of routes, nothing about desks or people. */
export interface Metrics {
  /** A request was answered. `route` as it is declared, never as it was asked for. */
  answered(method: string, route: string, status: number, seconds: number): void;
  refused(code: ErrorCode): void;
  /** A batch was taken in: entries new to the centre, and bytes as they came over the wire. */
  batch(entries: number, bytes: number): void;
  /** A bundle carried by USB was taken in, with so many entries new to the centre. */
  bundle(entries: number): void;
  /** A piece of a digitised paper was taken in. */
  piece(bytes: number): void;
  /** Work that has a limit began or ended, and how much of it there is now. */
  inWork(what: 'batches' | 'pages' | 'pieces', now: number): void;
  /** All of it in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricsPorts {
  readonly store: CentreReader;
  readonly time: CentreTime;
  /** Entries in memory for judging, and how many there is room for. */
  readonly judging: () => Room;
}

/** A desk that was not heard for longer is counted as silent, milliseconds. */
const silentAfter = 30 * 60_000;

/** `machine`: also count the process itself (memory, event loop). */
export function openMetrics({ store, time, judging }: MetricsPorts, machine = false): Metrics {
  const register = new Registry();
  const registers = [register];
  if (machine) collectDefaultMetrics({ register });
  const seconds = new Histogram({
    name: 'quay_request_seconds', help: 'Time to answer a request', labelNames: ['method', 'route', 'status'], buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 20, 60], registers,
  });
  const refusals = new Counter({ name: 'quay_refusals_total', help: 'Requests refused, by code', labelNames: ['code'], registers });
  const batches = new Counter({ name: 'quay_batches_total', help: 'Batches taken in', registers });
  const entries = new Counter({ name: 'quay_entries_total', help: 'Entries new to the centre', registers });
  const bundles = new Counter({ name: 'quay_bundles_total', help: 'Bundles carried by USB taken in', registers });
  const batchBytes = new Counter({ name: 'quay_batch_bytes_total', help: 'Bytes of batches over the wire', registers });
  const attachmentBytes = new Counter({ name: 'quay_attachment_bytes_total', help: 'Bytes of digitised papers taken in', registers });
  const atWork = new Gauge({ name: 'quay_in_work', help: 'Requests with a limit in work now', labelNames: ['what'], registers });
  const read = [
    new Gauge({
      name: 'quay_clock_bound_seconds', help: 'Bound on the error of the centre’s clock; -1 while it is not synchronised', registers: [],
      collect() {
        const { rho } = time.read();
        this.set(rho === undefined ? -1 : rho / 1000);
      },
    }),
    new Gauge({
      name: 'quay_judged_entries', help: 'Entries in memory for judging, and how many this process has room for', labelNames: ['what'], registers: [],
      collect() {
        const { held, most } = judging();
        this.set({ what: 'held' }, held);
        this.set({ what: 'room' }, most);
      },
    }),
    new Gauge({
      name: 'quay_desks', help: 'Approved installations, by whether they were heard within half an hour', labelNames: ['heard'], registers: [],
      async collect() {
        const { now } = time.read();
        const heard = new Map((await store.heard()).map(({ log, lastAt }) => [log, lastAt]));
        const approved = (await store.installations()).filter(({ state }) => state === 'approved');
        const silent = approved.filter(({ log }) => now - (heard.get(log) ?? 0) > silentAfter).length;
        this.set({ heard: 'yes' }, approved.length - silent);
        this.set({ heard: 'no' }, silent);
      },
    }),
  ];
  for (const gauge of read) register.registerMetric(gauge);
  return {
    answered: (method, route, status, took) => seconds.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, took),
    refused: (code) => refusals.inc({ code }),
    batch(fresh, bytes) {
      batches.inc();
      entries.inc(fresh);
      batchBytes.inc(bytes);
    },
    bundle(fresh) {
      bundles.inc();
      entries.inc(fresh);
    },
    piece: (bytes) => attachmentBytes.inc(bytes),
    inWork: (what, now) => atWork.set({ what }, now),
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}

/** Where metrics are asked for: an address of their own, because no call of the protocol but two goes without a signature. */
export interface MetricsListener {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves `GET /metrics` and nothing else. */
export async function listenForMetrics(metrics: Metrics, host: string, port: number, report: (line: string) => void): Promise<MetricsListener> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text),
      (error: unknown) => {
        report(JSON.stringify({ level: 'error', what: 'metrics could not be read', name: error instanceof Error ? error.name : typeof error }));
        response.writeHead(503).end();
      },
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
