import type { DeskStore } from '#db/index.ts';
import { fault, ok, type Outcome } from '#shared/errors/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { enrolResponseSchema, type EnrolRequest } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import type { Centre } from './centre.ts';
import { keepPinnedCentre, ownInstallation, ownSigner } from './installation.ts';

export interface EnrolmentRequest {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly centre: Centre;
  readonly code: string;
  readonly software: string;
  readonly url: string;
  /** The centre's key as the administrator gave it with the code; without it the first key seen is pinned. */
  readonly pinnedKey: string | undefined;
}

/**
 * Enrols this installation (ghi danh thiết bị): sends the one-time code with the public key, pins the centre's keys and
 * opens the log. The key pair and the ids are durable before the request leaves, so a lost answer can be asked for again.
 * Errors: the centre's (`enrol.bad-code`, …), `centre.wrong-key`, `store.disk-full`. Throws `LineError`.
 */
export async function enrol({ store, ports, time, centre, code, software, url, pinnedKey }: EnrolmentRequest): Promise<Outcome<true>> {
  const { installation, log } = ownInstallation(store, ports);
  const { publicKey } = ownSigner(store, ports);
  const request: EnrolRequest = { code, installation, log, publicKey, software };
  const answer = await centre.ask({ method: 'POST', path: '/v1/enrol', body: Buffer.from(JSON.stringify(request)), response: enrolResponseSchema });
  if (answer.kind === 'refused') return { ok: false, fault: answer.fault };
  const { agency, desk, centreKeys, recoveryKey, state } = answer.value;
  if (answer.value.installation !== installation || answer.value.log !== log) return { ok: false, fault: fault('message.malformed', { where: 'enrol' }) };
  if (pinnedKey !== undefined && !centreKeys.includes(pinnedKey)) return { ok: false, fault: fault('centre.wrong-key') };
  keepPinnedCentre(store, { url, keys: centreKeys, recoveryKey, state });
  const opened = store.openLog({
    identity: { installation, agency, desk, log, publicKey }, software, why: 'enrolled',
    act: mintUuid(ports.clock.read().wall, ports.random), clock: time.reading(),
  });
  return opened.ok ? ok(true) : opened;
}
