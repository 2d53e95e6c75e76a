import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';
import type { EnrolRequest, EnrolResponse } from '#shared/sync/index.ts';
import { ensureLease } from '../catalogue/index.ts';
import type { CentreKeys } from '../keys/index.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import type { CentreStore, CentreWriter, Installation } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';
import { codeHash } from './codes.ts';

export interface EnrolmentPorts {
  readonly store: CentreStore;
  readonly own: OwnLog;
  readonly time: CentreTime;
  readonly keys: CentreKeys;
  readonly hasher: Hasher;
  readonly random: Random;
}

/** The part of a key's name that people compare when they approve: four groups of four hexadecimal digits. */
export function fingerprint(keyId: string): string {
  return (keyId.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

/**
 * Enrols an installation with a one-time code. A request repeated after a lost answer, with the same code, ids and key,
 * gets the same answer. Errors: `enrol.bad-code` (wrong, used or expired), `enrol.taken` (the installation, log or key is
 * known under another code).
 */
export async function enrol(ports: EnrolmentPorts, request: EnrolRequest): Promise<Outcome<EnrolResponse>> {
  const keyId = ports.hasher.sha256(Buffer.from(request.publicKey, 'base64url'));
  return ports.store.transaction(async (writer): Promise<Outcome<EnrolResponse>> => {
    const reading = ports.time.read();
    const code = await writer.findCode(codeHash(request.code, ports.hasher));
    if (!code) return fail('enrol.bad-code');
    if (code.installation !== undefined) {
      const known = await writer.findInstallation({ id: code.installation });
      const same = known?.id === request.installation && known.publicKey === request.publicKey && (await writer.findLog(request.log))?.installation === known.id;
      return same ? ok(answerFor(ports, known, request.log)) : fail('enrol.bad-code');
    }
    if (code.expiresAt < reading.now) return fail('enrol.bad-code');
    const taken = (await writer.findInstallation({ id: request.installation })) ?? (await writer.findInstallation({ keyId })) ?? (await writer.findLog(request.log));
    if (taken) return fail('enrol.taken');

    const installation: Installation = {
      id: request.installation, agency: code.agency, desk: code.desk, publicKey: request.publicKey, keyId,
      state: code.approves ? 'approved' : 'pending', log: request.log, enrolledAt: reading.now, software: request.software,
    };
    await writer.addInstallation(installation);
    await writer.addLog({ log: request.log, installation: installation.id, agency: installation.agency, publicKey: request.publicKey, parent: undefined, openedAt: reading.now });
    await writer.useCode(code.hash, installation.id);
    const { id, log, agency, desk, publicKey, state } = installation;
    const facts = { installation: id, log, agency, desk, publicKey, state, at: reading.now, rho: reading.rho ?? null };
    await ports.own.append(writer, reading, [{ kind: centreKinds.enrolled, facts }]);
    await ensureLease(writer, ports.own, ports.random, installation, reading);
    return ok(answerFor(ports, installation, request.log));
  });
}

function answerFor(ports: EnrolmentPorts, installation: Installation, log: string): EnrolResponse {
  return {
    installation: installation.id, log, agency: installation.agency, desk: installation.desk,
    state: installation.state === 'pending' ? 'pending' : 'approved',
    centreKeys: [ports.keys.signer.publicKey], recoveryKey: ports.keys.recoveryKey, bundleKey: ports.keys.bundleKey,
  };
}

/**
 * Approves an installation after its fingerprint was compared, or takes one out of service. Errors:
 * `enrol.unknown-installation`.
 */
export async function setState(
  ports: Pick<EnrolmentPorts, 'store' | 'own' | 'time'>,
  id: string,
  state: 'approved' | 'revoked',
  actor?: string,
): Promise<Outcome<Installation>> {
  return ports.store.transaction((writer) => changeState(ports, writer, id, state, actor));
}

async function changeState(ports: Pick<EnrolmentPorts, 'own' | 'time'>, writer: CentreWriter, id: string, state: 'approved' | 'revoked', actor?: string): Promise<Outcome<Installation>> {
  const installation = await writer.findInstallation({ id });
  if (!installation) return fail('enrol.unknown-installation', { installation: id });
  if (installation.state !== state) {
    const reading = ports.time.read();
    await writer.setInstallationState(id, state);
    const kind = state === 'approved' ? centreKinds.approved : centreKinds.revoked;
    await ports.own.append(writer, reading, [{ kind, facts: { installation: id, at: reading.now, rho: reading.rho ?? null } }], actor);
  }
  return ok({ ...installation, state });
}
