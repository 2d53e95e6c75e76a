import type { Receipt, Stretch } from '#shared/evidence/index.ts';
import type { ReadEntry } from '#shared/log/index.ts';
import { atOnce, type Steps } from '#shared/steps.ts';
import { z } from 'zod';
import {
  centreBranchKeptSchema, centreEnrolledSchema, centreForkSeenSchema, centreHeardSchema, centreHeartbeatGapSchema, centreKinds, centreLogOpenedSchema, centreReceiptSchema,
  centreSilenceSchema, centreStateSchema, centreTicketSchema, centreTicketWithdrawnSchema, centreTransferOrderedSchema, orderFollowed, type CentreTicket,
} from '../ledger/index.ts';
import { Hearing } from './hearing.ts';
import { peoplesWord, type PeoplesWord } from './people.ts';

/** The time of an installation with one agency. */
export interface Service {
  readonly agency: string;
  /** From its enrolment there on, or from when it was ordered there: it may have gone any time since. */
  readonly from: number;
  /** Its logs of that agency. */
  readonly logs: readonly string[];
}

/** An installation as the centre's own log tells it. */
export interface EnrolledDesk {
  readonly installation: string;
  /** The agency it serves now. */
  readonly agency: string;
  readonly desk: string;
  /** Where it was and is, and where it is ordered to, which may be ahead of `agency`. Each agency once. */
  readonly services: readonly Service[];
  /** The agency it is ordered to, while it has not gone there. */
  readonly goesTo: string | undefined;
  readonly publicKey: string;
  readonly enrolledAt: number;
  /** Its logs, the present one last. */
  readonly logs: readonly string[];
  readonly approvedAt: number | undefined;
  readonly revokedAt: number | undefined;
}

/** What the centre's own log says as of a given time. */
export interface CentreWord {
  readonly now: number;
  readonly receipts: ReadonlyMap<string, readonly Receipt[]>;
  /** First place at which a log has two branches. */
  readonly forks: ReadonlyMap<string, number>;
  /** When the centre did not run. */
  readonly gaps: readonly Stretch[];
  readonly desks: readonly EnrolledDesk[];
  readonly hearing: Hearing;
  /** Operators' tickets that count, in the order they were recorded. */
  readonly tickets: readonly Ticket[];
  /** Receipts of the branches of forked logs, by the branch's first entry. */
  readonly branchReceipts: ReadonlyMap<string, readonly Receipt[]>;
  readonly decisions: PeoplesWord['decisions'];
  readonly audited: PeoplesWord['audited'];
}

/** An operator's ticket, and who recorded it. */
export interface Ticket extends CentreTicket {
  readonly by: string;
}

/** Every fact of the centre's own log has its time and that time's bound. */
const datedSchema = z.object({ at: z.int(), rho: z.int().nonnegative().nullable() });

interface Growing extends Omit<EnrolledDesk, 'goesTo'> {
  agency: string;
  desk: string;
  services: (Service & { readonly logs: string[] })[];
  readonly orders: { readonly agency: string; readonly desk: string }[];
  logs: string[];
  approvedAt: number | undefined;
  revokedAt: number | undefined;
}

/**
 * Reads the centre's own log as it was known at `now`. A receipt made while the centre was not synchronised is dated by the
 * next entry of a synchronised centre: the log's order proves that it was there by then.
 */
export function centreWord(own: readonly ReadEntry[], now: number): CentreWord {
  return atOnce(readingCentreWord(own, now));
}

/** The same in steps of some entries each. */
export function* readingCentreWord(own: readonly ReadEntry[], now: number): Steps<CentreWord> {
  const receipts = new Map<string, Receipt[]>();
  const forks = new Map<string, number>();
  const gaps: Stretch[] = [];
  const desks = new Map<string, Growing>();
  const hearing = new Hearing();
  const tickets = new Map<string, Ticket>();
  const branchReceipts = new Map<string, Receipt[]>();
  const people = peoplesWord();
  const proofs = yield* laterProofs(own, now);

  for (const [index, entry] of own.entries()) {
    if (index % 256 === 0) yield;
    const { header } = entry;
    const { kind, facts } = header;
    const dated = datedSchema.safeParse(facts);
    if (dated.success && dated.data.at > now) continue;
    if (kind === centreKinds.receipt) {
      const { log, seq, hash, at, bundle } = centreReceiptSchema.parse(facts);
      put(receipts, log, { seq, hash, at, proof: proofs[index] ?? null, entry: entry.hash });
      // What was carried by hand shows nothing of the line.
      if (bundle === undefined) hearing.heardAt(log, at);
    } else if (kind === centreKinds.branchKept) {
      const { branch, seq, hash, at } = centreBranchKeptSchema.parse(facts);
      put(branchReceipts, branch, { seq, hash, at, proof: proofs[index] ?? null, entry: entry.hash });
    } else if (kind === centreKinds.heard) {
      hearing.heard(centreHeardSchema.parse(facts));
    } else if (kind === centreKinds.silence) {
      const { log, from, to } = centreSilenceSchema.parse(facts);
      hearing.silent(log, { from, to });
    } else if (kind === centreKinds.ticketRecorded) {
      const ticket = centreTicketSchema.parse(facts);
      if (ticket.replaces !== undefined) tickets.delete(ticket.replaces);
      tickets.set(ticket.ticket, { ...ticket, by: header.actor });
    } else if (kind === centreKinds.ticketWithdrawn) {
      tickets.delete(centreTicketWithdrawnSchema.parse(facts).ticket);
    } else if (kind === centreKinds.forkSeen) {
      const { log, seq } = centreForkSeenSchema.parse(facts);
      forks.set(log, Math.min(seq, forks.get(log) ?? seq));
    } else if (kind === centreKinds.heartbeatGap) {
      const { from, to } = centreHeartbeatGapSchema.parse(facts);
      if (to <= now) gaps.push({ from, to });
    } else if (kind === centreKinds.enrolled) {
      const { installation, log, agency, desk, publicKey, state, at } = centreEnrolledSchema.parse(facts);
      desks.set(installation, { installation, agency, desk, services: [{ agency, from: at, logs: [log] }], orders: [], publicKey, enrolledAt: at, logs: [log], approvedAt: state === 'approved' ? at : undefined, revokedAt: undefined });
    } else if (kind === centreKinds.approved || kind === centreKinds.revoked) {
      const { installation, at } = centreStateSchema.parse(facts);
      const desk = desks.get(installation);
      if (desk && kind === centreKinds.approved) desk.approvedAt = at;
      else if (desk) desk.revokedAt = at;
    } else if (kind === centreKinds.logOpened) {
      const log = centreLogOpenedSchema.parse(facts);
      const desk = desks.get(log.installation);
      if (desk) opened(desk, log);
    } else if (kind === centreKinds.transferOrdered) {
      const order = centreTransferOrderedSchema.parse(facts);
      const desk = desks.get(order.installation);
      if (desk) ordered(desk, order);
    } else {
      people.take(entry);
    }
  }
  return {
    now, receipts, forks, gaps, desks: [...desks.values()].map(withGoal), hearing, tickets: [...tickets.values()], branchReceipts, decisions: people.decisions, audited: people.audited,
  };
}

function ordered(desk: Growing, { agency, desk: name, at }: z.infer<typeof centreTransferOrderedSchema>): void {
  desk.orders.push({ agency, desk: name });
  if (!desk.services.some((one) => one.agency === agency)) desk.services.push({ agency, from: at, logs: [] });
}

function opened(desk: Growing, { log, parent, agency = desk.agency }: z.infer<typeof centreLogOpenedSchema>): void {
  const before = desk.services.find((one) => parent !== null && one.logs.includes(parent))?.agency;
  desk.logs.push(log);
  desk.services.find((one) => one.agency === agency)?.logs.push(log);
  const followed = orderFollowed(desk.orders, { agency, before, served: desk.agency });
  if (!followed) return;
  desk.agency = followed.agency;
  desk.desk = followed.desk;
}

/** Where the last order leads, if the desk is not there. */
function withGoal({ orders, ...desk }: Growing): EnrolledDesk {
  const wanted = orders.at(-1)?.agency;
  return { ...desk, goesTo: wanted === desk.agency ? undefined : wanted };
}

function put(receipts: Map<string, Receipt[]>, log: string, receipt: Receipt): void {
  const list = receipts.get(log);
  if (list) list.push(receipt);
  else receipts.set(log, [receipt]);
}

/** For every place of the centre's log, its own synchronised time or the next one after it. */
function* laterProofs(own: readonly ReadEntry[], now: number): Steps<Receipt['proof'][]> {
  const proofs: Receipt['proof'][] = [];
  let next: Receipt['proof'] = null;
  for (const { header } of own.toReversed()) {
    if (header.seq % 256 === 0) yield;
    const dated = datedSchema.safeParse(header.facts);
    if (dated.success && dated.data.at <= now && dated.data.rho !== null) next = { at: dated.data.at, rho: dated.data.rho };
    proofs.push(next);
  }
  return proofs.toReversed();
}
