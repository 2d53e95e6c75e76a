import { describe, expect, it } from '@jest/globals';
import { dutiesAt, dutiesOf, type DutyName } from '#shared/dossier/index.ts';
import { formatDateTime, instantOf } from '#shared/deadline/index.ts';
import { at, desk, handedIn, handOver, morning, other, own, ready, receive, sameDay, supplement, type Desk } from './desks.ts';

function begun(step: (place: Desk, dossier: string) => unknown = (place, dossier) => place.does('receive', dossier, morning, receive)): { place: Desk; dossier: string; duties: () => DutyName[]; by: (duty: DutyName) => string | undefined } {
  const place = desk();
  const dossier = place.uuid();
  step(place, dossier);
  return {
    place, dossier,
    duties: () => dutiesOf(place.at(dossier)).map(({ duty }) => duty),
    by(duty) {
      const found = dutiesOf(place.at(dossier)).find((one) => one.duty === duty);
      return found && formatDateTime(found.by);
    },
  };
}

describe('duties', () => {
  it('come and go with a dossier’s way', () => {
    const { place, dossier, duties, by } = begun((desk_, id) => desk_.does('submit', id, at('2026-11-27', '15:30'), { ...handedIn, channel: 'online' }));
    expect([duties(), by('answer')]).toEqual([['answer'], '30/11/2026 15:30']);
    place.does('receive', dossier, at('2026-11-30', '09:00'), receive);
    expect(duties()).toEqual(['transfer', 'finish', 'apologise']);
    expect([by('transfer'), by('finish'), by('apologise')]).toEqual(['30/11/2026 17:30', '07/12/2026 17:30', '06/12/2026 23:59']);
    const hop = place.uuid();
    place.does('forward', dossier, at('2026-11-30', '10:00'), { hop, to: { agency: own, unit: 'tu-phap' }, paper: true });
    expect(duties()).toEqual(['finish', 'apologise', 'take-over']);
    place.does('takeOver', dossier, at('2026-11-30', '11:00'), { hop, missingPapers: [] });
    expect(duties()).toEqual(['finish', 'apologise']);
    place.does('requestSupplement', dossier, at('2026-12-01', '09:00'), supplement);
    expect([duties(), by('await-supplement')]).toEqual([['await-supplement'], '16/12/2026 17:30']);
    place.does('completeSupplement', dossier, at('2026-12-02', '09:00'), { papers: [] });
    expect(by('finish')).toBe('09/12/2026 17:30');
    place.does('requestPayment', dossier, at('2026-12-03', '09:00'), { amount: 1, payBy: at('2026-12-08', '17:30') });
    expect([duties(), by('await-payment')]).toEqual([['await-payment'], '08/12/2026 17:30']);
    place.does('recordPayment', dossier, at('2026-12-03', '10:00'), {});
    place.does('apologise', dossier, at('2026-12-04', '09:00'), { date: '2026-12-18', cause: 'agency', text: 'Chờ' });
    expect(duties()).toEqual(['finish']);
    place.does('markReady', dossier, at('2026-12-08', '09:00'), ready);
    expect(duties()).toEqual(['notify']);
    place.does('notify', dossier, at('2026-12-08', '10:00'), { means: 'message' });
    expect(duties()).toEqual([]);
    place.does('handOver', dossier, at('2026-12-08', '11:00'), handOver);
    place.does('requestResultCorrection', dossier, at('2026-12-09', '09:00'), { fault: 'agency', text: 'Sai' });
    expect([duties(), by('correct-result')]).toEqual([['correct-result'], '14/12/2026 17:30']);
    place.does('recordResultCorrection', dossier, at('2026-12-10', '09:00'), {});
    expect(duties()).toEqual([]);
  });

  it('tell of the apology from its last working day on', () => {
    const { place, dossier } = begun();
    // Due on Monday 30/11: Friday is the last working day before.
    expect(dutiesOf(place.at(dossier)).find(({ duty }) => duty === 'apologise')?.from).toBe(instantOf('2026-11-27'));
  });

  it('are shown from when to until when something can be done about them, and say when their time is over', () => {
    const { place, dossier } = begun();
    const shown = (date: string, time: string): unknown => dutiesAt(place.at(dossier), instantOf(date, time)).map(({ duty, past }) => [duty, past]);
    expect(shown('2026-11-24', '08:00')).toEqual([['transfer', true], ['finish', false]]);
    expect(shown('2026-11-29', '23:59')).toEqual([['transfer', true], ['finish', false], ['apologise', false]]);
    // From Monday on an apology would be refused.
    expect(shown('2026-11-30', '17:31')).toEqual([['transfer', true], ['finish', true]]);
  });

  it('ask for the paper of a dossier received for another agency, until it is on its way there', () => {
    const { place, dossier, duties, by } = begun((desk_, id) => desk_.does('receive', id, morning, { ...receive, competentAgency: other }));
    expect([duties().includes('send-paper'), by('send-paper')]).toEqual([true, '24/11/2026 17:30']);
    place.does('forward', dossier, morning, { hop: place.uuid(), to: { agency: own, unit: 'tu-phap' }, paper: true });
    expect(duties()).toContain('send-paper');
    place.does('forward', dossier, morning, { hop: place.uuid(), fromUnit: 'tu-phap', to: { agency: other }, paper: true });
    expect(duties()).not.toContain('send-paper');
  });

  it('ask for a decision about a stop, and for a binding date in place of a provisional one', () => {
    const stop = begun();
    stop.place.does('requestStop', stop.dossier, morning, { text: 'Rút' });
    expect(stop.duties()).toContain('decide-stop');
    const late = begun((place, dossier) => place.does('receive', dossier, at('2026-12-28', '09:00'), receive));
    expect(late.duties()).toContain('replace-provisional-due');
  });

  it('list a receiver’s half without the giver’s, and contradictions until they are settled', () => {
    const { place, dossier, duties } = begun();
    place.does('takeOver', dossier, morning, { hop: place.uuid(), from: { agency: other }, missingPapers: [] });
    expect(duties()).toContain('hand-on');
    const elsewhere = desk();
    elsewhere.hear(place);
    elsewhere.does('markReady', dossier, morning, ready);
    place.does('markReady', dossier, morning, { outcome: 'refused', resultCount: 1 });
    place.hear(elsewhere);
    expect(duties()).toContain('settle-conflict');
    const [conflict] = place.at(dossier).conflicts;
    place.does('settleConflict', dossier, morning, { keep: conflict!.kept, drop: conflict!.other, text: 'Theo bản giấy' });
    expect(duties()).not.toContain('settle-conflict');
  });

  it('are none for what came back at once or was not accepted', () => {
    expect(begun((place, dossier) => place.does('receive', dossier, morning, { ...receive, procedure: sameDay, immediate: { outcome: 'granted', resultCount: 1 } })).duties()).toEqual([]);
    expect(begun((place, dossier) => place.does('refuseReception', dossier, morning, { reason: 'other', text: 'x', intake: handedIn })).duties()).toEqual([]);
  });
});
