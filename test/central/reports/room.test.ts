import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { provinceSource } from '#central/judge/index.ts';
import { entriesThisProcessCanJudge, provinceReports } from '#central/province.ts';
import { provincePaths } from '#shared/province/index.ts';
import { enrolledDesk, problemIn, send, startOfTest, testCentre, type TestCentre, type TestDesk } from '../peer.ts';

const password = 'mật khẩu thật dài';
/** More than the centre's own first entries, fewer than after two hundred acts. */
const most = 150;

/** A centre whose process has no memory for what its desks have recorded. */
describe('more entries than there is memory for', () => {
  let at: TestCentre;
  let desk: TestDesk;
  let cookie = '';

  beforeAll(async () => {
    at = await testCentre({ judgedEntries: most, metrics: { host: '127.0.0.1', port: 0 } });
    await at.centre.officers.add({ id: 'o-1', login: 'lan', name: 'Hoàng Thị Lan', roles: ['officer'] }, password);
    const answer = await send(at.centre.url, provincePaths.session, { method: 'POST', body: JSON.stringify({ name: 'lan', password }) });
    cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    desk = await enrolledDesk(at);
    desk.work(20);
    expect((await desk.sync()).status).toBe(200);
  });
  afterAll(() => at.end());

  const results = (asOf?: number): ReturnType<typeof send> => send(at.centre.url, `${provincePaths.results}?from=${startOfTest}&to=${startOfTest + 1}${asOf === undefined ? '' : `&now=${asOf}`}`, { headers: { cookie } });
  const metric = async (what: string): Promise<number> => {
    const { text } = await send(`http://127.0.0.1:${at.centre.metricsPort}`, '/metrics');
    return Number(text.split('\n').find((line) => line.startsWith(`quay_judged_entries{what="${what}"}`))?.split(' ')[1]);
  };

  it('the officer is told what to do, the desks are served, and nothing is kept in memory', async () => {
    expect((await results()).status).toBe(200);
    expect(await metric('held')).toBeGreaterThan(20);
    expect(await metric('room')).toBe(most);
    expect((await results(startOfTest)).status).toBe(200);
    desk.work(105);
    expect((await desk.sync(desk.head.seq - 104)).status).toBe(200);
    expect((await results()).status).toBe(200);
    // The past needs memory of its own beside it.
    expect(problemIn(await results(startOfTest)).fault).toEqual({ code: 'province.too-large', params: { most: 0.8 * most } });

    const sent = desk.head.seq;
    desk.work(200);
    expect((await desk.sync(sent + 1)).status).toBe(200);
    for (let time = 1; time <= 2; time += 1) {
      const answer = await results();
      expect([answer.status, problemIn(answer).fault]).toEqual([503, { code: 'province.too-large', params: { most } }]);
    }
    expect(await metric('held')).toBe(0);

    const later = desk.head.seq;
    desk.work(5);
    expect((await desk.sync(later + 1)).status).toBe(200);
    expect(at.reported).toEqual([]);
  });

  it('with more memory after a start anew it judges all of them', async () => {
    await expect(provinceSource(at.centre.store, most).read()).rejects.toMatchObject({ fault: { code: 'province.too-large' } });
    // The memory of the machine that runs this: some hundred thousand entries at least.
    expect(entriesThisProcessCanJudge()).toBeGreaterThan(100_000);
    const { judged } = await provinceReports(at.centre).standing();
    expect(judged.logs.get(desk.log)?.entries.length).toBe(desk.head.seq);
  });
});
