import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setState } from '#central/enrolment/index.ts';
import { catalogueResponseSchema } from '#shared/sync/index.ts';
import { problemIn, testCentre, testDesk, type TestCentre } from '../peer.ts';

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
});
afterAll(() => at.end());

const newDesk = () => testDesk(() => at.centre.url);

describe('enrolment', () => {
  it('takes a code once, tells who the desk is and what keys to trust', async () => {
    const desk = newDesk();
    const answer = await desk.enrol(await at.newCode());
    expect(answer.status).toBe(200);
    expect(desk.enrolled(answer)).toEqual({
      installation: desk.installation, log: desk.log, agency: 'ls-mai-pha', desk: 'Quầy 1', state: 'approved',
      centreKeys: [at.centre.keys.signer.publicKey], recoveryKey: at.centre.keys.recoveryKey, bundleKey: at.centre.keys.bundleKey,
    });
  });

  it('answers the same when the answer was lost, and refuses the code to anybody else', async () => {
    const desk = newDesk();
    const code = await at.newCode();
    const first = await desk.enrol(code);
    const again = await desk.enrol(code.toLowerCase().replaceAll('-', ' '));
    expect([again.status, again.text]).toEqual([200, first.text]);
    const other = await newDesk().enrol(code);
    expect([other.status, problemIn(other).fault.code]).toEqual([403, 'enrol.bad-code']);
    const otherKey = await desk.enrol(code, { publicKey: newDesk().signer.publicKey });
    expect(problemIn(otherKey).fault.code).toBe('enrol.bad-code');
  });

  it('refuses wrong and expired codes', async () => {
    const wrong = await newDesk().enrol('0000-0000-0000');
    expect([wrong.status, problemIn(wrong).fault.code]).toEqual([403, 'enrol.bad-code']);
    const code = await at.newCode({ lifetime: 1000 });
    at.time.now += 1001;
    expect(problemIn(await newDesk().enrol(code)).fault.code).toBe('enrol.bad-code');
  });

  it('refuses an installation, log or key that is known under another code', async () => {
    const desk = newDesk();
    await desk.enrol(await at.newCode());
    const { installation, log, signer: { publicKey } } = desk;
    for (const known of [{ installation }, { log }, { publicKey }]) {
      const answer = await newDesk().enrol(await at.newCode(), known);
      expect([answer.status, problemIn(answer).fault.code]).toEqual([409, 'enrol.taken']);
    }
  });

  it('waits for approval of the key where the code does not approve, and ends when it is revoked', async () => {
    const desk = newDesk();
    expect(desk.enrolled(await desk.enrol(await at.newCode({ approves: false }))).state).toBe('pending');
    desk.open();
    const pending = await desk.sync();
    expect([pending.status, problemIn(pending).fault]).toEqual([403, { code: 'enrol.pending', params: { fingerprint: (desk.signer.keyId.slice(0, 16).match(/.{4}/g) ?? []).join(' ') } }]);
    await setState(at.centre, desk.installation, 'approved');
    expect((await desk.sync()).status).toBe(200);
    await setState(at.centre, desk.installation, 'revoked');
    expect(problemIn(await desk.sync()).fault.code).toBe('enrol.revoked');
    expect(await setState(at.centre, newDesk().installation, 'approved')).toMatchObject({ ok: false, fault: { code: 'enrol.unknown-installation' } });
  });

  it('refuses malformed requests', async () => {
    const answer = await newDesk().enrol(await at.newCode(), { log: 'not-a-uuid' });
    expect([answer.status, problemIn(answer).fault]).toEqual([400, { code: 'message.malformed', params: { where: 'enrol' } }]);
  });
});

describe('attempts to enrol', () => {
  it('are few in a minute', async () => {
    const strict = await testCentre({ enrolmentsPerMinute: 3 });
    try {
      const desk = testDesk(() => strict.centre.url);
      for (let attempt = 0; attempt < 3; attempt += 1) expect((await desk.enrol('0000-0000-0000')).status).toBe(403);
      const answer = await desk.enrol(await strict.newCode());
      expect([answer.status, problemIn(answer).fault.code]).toEqual([429, 'request.rate-limited']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await strict.end();
    }
  });
});

describe('the catalogue', () => {
  it('is given with the staff of the own agency and the leases of the own log', async () => {
    const desks = [newDesk(), newDesk()];
    const given = [];
    for (const desk of desks) {
      await desk.enrol(await at.newCode());
      given.push(catalogueResponseSchema.parse(JSON.parse((await desk.signed('GET', '/v1/catalogue')).text)));
    }
    const [one, two] = given.map(({ catalogue }) => catalogue);
    expect(one?.staff.every(({ agency, pin }) => agency === 'ls-mai-pha' && pin !== undefined)).toBe(true);
    expect(one?.staff.length).toBeGreaterThan(0);
    expect(one?.version).toBe(given[0]?.version);
    expect(one?.leases.map(({ log, validFrom, validTo }) => [log, validFrom, validTo])).toEqual([
      [desks[0]?.log, '2026-01-01', '2026-12-31'], [desks[0]?.log, '2027-01-01', '2027-12-31'],
    ]);
    const [first, second] = [one?.leases[0], two?.leases[0]];
    expect((second?.first ?? 0) > (first?.last ?? 0) || (second?.last ?? 0) < (first?.first ?? 0)).toBe(true);
    const nothingNew = await desks[0]?.signed('GET', `/v1/catalogue?since=${given[0]?.version}`);
    expect(JSON.parse(nothingNew?.text ?? '')).toEqual({ version: given[0]?.version, bundleKey: at.centre.keys.bundleKey, siblings: expect.arrayContaining([desks[1]?.signer.publicKey]) });
  });

  it('brings a lease for the year after next when the year turns, in the same block', async () => {
    const desk = newDesk();
    await desk.enrol(await at.newCode());
    const before = catalogueResponseSchema.parse(JSON.parse((await desk.signed('GET', '/v1/catalogue')).text));
    const kept = at.time.now;
    at.time.now = Date.parse('2027-01-05T01:00:00Z');
    const after = catalogueResponseSchema.parse(JSON.parse((await desk.signed('GET', `/v1/catalogue?since=${before.version}`)).text));
    at.time.now = kept;
    expect(after.catalogue?.leases.map(({ validFrom }) => validFrom)).toEqual(['2026-01-01', '2027-01-01', '2028-01-01']);
    expect(new Set(after.catalogue?.leases.map(({ first, last }) => `${first}-${last}`)).size).toBe(1);
  });
});
