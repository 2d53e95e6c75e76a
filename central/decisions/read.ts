import { z } from 'zod';
import { bodyFits, type ReadEntry } from '#shared/log/index.ts';
import type { Hasher } from '#shared/ports.ts';
import type { DossierDecisions, Grounds, Person, ProposalLine, Queue, QueueCounts, QueueLine } from '#shared/province/index.ts';
import { centreActor, centreAuditedSchema, centreDecisionClosedSchema, centreKinds, decisionPersonalSchema, reasonPersonalSchema, type OwnLog } from '../ledger/index.ts';
import type { Proposal } from '../judge/index.ts';
import type { Reports, Standing } from '../reports/index.ts';
import type { CentreStore } from '../store/index.ts';
import { caseOf, isCurrent, isForPeople, waitingAudit, type DossierCase } from './case.ts';
import { isAudit, waitingDossiers, type WaitingDossier } from './queue.ts';

export interface ReadPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly reports: Reports;
  readonly hasher: Hasher;
}

/** What people said and have to say. `officer` is who asks. */
export interface DecisionReader {
  queue(officer: string): Promise<Queue>;
  counts(officer: string): Promise<QueueCounts>;
  /** All that was said about a dossier, with the grounds; undefined for one the centre does not hold. */
  ofDossier(officer: string, dossier: string): Promise<DossierDecisions | undefined>;
}

/** Grounds as they are sealed: with papers where something was proposed, without where it was withdrawn or audited. */
const groundsBody = z.union([decisionPersonalSchema, reasonPersonalSchema.transform(({ why }) => ({ why, papers: [] }))]);

export function decisionReader({ store, own, reports, hasher }: ReadPorts): DecisionReader {
  /** Names of officers, each looked up once. */
  const people = (): ((id: string) => Promise<Person>) => {
    const known = new Map<string, Person>();
    return async (id) => {
      const person = known.get(id) ?? { id, name: id === centreActor ? '' : (await store.findOfficer({ id }))?.name ?? id };
      known.set(id, person);
      return person;
    };
  };

  const groundsOf = async (entry: ReadEntry | undefined): Promise<Grounds> => {
    const [held] = entry ? await store.entries(own.log, entry.header.seq, 1) : [];
    const body = held?.body;
    if (body && 'erased' in body) return { unreadable: 'erased' };
    if (!entry || !body || held?.hash !== entry.hash || !bodyFits(entry, body, hasher)) return { unreadable: 'unfit' };
    const parsed = groundsBody.safeParse(JSON.parse(body.body));
    return parsed.success ? { why: parsed.data.why, papers: [...parsed.data.papers] } : { unreadable: 'unfit' };
  };

  const proposalLine = async (proposal: Proposal, found: DossierCase, said: SaidOf, officer: string, person: (id: string) => Promise<Person>): Promise<ProposalLine> => {
    const { closed } = proposal;
    const withdrawal = closed?.how === 'withdrawn' ? await groundsOf(said.withdrawn.get(proposal.proposal)) : undefined;
    return {
      proposal: proposal.proposal,
      outcome: proposal.outcome,
      basis: proposal.basis,
      ...(proposal.reverses === undefined ? {} : { reverses: proposal.reverses }),
      by: await person(proposal.proposedBy),
      at: proposal.proposedAt,
      grounds: await groundsOf(said.entries.get(proposal.entry)),
      mine: proposal.proposedBy === officer,
      current: isCurrent(found, proposal),
      ...(closed ? { closed: { how: closed.how, by: await person(closed.by), at: closed.at, ...(withdrawal && 'why' in withdrawal ? { why: withdrawal.why } : {}) } } : {}),
    };
  };

  return {
    async queue(officer) {
      const standing = await reports.recent();
      const waiting = waitingDossiers(standing);
      const person = people();
      const lines = await Promise.all(waiting.map(async ({ line, proposal }): Promise<QueueLine> => ({
        ...line,
        ...(proposal ? { proposal: { outcome: proposal.outcome, by: await person(proposal.proposedBy), at: proposal.proposedAt, mine: proposal.proposedBy === officer } } : {}),
      })));
      return { now: standing.judged.now, counts: countsOf(waiting, officer), lines };
    },
    counts: async (officer) => countsOf(waitingDossiers(await reports.recent()), officer),
    async ofDossier(officer, dossier) {
      const standing = await reports.recent();
      const { judged } = standing;
      const found = caseOf(standing, dossier);
      if (!found) return judged.unaccepted.has(dossier) ? { dossier, now: judged.now, mayPropose: false, proposals: [], audited: [] } : undefined;
      const person = people();
      const said = saidOf(standing, found);
      const audit = waitingAudit(found.verdict);
      return {
        dossier,
        now: judged.now,
        basis: found.basis,
        mayPropose: found.open.length === 0 && isForPeople(found),
        ...(found.standing ? { standing: found.standing.proposal } : {}),
        proposals: await Promise.all(found.history.map((proposal) => proposalLine(proposal, found, said, officer, person))),
        ...(audit ? { audit } : {}),
        audited: await Promise.all(said.audits.map(async (entry) => {
          const { act, finding, at } = centreAuditedSchema.parse(entry.header.facts);
          return { act, finding, by: await person(entry.header.actor), at, grounds: await groundsOf(entry) };
        })),
      };
    },
  };
}

function countsOf(waiting: readonly WaitingDossier[], officer: string): QueueCounts {
  const audits = waiting.filter(({ line, proposal }) => isAudit(line.reason) && !proposal).length;
  return { decisions: waiting.length - audits, toConfirm: waiting.filter(({ proposal }) => proposal && proposal.proposedBy !== officer).length, audits };
}

/** Entries of the centre's log about one dossier. */
interface SaidOf {
  readonly entries: ReadonlyMap<string, ReadEntry>;
  /** By proposal. */
  readonly withdrawn: ReadonlyMap<string, ReadEntry>;
  readonly audits: readonly ReadEntry[];
}

function saidOf({ own, judged }: Standing, { dossier, history }: DossierCase): SaidOf {
  const hashes = new Set(history.map(({ entry }) => entry));
  const proposals = new Set(history.map(({ proposal }) => proposal));
  const entries = new Map<string, ReadEntry>();
  const withdrawn = new Map<string, ReadEntry>();
  const audits: ReadEntry[] = [];
  for (const entry of own) {
    const { kind, facts } = entry.header;
    if (hashes.has(entry.hash)) entries.set(entry.hash, entry);
    if (kind === centreKinds.decisionWithdrawn) {
      const { proposal, at } = centreDecisionClosedSchema.parse(facts);
      if (at <= judged.now && proposals.has(proposal) && !withdrawn.has(proposal)) withdrawn.set(proposal, entry);
    } else if (kind === centreKinds.audited) {
      const audited = centreAuditedSchema.parse(facts);
      if (audited.dossier === dossier && audited.at <= judged.now) audits.push(entry);
    }
  }
  return { entries, withdrawn, audits };
}
