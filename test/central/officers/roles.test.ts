import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actions, can, roles, type Action, type Role } from '#shared/access/index.ts';
import { provincePaths } from '#shared/province/index.ts';
import { enrolledDesk, problemIn, send, testCentre, type TestCentre } from '../peer.ts';

const password = 'mật khẩu thật dài';
const centreRoles = ['officer', 'administrator', 'auditor'] as const;

let at: TestCentre;
beforeAll(async () => {
  at = await testCentre();
  for (const role of [...centreRoles, 'clerk']) await at.centre.officers.add({ id: `o-${role}`, login: role, name: role, roles: [role] }, password);
  await (await enrolledDesk(at)).sync();
});
afterAll(() => at.end());

async function signedIn(role: Role): Promise<string> {
  const answer = await send(at.centre.url, provincePaths.session, { method: 'POST', body: JSON.stringify({ name: role, password }) });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('what each role may do at the centre', () => {
  /** Written out once more, so that a change of the table is a decision. */
  const table: Readonly<Record<Extract<Action, `centre.${string}`>, readonly Role[]>> = {
    'centre.read-results': ['officer', 'administrator', 'auditor'],
    'centre.read-desks': ['officer', 'administrator', 'auditor'],
    'centre.read-catalogue': ['officer', 'administrator', 'auditor'],
    'centre.read-portal': ['officer', 'administrator'],
    'centre.read-logs': ['administrator', 'auditor'],
    'centre.record-ticket': ['officer', 'administrator'],
    'centre.take-bundle': ['officer', 'administrator'],
    'centre.decide': ['officer'],
    'centre.audit': ['officer'],
    'centre.enrol': ['administrator'],
    'centre.erase': ['administrator'],
    'centre.publish': ['administrator'],
    'centre.manage-officers': ['administrator'],
  };

  it.each(Object.entries(table) as [keyof typeof table, readonly Role[]][])('%s', (action, allowed) => {
    for (const role of roles) expect([role, can({ id: 'x', agency: 'province', roles: [role] }, action)]).toEqual([role, allowed.includes(role)]);
    expect(can({ id: 'x', agency: 'province', roles: [] }, action)).toBe(false);
  });

  it('names every action of the centre, and gives an auditor nothing but reading', () => {
    const ofCentre = (Object.keys(actions) as Action[]).filter((action) => action.startsWith('centre.'));
    expect(ofCentre.sort()).toEqual(Object.keys(table).sort());
    for (const action of Object.keys(actions) as Action[]) {
      if (can({ id: 'x', agency: 'province', roles: ['auditor'] }, action)) expect(action).toMatch(/^centre\.read-/);
    }
  });
});

describe('the pages’ calls', () => {
  const reads = [`${provincePaths.results}?from=0&to=1`, provincePaths.desks, provincePaths.queue, provincePaths.queueCounts, `${provincePaths.dossiers}/019a9f00-0000-7000-8000-000000000001`, `${provincePaths.dossiers}/019a9f00-0000-7000-8000-000000000001/decisions`];

  it.each(centreRoles)('let an %s read, and nothing else', async (role) => {
    const cookie = await signedIn(role);
    const before = await at.centre.store.entries(at.centre.own.log, 1, 1000);
    for (const path of reads) {
      // Known or not, the question is allowed.
      expect([path, [200, 404].includes((await send(at.centre.url, path, { headers: { cookie } })).status)]).toEqual([path, true]);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        expect([method, (await send(at.centre.url, path, { method, headers: { cookie } })).status]).toEqual([method, 404]);
      }
    }
    expect(await at.centre.store.entries(at.centre.own.log, 1, 1000)).toEqual(before);
  });

  it('refuse a role of the counter each of them, whether there is something or not', async () => {
    const cookie = await signedIn('clerk');
    for (const path of reads) expect([path, problemIn(await send(at.centre.url, path, { headers: { cookie } })).fault.code]).toEqual([path, 'access.denied']);
  });
});
