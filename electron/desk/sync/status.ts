import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import type { Fault } from '#shared/errors/index.ts';
import type { SyncView } from '#shared/ipc/index.ts';
import { closeIsNeeded } from '../close-due.ts';
import { ForecastCounter } from '../forecast.ts';
import { transferOrder } from '../transfer/index.ts';
import { codesLeft } from './leases.ts';

/** What is remembered of the line over a restart, in working time. */
const lineMemoSchema = z.object({
  lastAnswerAt: z.int().optional(),
  lastAcknowledgedAt: z.int().optional(),
  /** Uptime of the last answer, in its boot. */
  lastAnswer: z.object({ boot: z.string(), uptime: z.number() }).optional(),
  /** Whether the log says that the line is lost, and where. */
  lost: z.object({ seq: z.int().optional() }).optional(),
});
type LineMemo = z.infer<typeof lineMemoSchema>;

/** The state of the line and of the sending, as the network bar shows it. It only says what it knows. */
export class SyncStatus {
  private readonly store: DeskStore;
  private readonly memo: LineMemo;
  private readonly refusals = new Map<string, { at: number; fault: Fault; log?: string | undefined }>();
  readonly forecast: ForecastCounter;
  private connected = false;
  private offlineSince: number | undefined;
  sending = false;
  nextAttemptAt: number | undefined;
  /** How far the pull of other logs' entries is; undefined before the first. */
  pull: SyncView['pull'];

  constructor(store: DeskStore, startedAt: number) {
    this.store = store;
    this.forecast = new ForecastCounter(store);
    this.memo = store.memo.load('line', lineMemoSchema) ?? {};
    this.offlineSince = this.memo.lastAnswerAt ?? startedAt;
  }

  answered(at: number, { boot, uptime }: { readonly boot: string; readonly uptime: number }): void {
    this.memo.lastAnswerAt = at;
    this.memo.lastAnswer = { boot, uptime };
    this.connected = true;
    this.offlineSince = undefined;
  }

  /** True if the line was up until now. */
  failed(at: number): boolean {
    const wasUp = this.connected;
    this.connected = false;
    this.offlineSince ??= this.memo.lastAnswerAt ?? at;
    // When the last answer came must outlive a restart: the entry that notes the loss may be written after it.
    if (wasUp) this.save();
    return wasUp;
  }

  /** Boot and uptime of the last answer ever. */
  lastAnswer(): { readonly boot: string; readonly uptime: number } | undefined {
    return this.memo.lastAnswer;
  }

  isConnected(): boolean {
    return this.connected;
  }

  allAcknowledged(at: number): void {
    this.memo.lastAcknowledgedAt = at;
    this.save();
  }

  /** Whether the log notes the line as lost. */
  lost(): { readonly seq?: number | undefined } | undefined {
    return this.memo.lost;
  }

  noteLost(seq: number | undefined): void {
    this.memo.lost = seq === undefined ? {} : { seq };
    this.save();
  }

  noteRestored(): void {
    delete this.memo.lost;
    this.save();
  }

  /**
   * Keeps a refusal in view until the same thing succeeds. `what` tells refusals apart: a log, the enrolment, the catalogue.
   * `log` is the own log that waits because of it.
   */
  refused(what: string, at: number, fault: Fault, log?: string): void {
    const before = this.refusals.get(what);
    this.refusals.set(what, { at: before && before.fault.code === fault.code ? before.at : at, fault, log });
  }

  refusal(what: string): Fault | undefined {
    return this.refusals.get(what)?.fault;
  }

  accepted(what: string): void {
    this.refusals.delete(what);
  }

  save(): void {
    // Lost with a crash it would only show an older time of the last answer.
    this.store.memo.save('line', this.memo);
  }

  private transferView(): Pick<SyncView, 'transfer'> {
    const order = transferOrder(this.store);
    return order ? { transfer: { agencyName: order.ready?.name ?? order.agency, desk: order.desk } } : {};
  }

  /** `now` is the working time, for what holds today. */
  view(now: number): SyncView {
    const { store, memo } = this;
    const codes = codesLeft(store, now);
    const forecast = this.forecast.count(now);
    const summary = store.pendingSummary();
    const enrolled = store.identity() !== undefined;
    const none = { seq: 0, hash: '0'.repeat(64) };
    const head = enrolled ? store.head() : none;
    const acknowledged = enrolled ? store.acknowledged() : none;
    const branches = store.ownLogs().flatMap((log) => {
      const kept = store.kept(log);
      return kept ? [{ log, leavesAt: kept.leavesAt, kept: { seq: kept.seq, hash: kept.hash }, waiting: store.head(log).seq - store.sent(log).seq }] : [];
    });
    return {
      state: !enrolled ? 'not-enrolled' : this.connected ? 'connected' : 'offline',
      ...(memo.lastAnswerAt === undefined ? {} : { lastAnswerAt: memo.lastAnswerAt }),
      ...(this.connected || this.offlineSince === undefined ? {} : { offlineSince: this.offlineSince }),
      ...(memo.lastAcknowledgedAt === undefined ? {} : { lastAcknowledgedAt: memo.lastAcknowledgedAt }),
      waiting: {
        dossiers: summary.dossiers, entries: summary.entries, bytes: summary.bytes,
        ...(summary.oldestAt === undefined ? {} : { oldestAt: summary.oldestAt }),
      },
      sending: this.sending,
      ...(this.nextAttemptAt === undefined ? {} : { nextAttemptAt: this.nextAttemptAt }),
      ...(branches.length > 0 ? { branches } : {}),
      ...(store.writtenElsewhere() ? { elsewhere: true as const } : {}),
      refusals: [...this.refusals.values()].map(({ at, fault, log }) => ({ at, fault, ...(log === undefined ? {} : { entries: store.head(log).seq - store.sent(log).seq }) })),
      head: { seq: head.seq, hash: head.hash },
      acknowledged: { seq: acknowledged.seq, hash: acknowledged.hash },
      log: store.identity()?.log ?? '',
      catalogueVersion: store.catalogue.current()?.version ?? 0,
      ...(codes ? { codes } : {}),
      ...(forecast.looksLate + forecast.willLookLate > 0 ? { forecast } : {}),
      ...(enrolled && !this.connected && closeIsNeeded(store, now) ? { closeNeeded: true as const } : {}),
      ...(this.pull ? { pull: this.pull } : {}),
      ...this.transferView(),
    };
  }
}
