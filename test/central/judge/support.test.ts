import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeProvince, provinceJudge, type ProvinceData } from '#central/judge/index.ts';
import { centreKinds } from '#central/ledger/index.ts';
import { catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import type { Verdict } from '#shared/evidence/index.ts';
import { logKinds, signHead } from '#shared/log/index.ts';
import { centreKey, day, type Desk, hour, minute, morning, newId, ports, second } from '#test/shared/evidence/world.ts';
import { Province } from './province.ts';

/** 17:00 in Vietnam, on the second day. */
const due = morning + day + 10 * hour;

const sample = catalogueSchema.parse(JSON.parse(readFileSync(join(__dirname, '../../../central/catalogue/sample/catalogue.json'), 'utf8')));

/** Two offices on one line, one on another; one supervisor at the first. */
function catalogue(): Catalogue {
  const [agency] = sample.agencies;
  const [person] = sample.staff;
  if (!agency || !person) throw new Error('the sample has agencies and staff');
  const office = (id: string, line: string): Catalogue['agencies'][number] => ({ ...agency, id, line });
  return {
    ...sample, agencies: [office('xa-mai-pha', 'north'), office('xa-hoang-dong', 'north'), office('trung-tam', 'centre')],
    staff: [{ ...person, id: 'boss', agency: 'xa-mai-pha', roles: ['supervisor'] }, { ...person, id: 'other', agency: 'trung-tam', roles: ['supervisor'] }],
  };
}

function until(desk: Desk, at: number): Desk {
  return desk.wait(at - desk.now);
}

interface Office {
  readonly province: Province;
  readonly desk: Desk;
  readonly dossier: string;
  readonly lost: number;
  readonly back: number;
}

/**
 * Lost on the first afternoon; result in a boot of the second day without an anchor; back on the third day. `beside` may do more at the office, or
 * at others, before the line is back.
 */
function office(beside: (at: Office) => void = () => undefined): Office & { verdict(): Verdict | undefined } {
  const province = new Province();
  const { desk } = province.enrol();
  const dossier = newId();
  desk.receive(dossier, due);
  province.sync(desk);
  const lost = until(desk, morning + 8 * hour).now;
  desk.append(logKinds.linkLost, { lastAnswerUptime: null });
  desk.wait(hour).reboot(14 * hour);
  until(desk, due - 2 * hour).ready(dossier);
  const back = morning + 2 * day + 2 * hour;
  const at = { province, desk, dossier, lost, back };
  beside(at);
  desk.wait(hour).reboot(14 * hour);
  until(desk, back).append(logKinds.linkRestored);
  desk.anchor();
  province.silence(desk, lost, desk.now);
  desk.wait(second);
  province.sync(desk);
  return { ...at, verdict: () => judgeProvince(data(province), Math.round(desk.now) + day, ports).dossiers.get(dossier)?.verdict };
}

const data = (province: Province): ProvinceData => province.data({ catalogues: [catalogue()] });

/** A desk of another agency that lost its line too, and says so itself. */
function neighbour({ province, lost, back }: Office, agency: string): Desk {
  const { desk } = province.enrol({ now: lost - hour, agency });
  until(desk, lost + minute).append(logKinds.linkLost, { lastAnswerUptime: null });
  until(desk, back - minute).append(logKinds.linkRestored);
  desk.anchor();
  province.silence(desk, lost - minute, desk.now);
  desk.wait(second);
  province.sync(desk);
  return desk;
}

describe('an act in a boot without an anchor', () => {
  it('is for people where nobody else stands for it', () => {
    expect(office().verdict()).toMatchObject({ kind: 'undetermined', forPeople: true, grade: 'C' });
  });

  it('counts where an agency on the same line had no line either; not where it is on another', () => {
    expect(office((at) => void neighbour(at, 'xa-hoang-dong')).verdict()).toMatchObject({ kind: 'cleared', grade: 'B-wall', forPeople: false });
    expect(office((at) => void neighbour(at, 'trung-tam')).verdict()).toMatchObject({ kind: 'undetermined' });
    // A second desk of the same agency is no outside.
    expect(office((at) => void neighbour(at, 'xa-mai-pha')).verdict()).toMatchObject({ kind: 'undetermined' });
  });

  it('counts by an operator’s ticket for its agency, as known since it was recorded, until it is withdrawn', () => {
    const at = office();
    const { province, desk, dossier, lost, back } = at;
    const before = Math.round(desk.now);
    desk.wait(hour);
    const ticket = newId();
    const facts = { ticket, reference: 'SC-77', operator: 'VNPT', agencies: ['xa-mai-pha'], everywhere: false, from: lost, to: back, at: Math.round(desk.now), rho: 50 };
    province.note(centreKinds.ticketRecorded, facts);
    expect(at.verdict()).toMatchObject({ kind: 'cleared', grade: 'B-wall' });
    expect(judgeProvince(data(province), before, ports).dossiers.get(dossier)?.verdict.kind).toBe('undetermined');
    province.note(centreKinds.ticketWithdrawn, { ticket, at: Math.round(desk.now) + 1, rho: 50 });
    expect(at.verdict()).toMatchObject({ kind: 'undetermined' });
  });

  it('counts by the close of that day by a supervisor of the agency', () => {
    const closes = (actor: string) => ({ desk }: Office): void => void desk.wait(hour).close(actor, civil(desk.now).date);
    expect(office(closes('boss')).verdict()).toMatchObject({ kind: 'cleared', grade: 'B-wall' });
    // A supervisor of another agency is none here.
    expect(office(closes('other')).verdict()).toMatchObject({ kind: 'undetermined' });
  });

  it('is on time by a witness: a sibling that wrote its head down before the due date', () => {
    const witnessed = (forged: boolean): Verdict | undefined => office(({ province, desk, lost }) => {
      const { desk: sibling } = province.enrol({ now: lost - hour });
      until(sibling, desk.now + minute);
      const last = desk.entries.at(-1)!;
      const head = signHead({ log: desk.log, seq: last.header.seq, hash: last.hash }, centreKey);
      sibling.append(logKinds.headWitnessed, { ...head, ...(forged ? { signature: `A${head.signature.slice(1)}` } : {}) });
      sibling.wait(hour).anchor();
      province.sync(sibling);
    }).verdict();
    expect(witnessed(false)).toMatchObject({ kind: 'cleared', grade: 'C', forPeople: false });
    expect(witnessed(true)).toMatchObject({ kind: 'undetermined' });
  });
});

describe('decisions', () => {
  const propose = (at: Office & { verdict(): Verdict | undefined }, by: string, more: Record<string, unknown> = {}): string => {
    const verdict = at.verdict();
    const proposal = newId();
    at.province.note(centreKinds.decisionProposed, {
      proposal, dossier: at.dossier, outcome: 'on_time', basis: { kind: verdict?.program ?? verdict?.kind, due, min: verdict?.interval?.min ?? null, max: verdict?.interval?.max ?? null },
      at: Math.round(at.desk.now), rho: 50, ...more,
    }, by);
    return proposal;
  };
  const confirm = (at: Office, proposal: string, by: string): void => at.province.note(centreKinds.decisionConfirmed, { proposal, at: Math.round(at.desk.now) + 1, rho: 50 }, by);

  it('need two different officers, whatever stands in the log', () => {
    const at = office();
    const proposal = propose(at, 'o-1');
    expect(at.verdict()).toMatchObject({ kind: 'undetermined' });
    confirm(at, proposal, 'o-1');
    expect(at.verdict()).toMatchObject({ kind: 'undetermined' });
    confirm(at, proposal, 'o-2');
    expect(at.verdict()).toMatchObject({ kind: 'on_time', program: 'undetermined', decision: proposal, forPeople: false });
  });

  it('are reversed by the same rule, and only by one that names what stands', () => {
    const at = office();
    const first = propose(at, 'o-1');
    confirm(at, first, 'o-2');
    const blind = propose(at, 'o-3', { outcome: 'late' });
    confirm(at, blind, 'o-2');
    expect(at.verdict()).toMatchObject({ kind: 'on_time', decision: first });
    const second = propose(at, 'o-3', { outcome: 'late', reverses: first });
    expect(at.verdict()).toMatchObject({ kind: 'on_time' });
    confirm(at, second, 'o-1');
    expect(at.verdict()).toMatchObject({ kind: 'late', decision: second });
    confirm(at, propose(at, 'o-1', { outcome: 'open', reverses: second }), 'o-2');
    expect(at.verdict()).toMatchObject({ kind: 'undetermined', forPeople: true });
  });
});

describe('judging again and again', () => {
  const doing = fc.oneof(
    fc.record({ do: fc.constant('wait' as const), for: fc.integer({ min: minute, max: 8 * hour }) }),
    fc.record({ do: fc.constant('receive' as const), desk: fc.nat(2), term: fc.integer({ min: hour, max: 2 * day }) }),
    fc.record({ do: fc.constant('ready' as const), desk: fc.nat(2), dossier: fc.nat(9) }),
    fc.record({ do: fc.constant('anchor' as const), desk: fc.nat(2) }),
    fc.record({ do: fc.constant('sync' as const), desk: fc.nat(2), known: fc.boolean() }),
    fc.record({ do: fc.constant('reboot' as const), desk: fc.nat(2) }),
    fc.record({ do: fc.constant('silence' as const), desk: fc.nat(2) }),
    fc.record({ do: fc.constant('ticket' as const) }),
    fc.record({ do: fc.constant('flush' as const) }),
    fc.record({ do: fc.constant('close' as const), desk: fc.nat(2) }),
    fc.record({ do: fc.constant('fork' as const), desk: fc.nat(2) }),
    fc.record({ do: fc.constant('judge' as const), ago: fc.option(fc.integer({ min: 0, max: 2 * day })) }),
  );

  it('gives what judging from scratch gives, at every step and for every earlier time', () => {
    let judged = 0;
    fc.assert(fc.property(fc.array(doing, { minLength: 10, maxLength: 60 }), (steps) => {
      const province = new Province();
      const desks = ['xa-mai-pha', 'xa-hoang-dong', 'xa-mai-pha'].map((agency) => province.enrol({ agency }).desk);
      const dossiers: { id: string; agency: string }[] = [];
      for (const desk of desks) {
        for (const term of [4 * hour, day, 3 * day]) {
          dossiers.push({ id: newId(), agency: desk.agency });
          desk.receive(dossiers.at(-1)!.id, Math.round(desk.now + term));
        }
        province.sync(desk);
      }
      const judge = provinceJudge(ports);
      let now = Math.max(...desks.map((desk) => desk.now));
      const settle = (): void => {
        for (const desk of desks) until(desk, Math.max(now, desk.now));
        now = Math.max(...desks.map((desk) => desk.now));
        for (const desk of desks) until(desk, now);
      };
      for (const one of [...steps, { do: 'judge' as const, ago: null }]) {
        settle();
        const desk = 'desk' in one ? desks[one.desk] : undefined;
        if (one.do === 'wait') now += one.for;
        else if (one.do === 'ticket') province.ticket(now - day, now, ['xa-mai-pha']);
        else if (one.do === 'flush') province.flush(now, desks.map((each) => ({ desk: each, at: now })));
        else if (one.do === 'judge') {
          const at = Math.round(now) - (one.ago ?? 0);
          const whole = judgeProvince(data(province), at, ports);
          const again = judge.judge(data(province), at);
          expect([...again.dossiers].map(([id, { verdict }]) => [id, verdict])).toEqual([...whole.dossiers].map(([id, { verdict }]) => [id, verdict]));
          judged += whole.dossiers.size;
        } else if (!desk) continue;
        else if (one.do === 'receive') {
          dossiers.push({ id: newId(), agency: desk.agency });
          desk.receive(dossiers.at(-1)!.id, Math.round(now + one.term));
        } else if (one.do === 'ready' && dossiers.length > 0) desk.ready(dossiers[one.dossier % dossiers.length]!.id);
        else if (one.do === 'anchor') desk.anchor();
        else if (one.do === 'sync') province.sync(desk, desk.entries.length, one.known ? desk.rho : null);
        else if (one.do === 'reboot') desk.reboot(hour);
        else if (one.do === 'silence') province.silence(desk, now - day, now);
        else if (one.do === 'close') desk.close('boss', civil(desk.now).date);
        else if (one.do === 'fork') province.note(centreKinds.forkSeen, { log: desk.log, seq: Math.max(1, desk.entries.length - 2), held: 'a'.repeat(64), other: 'b'.repeat(64), at: Math.round(now), rho: 50 });
      }
    }), { numRuns: 120, seed: 20_261_126 });
    expect(judged).toBeGreaterThan(1_000);
  });
});
