import { DomainError } from '#shared/errors/index.ts';
import { agencyWanted, fingerprint, makeCode, orderTransfer, setState } from '../enrolment/index.ts';
import { hasher, random } from '../keys/index.ts';
import { officerDesk } from '../officers/index.ts';
import { withFolder, type Asked } from './acting.ts';
import { printResult, type Output } from '#shared/command/index.ts';

/** `quay central code`: a one-time enrolment code. */
export async function codeCommand(asked: Asked & { readonly agency: string; readonly desk: string; readonly approved: boolean; readonly hours: number }, output: Output): Promise<void> {
  const { agency, desk, approved, hours } = asked;
  await withFolder(asked, 'centre.enrol', async ({ store, own, time }) => {
    const made = await makeCode({ store, own, time, hasher, random }, { agency, desk, approves: approved, lifetime: hours * 3_600_000 });
    const words = [made.code, `Works once, for ${desk} of ${agency}, until ${new Date(made.expiresAt).toISOString()}${approved ? '' : '; the installation then waits for `quay central approve`'}.`];
    printResult(output, asked.json, { ...made, agency, desk, approved }, words);
  });
}

/** `quay central installations`: who is enrolled, with the fingerprints to compare. */
export async function installationsCommand(asked: Asked, output: Output): Promise<void> {
  await withFolder(asked, 'centre.read-desks', async ({ store }) => {
    const heard = await store.heard();
    const list = await Promise.all((await store.installations()).map(async (installation) => {
      const { id, agency, desk, state, keyId, log } = installation;
      const wanted = await agencyWanted(store, installation);
      return {
        id, agency, desk, state, fingerprint: fingerprint(keyId), log, lastHeardAt: heard.find((one) => one.log === log)?.lastAt ?? null,
        ...(wanted.agency === agency ? {} : { goesTo: wanted.agency }),
      };
    }));
    printResult(output, asked.json, list, list.map((one) => `${one.id}  ${one.state.padEnd(8)}  ${one.fingerprint}  ${one.agency}  ${one.desk}${one.goesTo === undefined ? '' : `  goes to ${one.goesTo}`}`));
  });
}

/** `quay central approve` and `quay central revoke`. */
export async function stateCommand(asked: Asked & { readonly installation: string; readonly state: 'approved' | 'revoked' }, output: Output): Promise<void> {
  await withFolder(asked, 'centre.enrol', async ({ store, own, time }) => {
    const done = await setState({ store, own, time }, asked.installation, asked.state);
    if (!done.ok) throw new DomainError(done.fault.code, done.fault.params);
    printResult(output, asked.json, { installation: asked.installation, state: asked.state }, [`${asked.installation} is ${asked.state}.`]);
  });
}

/** `quay central transfer`. */
export async function transferCommand(asked: Asked & { readonly installation: string; readonly agency: string; readonly desk?: string | undefined }, output: Output): Promise<void> {
  await withFolder(asked, 'centre.enrol', async ({ store, own, time }) => {
    const { installation, agency, desk } = asked;
    const done = await orderTransfer({ store, own, time }, { installation, agency, desk });
    if (!done.ok) throw new DomainError(done.fault.code, done.fault.params);
    printResult(output, asked.json, done.value, [`${installation} is to serve ${agency} as ${done.value.desk}. It goes when all it holds is here and nobody is signed in at it.`]);
  });
}

/** `quay central officer`: adds an officer, or gives one a new password. */
export async function officerCommand(asked: Asked & { readonly login: string; readonly name: string; readonly role: 'officer' | 'administrator' | 'auditor'; readonly password: string }, output: Output): Promise<void> {
  await withFolder(asked, 'centre.manage-officers', async ({ store, own, time }) => {
    const { login, name, role, password } = asked;
    await officerDesk({ store, own, time, hasher, random, wall: Date.now }).add({ id: `officer-${login}`, login, name, roles: [role] }, password);
    printResult(output, asked.json, { login, role }, [`${login} can sign in.`]);
  });
}
