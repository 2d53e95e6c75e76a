/** What arrives between the judging that a decision rests on and the writing of it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decisionRecords, type DecisionRecords } from '#central/decisions/index.ts';
import { provinceReports } from '#central/province.ts';
import type { ProposeRequest } from '#shared/province/index.ts';
import { newId } from '#test/shared/evidence/world.ts';
import { decidedOffice, type DecidedOffice } from './office.ts';

let office: DecidedOffice;
beforeEach(async () => {
  office = await decidedOffice();
});
afterEach(() => office.at.end());

/** Records of a centre in which `happens` each time after it was judged, and how often that was; never while nobody else can write. */
function recordsIn(happens: (time: number) => Promise<unknown>): { readonly records: DecisionRecords; judged(): number } {
  const { store, own, time } = office.at.centre;
  const real = provinceReports(office.at.centre);
  let times = 0;
  let writing = false;
  const records = decisionRecords({
    own, time,
    store: {
      ...store,
      transaction: (work) => store.transaction(async (writer) => {
        writing = true;
        try {
          return await work(writer);
        } finally {
          writing = false;
        }
      }),
    },
    reports: {
      ...real,
      standing: async () => {
        if (writing) throw new Error('judged while nobody else can write');
        const standing = await real.standing();
        times += 1;
        await happens(times);
        return standing;
      },
    },
  });
  return { records, judged: () => times };
}

async function wanted(more: Partial<ProposeRequest> = {}): Promise<ProposeRequest> {
  const { basis } = await office.decisions(office.dossiers.straddling);
  if (!basis) throw new Error('not judged');
  return { proposal: newId(), dossier: office.dossiers.straddling, outcome: 'on_time', basis, why: 'Biên nhận tay', papers: ['Số 12'], ...more };
}

describe('a decision, while', () => {
  it('a desk sends without a pause, is written after one judging', async () => {
    let sent = office.desk.head.seq;
    const { records, judged } = recordsIn(async () => {
      office.desk.work(3);
      expect((await office.desk.sync(sent + 1)).status).toBe(200);
      sent = office.desk.head.seq;
    });
    const request = await wanted();
    expect(await records.propose('o-lan', request)).toMatchObject({ ok: true });
    expect(await records.confirm('o-binh', request.proposal)).toEqual({ ok: true, value: office.dossiers.straddling });
    expect(judged()).toBe(2);
    expect((await office.evidence(office.dossiers.straddling)).verdict).toMatchObject({ kind: 'on_time', program: 'undetermined', forPeople: false });
  });

  it('news arrives that changes the verdict it is made on, is written on that verdict, and the dossier comes before people again', async () => {
    const request = await wanted({ outcome: 'late' });
    const { records } = recordsIn((time) => (time === 2 ? office.bringBacklog() : Promise.resolve()));
    expect(await records.propose('o-lan', request)).toMatchObject({ ok: true });
    expect(await records.confirm('o-binh', request.proposal)).toMatchObject({ ok: true });
    const { verdict } = await office.evidence(office.dossiers.straddling);
    expect(verdict).toMatchObject({ kind: 'late', forPeople: true });
    expect(verdict?.reasons).toContainEqual(expect.objectContaining({ code: 'decided', outcome: 'late', outdated: true }));
  });

  it('another officer proposes for the same dossier, is judged anew and refused', async () => {
    const others = recordsIn(() => Promise.resolve()).records;
    const { records, judged } = recordsIn(async (time) => {
      if (time === 1) expect(await others.propose('o-binh', await wanted({ outcome: 'late' }))).toMatchObject({ ok: true });
    });
    expect(await records.propose('o-lan', await wanted())).toMatchObject({ ok: false, fault: { code: 'decision.open-already' } });
    expect(judged()).toBe(2);
  });

  it('another officer confirms the same proposal, counts once', async () => {
    const others = recordsIn(() => Promise.resolve()).records;
    const request = await wanted();
    expect(await others.propose('o-lan', request)).toMatchObject({ ok: true });
    const { records } = recordsIn(async (time) => {
      if (time === 1) expect(await others.confirm('o-binh', request.proposal)).toMatchObject({ ok: true });
    });
    expect(await records.confirm('o-quan-tri', request.proposal)).toMatchObject({ ok: false, fault: { code: 'decision.not-open' } });
    expect((await office.decisions(office.dossiers.straddling)).proposals).toMatchObject([{ closed: { how: 'confirmed', by: { name: 'Trần Văn Bình' } } }]);
  });

  it('an act of another dossier is audited, is written after one judging', async () => {
    const others = recordsIn(() => Promise.resolve()).records;
    const { audit } = await office.decisions(office.dossiers.audited);
    const { records, judged } = recordsIn(async (time) => {
      if (time === 1) expect(await others.audit('o-binh', { dossier: office.dossiers.audited, act: audit?.act ?? '', finding: 'as-judged', why: 'Đã xem sổ' })).toMatchObject({ ok: true });
    });
    expect(await records.propose('o-lan', await wanted())).toMatchObject({ ok: true });
    expect(judged()).toBe(1);
  });
});
