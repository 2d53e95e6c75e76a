import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { centreKinds } from '#central/ledger/index.ts';
import { judgeProvince, provinceSource } from '#central/judge/index.ts';
import { verifier } from '#central/keys/index.ts';
import { provinceReports } from '#central/province.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { hour, minute, newId, receivedFacts } from '#test/shared/evidence/world.ts';
import { enrolledDesk, startOfTest, testCentre, type TestCentre, type TestDesk } from '../peer.ts';

const due = startOfTest + 9 * hour;
const period = { from: startOfTest - hour, to: startOfTest + 24 * hour };

/** A real centre over HTTP, its real store, a desk with the sample commune's agency. */
describe('reports over the centre’s store', () => {
  let at: TestCentre;
  let desk: TestDesk;
  const kept = newId();
  const late = newId();

  const anchor = async (): Promise<void> => {
    const body = new TextEncoder().encode(JSON.stringify({ nonce: 'x'.repeat(22), head: desk.head }));
    const answer = await desk.signed('POST', '/v1/anchor', body);
    expect(answer.status).toBe(200);
  };

  beforeAll(async () => {
    at = await testCentre();
    desk = await enrolledDesk(at);
    const facts = { ...receivedFacts(startOfTest, due, 'ignored') };
    for (const id of [kept, late]) {
      desk.act(dossierKinds.received, { ...facts, receivingAgency: desk.carried[0]!.entry.header.agency, competentAgency: desk.carried[0]!.entry.header.agency }, { dossier: id });
    }
    expect((await desk.sync()).status).toBe(200);
  });
  afterAll(() => at.end());

  it('read what is new, and judge by receipts and by the head a desk itself claims', async () => {
    const source = provinceSource(at.centre.store);
    const ports = { centreKeys: [at.centre.keys.signer.publicKey], verifier };
    const first = await source.read();
    expect(judgeProvince(first, startOfTest, ports).dossiers.get(kept)?.verdict.kind).toBe('in_term');

    at.time.now = startOfTest + hour;
    desk.act(dossierKinds.resultReady, { at: at.time.now, timeSource: 'wall', outcome: 'granted', resultCount: 1 }, { dossier: kept });
    const before = desk.carried.length;
    expect((await desk.sync(before)).status).toBe(200);
    at.time.now = due + minute;
    const [second, again] = await Promise.all([source.read(), source.read()]);
    expect(second.desks[0]?.entries.length).toBe(before);
    expect(again.desks[0]?.entries.length).toBe(before);
    const judged = judgeProvince(second, at.time.now, ports);
    expect(judged.dossiers.get(kept)?.verdict).toMatchObject({ kind: 'on_time', newsAt: startOfTest + hour, oldWay: 'on_time' });
    expect(judged.dossiers.get(late)?.verdict).toMatchObject({ kind: 'awaiting_desk', oldWay: 'overdue' });

    // Half an hour after D the desk asks for an anchor and says that nothing was added: nothing was ready by D.
    at.time.now = due + 30 * minute;
    await anchor();
    const claim = (await source.live()).claims.find(({ log }) => log === desk.head.log)!;
    const facts = { from: startOfTest, to: at.time.now, at: at.time.now, rho: claim.rho, logs: [{ log: claim.log, lastAt: claim.at, claim: { seq: claim.seq, hash: claim.hash, at: claim.at, rho: claim.rho } }] };
    await at.centre.store.transaction((writer) => at.centre.own.append(writer, at.centre.time.read(), [{ kind: centreKinds.heard, facts }]));
    expect(judgeProvince(await source.read(), at.time.now, ports).dossiers.get(late)?.verdict).toMatchObject({ kind: 'late', complete: false });
    // As known before that, it was still awaited.
    expect(judgeProvince(await source.read(), due + minute, ports).dossiers.get(late)?.verdict).toMatchObject({ kind: 'awaiting_desk' });
  });

  it('answer the officer’s three questions', async () => {
    const answers = provinceReports(at.centre);
    const { total } = await answers.results(period);
    expect(total.credible).toMatchObject({ received: 2, resolved: 1, onTime: 1, overdue: 1 });
    const { desks } = await answers.desks({});
    expect(desks).toMatchObject([{ connection: 'connected', behind: 0, held: desk.carried.length, awaited: 0 }]);
    expect((await answers.dossier(kept, {}))?.verdict?.kind).toBe('on_time');
    expect(await answers.dossier(newId(), {})).toBeUndefined();
  });
});
