import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolledDesk, problemIn, send, startOfTest, testCentre, type TestCentre } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre({ metrics: { host: '127.0.0.1', port: 0 } });
});
afterAll(() => at.end());

/** The value of one line of the text format. */
function valueIn(text: string, line: string): number | undefined {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

const asked = async (): Promise<string> => (await send(`http://127.0.0.1:${at.centre.metricsPort}`, '/metrics')).text;

describe('metrics', () => {
  it('count what was taken in and refused, by route and code, and say nothing about desks or people', async () => {
    const desk = await enrolledDesk(at);
    desk.work(4);
    expect((await desk.sync()).status).toBe(200);
    // Sent again it is no new entry.
    expect((await desk.sync()).status).toBe(200);
    await send(at.centre.url, `/v1/logs/${desk.log}/head`);
    const text = await asked();
    expect([valueIn(text, 'quay_batches_total'), valueIn(text, 'quay_entries_total'), valueIn(text, 'quay_in_work{what="batches"}')]).toEqual([2, 5, 0]);
    expect(valueIn(text, 'quay_batch_bytes_total')).toBeGreaterThan(200);
    expect(valueIn(text, 'quay_refusals_total{code="request.unsigned"}')).toBe(1);
    expect(valueIn(text, 'quay_request_seconds_count{method="POST",route="/v1/logs/:log/batches",status="2xx"}')).toBe(2);
    expect(valueIn(text, 'quay_request_seconds_count{method="GET",route="/v1/logs/:log/head",status="4xx"}')).toBe(1);
    expect([valueIn(text, 'quay_clock_bound_seconds'), valueIn(text, 'quay_desks{heard="yes"}'), valueIn(text, 'quay_desks{heard="no"}')]).toEqual([0.02, 1, 0]);
    expect(valueIn(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    for (const word of [desk.log, desk.installation, 'ls-mai-pha', 'Quầy']) expect(text).not.toContain(word);
    at.time.now = startOfTest + 40 * 60_000;
    at.time.rho = undefined;
    const later = await asked();
    expect([valueIn(later, 'quay_clock_bound_seconds'), valueIn(later, 'quay_desks{heard="no"}')]).toEqual([-1, 1]);
  });

  it('have an address of their own, and nothing else is there', async () => {
    const answer = await send(at.centre.url, '/metrics');
    expect([answer.status, problemIn(answer).fault.code]).toEqual([404, 'request.not-found']);
    for (const path of ['/', '/v1/nonce', '/metrics?x', '/healthz']) expect((await send(`http://127.0.0.1:${at.centre.metricsPort}`, path)).status).toBe(404);
    expect((await send(`http://127.0.0.1:${at.centre.metricsPort}`, '/metrics', { method: 'POST' })).status).toBe(404);
  });
});
