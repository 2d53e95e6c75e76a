import { describe, expect, it } from '@jest/globals';
import { dossierKinds, receivedPersonalSchema, receivedSchema, submittedSchema } from '#shared/dossier/index.ts';
import { fail } from '#shared/errors/index.ts';
import { at, catalogue, desk, fiveDays, handedIn, handOver, morning, other, own, papers, person, province, receive, sameDay } from './desks.ts';

const hour = 3_600_000;

describe('reception', () => {
  it('keeps facts and person apart and takes term, fee and due date from the catalogue', () => {
    const place = desk();
    const dossier = place.uuid();
    const [entry] = place.does('receive', dossier, morning, receive);
    const facts = receivedSchema.parse(entry!.header.facts);
    expect(facts).toMatchObject({ procedureVersion: 1, catalogueVersion: 4, acceptedAt: morning, submittedAt: morning, level: 'commune', fee: 8000, receivingAgency: own, competentAgency: own });
    // Monday 23/11, five working days, the day of receipt not counted.
    expect(facts.due.at).toBe(at('2026-11-30', '17:30'));
    expect(facts.noticeBy).toBe(at('2026-11-26', '17:30'));
    expect(entry!.text).not.toContain('Hằng');
    expect(receivedPersonalSchema.parse(place.person(dossier))).toEqual(person);
    expect(place.at(dossier)).toMatchObject({ stage: 'processing', code: facts.code, papers, sets: 1, appointment: { at: facts.due.at } });
  });

  it('does not believe a submission after its acceptance', () => {
    const submitted = (submittedAt: number): unknown => desk().does('receive', desk().uuid(), morning, { ...receive, submittedAt })[0]!.header.facts['submittedAt'];
    expect(submitted(morning - hour)).toBe(morning - hour);
    expect(submitted(morning + hour)).toBe(morning);
  });

  it('has to be on its way the same day, after 15:00 when the next working day begins', () => {
    const by = (time: string): unknown => desk().does('receive', desk().uuid(), at('2026-11-27', time), receive)[0]!.header.facts['transferBy'];
    expect(by('15:00')).toBe(at('2026-11-27', '17:30'));
    // Friday afternoon: Monday morning.
    expect(by('15:01')).toBe(at('2026-11-30', '07:30'));
  });

  it('takes a code only where it stands', () => {
    const place = desk();
    const context = place.context(morning);
    const unknown = place.order('receive', place.uuid(), morning, { ...receive, papers: [{ ...papers[0]!, code: 'khong-co' }] }, { code: context.code });
    expect(unknown).toEqual(fail('form.invalid', { fields: 'papers' }));
    expect(context.used).toEqual([]);
    place.does('receive', place.uuid(), morning, receive);
  });

  it('refuses what the catalogue does not have on that day', () => {
    const place = desk();
    expect(place.order('receive', place.uuid(), morning, { ...receive, procedure: '9.999999' })).toEqual(fail('procedure.unknown', { procedure: '9.999999' }));
    expect(place.order('receive', place.uuid(), at('2024-12-31', '09:00'), receive)).toEqual(fail('procedure.not-in-force', { procedure: fiveDays }));
    expect(place.order('receive', place.uuid(), morning, receive, { catalogue: { ...catalogue, calendars: [] } })).toMatchObject({ ok: false, fault: { code: 'calendar.missing' } });
  });
});

describe('an immediate result', () => {
  it('is received, ready and handed over in one act, each entry after the one before', () => {
    const place = desk();
    const dossier = place.uuid();
    const entries = place.does('receive', dossier, morning, { ...receive, procedure: sameDay, immediate: { outcome: 'granted', resultCount: 2, rating: 'very' } });
    expect(entries.map(({ header }) => header.kind)).toEqual([dossierKinds.received, dossierKinds.resultReady, dossierKinds.handedOver]);
    expect(entries.map(({ header }) => header.after)).toEqual([[], [entries[0]!.hash], [entries[1]!.hash]]);
    expect(new Set(entries.map(({ header }) => header.act)).size).toBe(1);
    const state = place.at(dossier);
    expect(state).toMatchObject({ stage: 'returned', received: { immediate: true }, ready: { resultCount: 2 }, handedOver: { rating: 'very', receiver: 'applicant' }, conflicts: [] });
    expect(state.received).not.toHaveProperty('transferBy');
    expect(place.order('handOver', dossier, morning, handOver)).toMatchObject({ ok: false, fault: { code: 'dossier.already-returned' } });
  });

  it('is given to whoever came in the applicant’s place', () => {
    const place = desk();
    const dossier = place.uuid();
    const submitter = { fullName: 'Vi Văn Ân', idNumber: '020085000111', authorisation: 'Giấy ủy quyền 12/2026' };
    const entries = place.does('receive', dossier, morning, { ...receive, procedure: sameDay, personal: { ...person, submitter }, immediate: { outcome: 'granted', resultCount: 1 } });
    expect(place.at(dossier).handedOver?.receiver).toBe('proxy');
    expect(JSON.stringify(place.bodies.get(entries[2]!.hash))).toContain('Vi Văn Ân');
    expect(entries.map(({ text }) => text).join('')).not.toContain('Vi Văn');
  });

  it('is only for procedures that give it', () => {
    expect(desk().order('receive', desk().uuid(), morning, { ...receive, immediate: { outcome: 'granted', resultCount: 1 } })).toEqual(fail('procedure.not-immediate', { procedure: fiveDays }));
    const marked = { ...catalogue, procedures: catalogue.procedures.map((one) => ({ ...one, immediate: one.code === fiveDays })) };
    const of = (procedure: string): boolean => desk().order('receive', desk().uuid(), morning, { ...receive, procedure, immediate: { outcome: 'granted', resultCount: 1 } }, { catalogue: marked }).ok;
    expect([of(fiveDays), of(sameDay)]).toEqual([true, false]);
  });
});

describe('an online submission', () => {
  it('is to be answered within eight working hours, over a weekend', () => {
    const place = desk();
    const dossier = place.uuid();
    // Friday 15:30 to 17:30 are two hours; Monday 07:30 to 11:30 four, 13:30 to 15:30 two.
    const [entry] = place.does('submit', dossier, at('2026-11-27', '15:30'), { ...handedIn, channel: 'online', portalCode: 'DVC-1' });
    expect(submittedSchema.parse(entry!.header.facts)).toMatchObject({ answerBy: at('2026-11-30', '15:30'), portalCode: 'DVC-1' });
    const [received] = place.does('receive', dossier, at('2026-11-30', '08:00'), receive);
    expect(received!.header.facts).toMatchObject({ code: entry!.header.facts['code'], submittedAt: at('2026-11-27', '15:30'), acceptedAt: at('2026-11-30', '08:00') });
    expect(place.at(dossier)).toMatchObject({ stage: 'processing', submitted: { channel: 'online' } });
  });

  it('counts from when it came in, not from when the desk noted it', () => {
    const [entry] = desk().does('submit', desk().uuid(), at('2026-11-30', '08:00'), { ...handedIn, channel: 'online', submittedAt: at('2026-11-27', '20:00') });
    expect(entry!.header.facts['answerBy']).toBe(at('2026-11-30', '17:30'));
    const [counter] = desk().does('submit', desk().uuid(), morning, handedIn);
    expect(counter!.header.facts).not.toHaveProperty('answerBy');
  });

  it('keeps its procedure', () => {
    const place = desk();
    const dossier = place.uuid();
    place.does('submit', dossier, morning, handedIn);
    expect(place.order('receive', dossier, morning, { ...receive, procedure: sameDay })).toEqual(fail('form.invalid', { fields: 'procedure' }));
  });
});

describe('receiving for another agency', () => {
  it('names who received and who decides, and until when the paper has to be there', () => {
    const place = desk();
    const [entry] = place.does('receive', place.uuid(), at('2026-11-27', '16:00'), { ...receive, competentAgency: other, handlingUnit: 'tu-phap' });
    expect(receivedSchema.parse(entry!.header.facts)).toMatchObject({ receivingAgency: own, competentAgency: other, handlingUnit: 'tu-phap', paperBy: at('2026-11-30', '17:30') });
    const [at_home] = place.does('receive', place.uuid(), morning, { ...receive, competentAgency: own });
    expect(at_home!.header.facts).not.toHaveProperty('paperBy');
  });

  it('is only for agencies that decide the procedure on that day', () => {
    const refused = desk().order('receive', desk().uuid(), morning, { ...receive, competentAgency: province });
    expect(refused).toEqual(fail('agency.not-competent', { agency: 'Trung tâm Phục vụ hành chính công' }));
    const gone = { ...catalogue, agencies: catalogue.agencies.map((agency) => (agency.id === other ? { ...agency, validTo: '2026-06-30' } : agency)) };
    expect(desk().order('receive', desk().uuid(), morning, { ...receive, competentAgency: other }, { catalogue: gone })).toMatchObject({ ok: false, fault: { code: 'agency.not-competent' } });
  });
});

describe('what is brought to the counter and not accepted', () => {
  it('is refused with its reason, the submission before it in the same act', () => {
    const place = desk();
    const dossier = place.uuid();
    const entries = place.does('refuseReception', dossier, morning, { reason: 'wrong-agency', text: 'Thuộc thẩm quyền Sở Tư pháp', intake: handedIn });
    expect(entries.map(({ header }) => header.kind)).toEqual([dossierKinds.submitted, dossierKinds.notAccepted]);
    expect(place.at(dossier)).toMatchObject({ stage: 'not-accepted', notAccepted: { reason: 'wrong-agency', ruleSet: 'nd118' } });
    expect(place.at(dossier).due).toBeUndefined();
    expect(entries[1]!.text).not.toContain('Sở Tư pháp');
  });

  it('is asked for once, and accepted when it is complete: only then a term runs', () => {
    const place = desk();
    const dossier = place.uuid();
    place.does('requestSupplement', dossier, morning, { papers: [], text: 'Thiếu tờ khai', intake: handedIn });
    expect(place.at(dossier)).toMatchObject({ stage: 'incomplete', supplements: [{ requested: { stage: 'counter', effect: 'none', completeBy: at('2026-12-08', '17:30') } }] });
    const again = place.order('requestSupplement', dossier, morning + hour, { papers: [], text: 'Thiếu nữa' });
    expect(again).toMatchObject({ ok: false, fault: { code: 'dossier.incomplete', params: { article: 'Điều 17 NĐ 118/2025/NĐ-CP' } } });
    place.does('receive', dossier, at('2026-11-24', '09:00'), receive);
    expect(place.at(dossier)).toMatchObject({ stage: 'processing', due: { at: at('2026-12-01', '17:30') } });
  });

  it('has no result and goes nowhere when it is withdrawn before its acceptance', () => {
    const place = desk();
    const dossier = place.uuid();
    place.does('submit', dossier, morning, handedIn);
    place.does('requestStop', dossier, morning, { text: 'Nộp nhầm' });
    for (const refused of [
      place.order('markReady', dossier, morning, { outcome: 'granted', resultCount: 1 }),
      place.order('forward', dossier, morning, { hop: place.uuid(), to: { agency: other }, paper: true }),
      place.order('computeDueAgain', dossier, morning, {}),
    ]) expect(refused).toMatchObject({ ok: false, fault: { code: 'dossier.not-accepted-yet' } });
    place.does('stop', dossier, morning, { reason: 'applicant-request', refund: 0, text: 'Theo đề nghị' });
    expect(place.at(dossier).stage).toBe('stopped');
  });

  it('is stopped when its fifteen days are over, not before', () => {
    const place = desk();
    const dossier = place.uuid();
    place.does('requestSupplement', dossier, morning, { papers: [], text: 'Thiếu tờ khai', intake: handedIn });
    const stop = { reason: 'supplement-not-completed' as const, refund: 0, text: 'Quá hạn' };
    expect(place.order('stop', dossier, at('2026-12-08', '17:30'), stop)).toMatchObject({ ok: false, fault: { code: 'dossier.stop-too-early' } });
    place.does('stop', dossier, at('2026-12-08', '17:31'), stop);
    expect(place.at(dossier).stage).toBe('stopped');
  });
});
