import { dossierKinds, erasedSchema } from '#shared/dossier/index.ts';
import type { Flaw } from '#shared/export/index.ts';
import type { Entry } from '#shared/log/index.ts';
import type { z } from 'zod';
import {
  centreAuditedSchema, centreBranchKeptSchema, centreCataloguePublishedSchema, centreDecisionClosedSchema, centreDecisionProposedSchema, centreEnrolledSchema, centreForkSeenSchema,
  centreHeardSchema, centreHeartbeatGapSchema, centreKinds, centreLeaseIssuedSchema, centreLogOpenedSchema, centreOpenedSchema, centreReceiptSchema, centreSilenceSchema,
  centreStateSchema, centreTicketSchema, centreTicketWithdrawnSchema, centreTransferOrderedSchema, codeMappedSchema,
} from '../ledger/index.ts';

/** Where something stands in the centre's own log. */
export interface Place {
  readonly seq: number;
  readonly line: number;
}

/** A log as the centre's own log enrolled it. */
export interface EnrolledLog extends Place {
  readonly installation: string;
  readonly agency: string;
  readonly publicKey: string;
}

/** A head that the centre acknowledged. */
export interface Acknowledged extends Place {
  readonly head: { readonly seq: number; readonly hash: string };
}

export interface PublishedCatalogue extends Place {
  readonly sha256: string;
  readonly openSha256: string | undefined;
}

/** What the centre's own log says must be in the file. */
export class OwnWord {
  readonly logs = new Map<string, EnrolledLog>();
  readonly receipts = new Map<string, Acknowledged[]>();
  /** By the branch's first entry. */
  readonly branches = new Map<string, { readonly log: string; readonly kept: Acknowledged[] }>();
  readonly forks: (Place & { readonly log: string; readonly at: number; readonly held: string; readonly other: string })[] = [];
  readonly catalogues = new Map<number, PublishedCatalogue>();
  /** Whether every entry can be read as its kind says; else nothing can be judged by it. */
  readable = true;
  private readonly installations = new Map<string, { readonly agency: string; readonly publicKey: string; readonly ordered: Set<string> }>();

  /** Reads one entry; what is wrong with it, if anything. */
  take({ header }: Entry, line: number): Flaw['code'] | undefined {
    const place = { seq: header.seq, line };
    const { kind, facts } = header;
    const shape = shapes.get(kind);
    if (!shape) return undefined;
    if (!shape.safeParse(facts).success) {
      this.readable = false;
      return 'entry.bad-facts';
    }
    if (kind === centreKinds.enrolled) {
      const { installation, log, agency, publicKey } = centreEnrolledSchema.parse(facts);
      this.installations.set(installation, { agency, publicKey, ordered: new Set([agency]) });
      this.logs.set(log, { ...place, installation, agency, publicKey });
    } else if (kind === centreKinds.logOpened) {
      const { installation, log, agency: named } = centreLogOpenedSchema.parse(facts);
      const known = this.installations.get(installation);
      const agency = named ?? known?.agency;
      // A log of an agency that the installation was never ordered to is nobody's.
      if (!known || agency === undefined || !known.ordered.has(agency)) return 'log.not-enrolled';
      this.logs.set(log, { ...place, installation, agency, publicKey: known.publicKey });
    } else if (kind === centreKinds.transferOrdered) {
      const { installation, agency } = centreTransferOrderedSchema.parse(facts);
      const known = this.installations.get(installation);
      if (!known) return 'log.not-enrolled';
      known.ordered.add(agency);
    } else if (kind === centreKinds.receipt) {
      const { log, seq, hash } = centreReceiptSchema.parse(facts);
      put(this.receipts, log, { ...place, head: { seq, hash } });
    } else if (kind === centreKinds.branchKept) {
      const { log, branch, seq, hash } = centreBranchKeptSchema.parse(facts);
      const known = this.branches.get(branch);
      if (known) known.kept.push({ ...place, head: { seq, hash } });
      else this.branches.set(branch, { log, kept: [{ ...place, head: { seq, hash } }] });
    } else if (kind === centreKinds.forkSeen) {
      const { log, seq, held, other } = centreForkSeenSchema.parse(facts);
      this.forks.push({ ...place, log, at: seq, held, other });
    } else if (kind === centreKinds.cataloguePublished) {
      const { version, sha256, openSha256 } = centreCataloguePublishedSchema.parse(facts);
      this.catalogues.set(version, { ...place, sha256, openSha256 });
    }
    return undefined;
  }
}

const shapes = new Map<string, z.ZodType>([
  [centreKinds.opened, centreOpenedSchema],
  [centreKinds.receipt, centreReceiptSchema],
  [centreKinds.heartbeatGap, centreHeartbeatGapSchema],
  [centreKinds.enrolled, centreEnrolledSchema],
  [centreKinds.approved, centreStateSchema],
  [centreKinds.revoked, centreStateSchema],
  [centreKinds.transferOrdered, centreTransferOrderedSchema],
  [centreKinds.logOpened, centreLogOpenedSchema],
  [centreKinds.cataloguePublished, centreCataloguePublishedSchema],
  [centreKinds.leaseIssued, centreLeaseIssuedSchema],
  [centreKinds.forkSeen, centreForkSeenSchema],
  [centreKinds.codeMapped, codeMappedSchema],
  [centreKinds.heard, centreHeardSchema],
  [centreKinds.silence, centreSilenceSchema],
  [centreKinds.ticketRecorded, centreTicketSchema],
  [centreKinds.ticketWithdrawn, centreTicketWithdrawnSchema],
  [centreKinds.branchKept, centreBranchKeptSchema],
  [centreKinds.decisionProposed, centreDecisionProposedSchema],
  [centreKinds.decisionConfirmed, centreDecisionClosedSchema],
  [centreKinds.decisionWithdrawn, centreDecisionClosedSchema],
  [centreKinds.audited, centreAuditedSchema],
  [dossierKinds.erased, erasedSchema],
]);

function put<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
