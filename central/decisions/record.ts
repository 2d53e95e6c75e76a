import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { AuditRequest, ProposeRequest } from '#shared/province/index.ts';
import { centreKinds, type CentreAudited, type CentreDecisionProposed, type DecisionPersonal, type Note, type OwnLog, type ReasonPersonal } from '../ledger/index.ts';
import type { Proposal } from '../judge/index.ts';
import type { Reports, Standing } from '../reports/index.ts';
import type { CentreStore } from '../store/index.ts';
import type { CentreReading, CentreTime } from '../time/index.ts';
import { caseOf, decisionInForce, isCurrent, isForPeople, waitingAudit } from './case.ts';
import { spokenOfSince } from './spoken-since.ts';

export interface RecordPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly reports: Reports;
}

/** What officers say about dossiers, written into the centre's own log under their names. */
export interface DecisionRecords {
  /** Errors: `dossier.unknown`, `decision.open-already`, `decision.not-for-people`, `decision.nothing-to-reverse`, `decision.basis-changed`. */
  propose(officer: string, request: ProposeRequest): Promise<Outcome<string>>;
  /** Gives the dossier's id. Errors: `decision.not-open`, `decision.same-person`, `decision.basis-changed`. */
  confirm(officer: string, proposal: string): Promise<Outcome<string>>;
  /** By its author, or by another officer who disagrees. Gives the dossier's id. Error: `decision.not-open`. */
  withdraw(officer: string, proposal: string, why: string): Promise<Outcome<string>>;
  /** Errors: `dossier.unknown`, `audit.not-waiting`. */
  audit(officer: string, request: AuditRequest): Promise<Outcome<string>>;
}

/** What is written down, for which dossier; no notes where it was written before. */
type Said = Outcome<{ readonly dossier: string; readonly notes: readonly Note[] }>;

/**
 * Records over a centre. Each is checked against the province as it stands and written in one transaction, before which no other officer said anything about the same dossier: so nobody
 * confirms something else than was proposed, and no dossier has two open proposals. What desks send while it is judged is not waited for, or a busy province would never come to
 * a decision: each names the verdict it was made on, and where that changes, the dossier comes before people again.
 */
export function decisionRecords({ store, own, time, reports }: RecordPorts): DecisionRecords {
  async function record(officer: string, say: (standing: Standing, reading: CentreReading) => Said): Promise<Outcome<string>> {
    // Judged anew only where another officer spoke of the same dossier meanwhile.
    for (;;) {
      const before = await reports.standing();
      const done = await store.transaction(async (writer): Promise<Outcome<string> | undefined> => {
        const reading = time.read();
        const said = say(before, reading);
        if (!said.ok) return said;
        const { dossier, notes } = said.value;
        if (await spokenOfSince(writer, own.log, before, dossier)) return undefined;
        await own.append(writer, reading, notes, officer);
        return ok(dossier);
      });
      if (done) return done;
    }
  }

  return {
    propose: (officer, request) => record(officer, (standing, reading) => proposed(standing, officer, request, reading)),
    confirm: (officer, proposal) => record(officer, (standing, reading) => confirmed(standing, officer, proposal, reading)),
    withdraw: (officer, proposal, why) => record(officer, (standing, reading) => withdrawn(standing, proposal, why, reading)),
    audit: (officer, request) => record(officer, (standing, reading) => audited(standing, officer, request, reading)),
  };
}

function dated({ now, rho }: CentreReading): { readonly at: number; readonly rho: number | null } {
  return { at: now, rho: rho ?? null };
}

function proposed(standing: Standing, officer: string, request: ProposeRequest, reading: CentreReading): Said {
  const { proposal, dossier, outcome, basis, reverses, why, papers } = request;
  const found = caseOf(standing, dossier);
  if (!found) return fail('dossier.unknown', { code: dossier });
  const before = findProposal(standing, proposal);
  if (before) return before.dossier === dossier && before.proposedBy === officer ? ok({ dossier, notes: [] }) : fail('message.malformed', { where: 'proposal' });
  if (found.open.length > 0) return fail('decision.open-already');
  if (!isForPeople(found)) return fail('decision.not-for-people');
  if (outcome === 'open' && !decisionInForce(found.standing)) return fail('decision.nothing-to-reverse');
  if (!isCurrent(found, { basis, reverses })) return fail('decision.basis-changed');
  const facts: CentreDecisionProposed = { proposal, dossier, outcome, basis, ...(reverses === undefined ? {} : { reverses }), ...dated(reading) };
  const personal: DecisionPersonal = { why, papers };
  return ok({ dossier, notes: [{ kind: centreKinds.decisionProposed, facts, personal }] });
}

function findProposal({ judged }: Standing, proposal: string): Proposal | undefined {
  for (const { history } of judged.word.decisions.values()) {
    const found = history.find((one) => one.proposal === proposal);
    if (found) return found;
  }
  return undefined;
}

function confirmed(standing: Standing, officer: string, id: string, reading: CentreReading): Said {
  const proposal = findProposal(standing, id);
  const found = proposal && caseOf(standing, proposal.dossier);
  if (!proposal || !found) return fail('decision.not-open');
  const { dossier, closed } = proposal;
  // A repeated confirmation after a lost answer.
  if (closed?.how === 'confirmed' && closed.by === officer) return ok({ dossier, notes: [] });
  if (closed) return fail('decision.not-open');
  if (proposal.proposedBy === officer) return fail('decision.same-person');
  if (!isCurrent(found, proposal)) return fail('decision.basis-changed');
  return ok({ dossier, notes: [{ kind: centreKinds.decisionConfirmed, facts: { proposal: id, ...dated(reading) } }] });
}

function withdrawn(standing: Standing, id: string, why: string, reading: CentreReading): Said {
  const proposal = findProposal(standing, id);
  if (!proposal || proposal.closed) return fail('decision.not-open');
  const personal: ReasonPersonal = { why };
  return ok({ dossier: proposal.dossier, notes: [{ kind: centreKinds.decisionWithdrawn, facts: { proposal: id, ...dated(reading) }, personal }] });
}

function audited(standing: Standing, officer: string, { dossier, act, finding, why }: AuditRequest, reading: CentreReading): Said {
  const found = caseOf(standing, dossier);
  if (!found) return fail('dossier.unknown', { code: dossier });
  const before = standing.judged.word.audited.get(act);
  if (before?.by === officer && before.finding === finding) return ok({ dossier, notes: [] });
  if (waitingAudit(found.verdict)?.act !== act) return fail('audit.not-waiting');
  const facts: CentreAudited = { dossier, act, finding, ...dated(reading) };
  const personal: ReasonPersonal = { why };
  return ok({ dossier, notes: [{ kind: centreKinds.audited, facts, personal }] });
}
