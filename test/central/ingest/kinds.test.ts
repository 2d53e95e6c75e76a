import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleAgency } from '#central/catalogue/index.ts';
import { dossierKinds, factsOf, personalOf, type DossierKind } from '#shared/dossier/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { random } from '#central/keys/index.ts';
import { enrolledDesk, startOfTest, testCentre, type TestCentre } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(() => at.end());

const id = (): string => mintUuid(startOfTest, random);
const time = { at: startOfTest, timeSource: 'anchor' } as const;
const due = { at: startOfTest, start: startOfTest, provisional: false, ruleSet: 'nd118', calendar: { id: 'vn', version: '1' }, steps: [] } as const;
const handedIn = {
  code: 'H37.99.01-261124-0001', provisional: false, procedure: '1.001193', procedureVersion: 1, catalogueVersion: 1, submittedAt: startOfTest, channel: 'counter',
  receivingAgency: sampleAgency, competentAgency: sampleAgency, level: 'commune',
} as const;
const hop = { hop: id(), fromAgency: sampleAgency, toAgency: 'so-tu-phap' };
const person = { applicant: { kind: 'citizen', fullName: 'Hoàng Thị Ánh', idNumber: '020190000001', address: 'Thôn 1' } };

/** Facts of each kind as a desk writes them. */
const facts: Readonly<Record<DossierKind, Record<string, unknown>>> = {
  [dossierKinds.submitted]: { ...time, ...handedIn, answerBy: startOfTest },
  [dossierKinds.received]: { ...handedIn, timeSource: 'anchor', acceptedAt: startOfTest, term: { unit: 'sameDay' }, due, papers: [], sets: 1, fee: 0 },
  [dossierKinds.notAccepted]: { ...time, reason: 'wrong-agency', ruleSet: 'nd118' },
  [dossierKinds.forwarded]: { ...time, ...hop, paper: true },
  [dossierKinds.takenOver]: { ...time, ...hop, missingPapers: [] },
  [dossierKinds.supplementRequested]: { ...time, stage: 'examination', effect: 'restart', papers: [], completeBy: startOfTest, ruleSet: 'nd118' },
  [dossierKinds.supplementCompleted]: { ...time, papers: [], due },
  [dossierKinds.paymentRequested]: { ...time, amount: 8000, pauses: true },
  [dossierKinds.paid]: { ...time, due },
  [dossierKinds.extended]: { ...time, by: { unit: 'workingDay', amount: 1 }, due },
  [dossierKinds.apologised]: { ...time, previous: startOfTest, appointment: due, movesDue: false, cause: 'agency' },
  [dossierKinds.dueComputedAgain]: { ...time, due },
  [dossierKinds.stopRequested]: { ...time },
  [dossierKinds.stopped]: { ...time, reason: 'other', refund: 0 },
  [dossierKinds.resultReady]: { ...time, outcome: 'granted', resultCount: 1 },
  [dossierKinds.notified]: { ...time, means: 'phone' },
  [dossierKinds.handedOver]: { ...time, method: 'counter', receiver: 'applicant', receiptShown: true },
  [dossierKinds.corrected]: { ...time, fields: ['note'] },
  [dossierKinds.resultCorrectionRequested]: { ...time, by: startOfTest, fault: 'agency' },
  [dossierKinds.resultCorrected]: { ...time },
  [dossierKinds.codeMapped]: { code: 'H37.99.01-261124-0001', provisional: 'T-7K2M-0031' },
  [dossierKinds.attached]: { ...time, of: 'paper', sha256: 'c'.repeat(64), bytes: 1024, media: 'application/pdf' },
  [dossierKinds.conflictSettled]: { ...time, kept: 'a'.repeat(64), dropped: ['b'.repeat(64)] },
  [dossierKinds.erased]: { authority: 'QĐ 12/2026', bodies: 2, at: startOfTest, rho: 50 },
};

/** Sealed bodies that fit, of the kinds whose body is not only a note or a reason. */
const bodies: Partial<Record<DossierKind, unknown>> = {
  [dossierKinds.submitted]: person, [dossierKinds.received]: person, [dossierKinds.corrected]: { ...person, reason: 'Ghi nhầm số' }, [dossierKinds.handedOver]: {},
};

const kinds = Object.values(dossierKinds);

describe('every kind of act', () => {
  it('is taken unmarked with facts and a body of its shape', async () => {
    const desk = await enrolledDesk(at);
    for (const kind of kinds) {
      const personal = personalOf[kind] ? bodies[kind] ?? { note: 'Ghi chú', reason: 'Thiếu tờ khai' } : undefined;
      desk.act(kind, facts[kind], { dossier: id(), ...(personal === undefined ? {} : { personal }) });
    }
    expect(desk.acknowledged(await desk.sync())).toEqual({ ack: { seq: kinds.length + 1, hash: desk.head.hash }, pace: 0 });
  });

  it('is taken marked with facts that are none, or a body of another shape: a chain never breaks over it', async () => {
    const desk = await enrolledDesk(at);
    const marked: number[] = [];
    for (const kind of kinds) {
      marked.push(desk.act(kind, { nothing: 'of the kind' }, { dossier: id() }).entry.header.seq);
      if (personalOf[kind]) marked.push(desk.act(kind, facts[kind], { dossier: id(), personal: 'no object' }).entry.header.seq);
      desk.act(kind, facts[kind], { dossier: id() });
    }
    const answer = desk.acknowledged(await desk.sync());
    expect(answer.marked).toEqual(marked);
    expect(await at.centre.store.entries(desk.log, 1, 1000)).toHaveLength(desk.carried.length);
  });

  it('with an erased body fits: nobody can check what is gone', async () => {
    const desk = await enrolledDesk(at);
    desk.act(dossierKinds.apologised, facts[dossierKinds.apologised], { dossier: id(), personal: { reason: 'Mất điện' }, body: { erased: true } });
    expect(desk.acknowledged(await desk.sync()).marked).toBeUndefined();
  });

  it('has facts here that its own schema takes', () => {
    for (const kind of kinds) expect([kind, factsOf[kind].safeParse(facts[kind]).success]).toEqual([kind, true]);
  });
});
