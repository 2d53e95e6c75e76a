import type { OfficerSession } from '#shared/province/index.ts';
import { keepAlive } from './alive.ts';
import { decisionReader, decisionRecords } from './decisions/index.ts';
import { openFoundation, type Foundation } from './foundation.ts';
import { buildApp, nonces, type App } from './http/index.ts';
import { hasher, random } from './keys/index.ts';
import { listenForMetrics, openMetrics, type Metrics } from './metrics/index.ts';
import { officerDesk, type OfficerDesk } from './officers/index.ts';
import { provinceReports } from './province.ts';
import { ticketDesk } from './tickets/index.ts';
import type { CentreTime } from './time/index.ts';

export interface CentreOptions {
  /** Holds everything of the centre: its keys and, unless `database` is given, its data. Made if it is missing. */
  readonly folder: string;
  /** `postgres://…`: the database that holds its data, which several processes may share. */
  readonly database?: string | undefined;
  /** The folder of digitised papers' contents, where it is another than the centre's own; several processes share it. */
  readonly attachments?: string | undefined;
  /** Where metrics can be asked for; nowhere unless given. Port 0 for any free one. */
  readonly metrics?: { readonly host: string; readonly port: number } | undefined;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly time: CentreTime;
  readonly software: string;
  /** Folder of the officer's built pages. */
  readonly pages?: string | undefined;
  /** Attempts to enrol from one address in a minute. */
  readonly enrolmentsPerMinute?: number | undefined;
  /** Batches in work at once. */
  readonly batchesAtOnce?: number | undefined;
  /** Takes one line about something unforeseen. */
  readonly report?: ((line: string) => void) | undefined;
  /** Real time for nonces and sessions, milliseconds. */
  readonly wall?: (() => number) | undefined;
  /** Entries it judges at most; as many as the process has memory for unless given. */
  readonly judgedEntries?: number | undefined;
  /** What the officer's pages must say about this centre. */
  readonly banners?: OfficerSession['banners'] | undefined;
}

/** A centre that listens. */
export interface Centre extends Foundation {
  readonly url: string;
  readonly officers: OfficerDesk;
  readonly metricsPort: number | undefined;
  /** Stops taking requests, finishes those in work, closes the store. */
  stop(): Promise<void>;
}

const nonceKeyNote = 'nonce.key';

/** What stands over a foundation and does not listen yet. */
export interface Service {
  readonly app: App;
  readonly officers: OfficerDesk;
  readonly metrics: Metrics;
}

/** How a service answers, apart from where it listens. */
export type ServiceOptions = Pick<CentreOptions, 'software' | 'pages' | 'tls' | 'banners' | 'batchesAtOnce' | 'enrolmentsPerMinute' | 'metrics' | 'judgedEntries'> & {
  readonly wall: () => number;
  readonly report: (line: string) => void;
};

/** Composes the service of a centre over its foundation. */
export async function openService(foundation: Foundation, options: ServiceOptions): Promise<Service> {
  const { store, own, keys, time, attachments } = foundation;
  const { wall, report, software, tls } = options;
  const officers = officerDesk({ store, own, time, hasher, random, wall });
  const reports = provinceReports(foundation, options.judgedEntries);
  const metrics = openMetrics({ ...foundation, judging: () => reports.room() }, options.metrics !== undefined);
  const app = await buildApp({
    store, own, keys, time, officers, attachments, metrics, reports, software, report,
    nonces: nonces(await nonceKey(foundation), random, wall),
    decisions: { ...decisionReader({ store, own, reports, hasher }), ...decisionRecords({ store, own, time, reports }) },
    tickets: ticketDesk({
      store, own, time,
      known: async () => {
        const { word, own: { length: entries }, catalogue } = await reports.word();
        return { word, catalogue, entries };
      },
    }),
    banners: options.banners ?? [],
    batchesAtOnce: options.batchesAtOnce ?? 16,
    enrolmentsPerMinute: options.enrolmentsPerMinute ?? 10,
    pages: options.pages,
    secure: tls !== undefined,
  }, tls);
  return { app, officers, metrics };
}

/** Opens the folder and listens. Throws `DomainError` for a store that cannot be opened, and Node's error for a port that is taken. */
export async function startCentre(options: CentreOptions): Promise<Centre> {
  const wall = options.wall ?? Date.now;
  const report = options.report ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const foundation = await openFoundation(options.folder, options.time, options.software, options.database, options.attachments);
  const { app, officers, metrics } = await openService(foundation, { ...options, wall, report });
  const alive = await keepAlive(foundation, wall, report);
  const measured = options.metrics && (await listenForMetrics(metrics, options.metrics.host, options.metrics.port, report));
  const url = await app.listen({ host: options.host, port: options.port });
  return {
    ...foundation,
    url, officers, metricsPort: measured?.port,
    stop: async () => {
      await measured?.close();
      await app.close();
      await alive.stop();
      await foundation.close();
    },
  };
}

/** The key of the nonces' MAC, shared by all processes over one store. */
async function nonceKey({ store }: Foundation): Promise<Uint8Array> {
  const text = await store.transaction(async (writer) => {
    const held = await writer.note(nonceKeyNote);
    if (held !== undefined) return held;
    const made = Buffer.from(random.bytes(32)).toString('base64url');
    await writer.setNote(nonceKeyNote, made);
    return made;
  });
  return Buffer.from(text, 'base64url');
}
