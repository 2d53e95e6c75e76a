import type { DeskStore } from '#db/index.ts';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { mintUuid } from '#shared/log/index.ts';
import { enrolResponseSchema, type EnrolRequest, type EnrolResponse } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';
import type { TimeKeeper } from '../time.ts';
import type { Answer, Centre } from './centre.ts';
import type { EnrolmentWish } from './enrolling.ts';
import { heartbeatRhythm } from './heartbeat.ts';
import { genuineKey, keepPinnedCentre, newInstallation, ownInstallation, ownSigner, type Installation } from './installation.ts';
import type { Link } from './link.ts';

export interface EnrolmentRequest {
  readonly store: DeskStore;
  readonly ports: DeskPorts;
  readonly time: TimeKeeper;
  readonly centre: Centre;
  readonly wish: EnrolmentWish;
  readonly software: string;
  /** Opens a way to the same address that lets only these keys pass. */
  readonly trial: (keys: readonly string[]) => Link;
}

/**
 * Enrols this installation (ghi danh thiết bị): sends the one-time code with the public key, pins the centre's keys and
 * opens the log. The key pair and the ids are durable before the request leaves, so a lost answer can be asked for again.
 * Errors: the centre's (`enrol.bad-code`, …), `centre.wrong-key`, `store.disk-full`. Throws `LineError`.
 */
export async function enrol(request: EnrolmentRequest): Promise<Outcome<true>> {
  const { store, ports, time, wish, software } = request;
  const first = await ask(request, ownInstallation(store, ports));
  // An earlier code was used up though its answer was lost, and now there is another: nothing was ever written under the old ids.
  const answer = first.kind === 'refused' && first.fault.code === 'enrol.taken' ? await ask(request, newInstallation(store, ports)) : first;
  if (answer.kind === 'refused') return { ok: false, fault: answer.fault };
  const { installation, log } = ownInstallation(store, ports);
  const { agency, desk, centreKeys, recoveryKey, state } = answer.value;
  const bundleKey = genuineKey(answer.value.bundleKey, centreKeys, ports.verifier);
  if (answer.value.installation !== installation || answer.value.log !== log) return fail('message.malformed', { where: 'enrol' });
  if (wish.pinnedKey === undefined) await holds(request.trial(centreKeys));
  else if (!centreKeys.includes(wish.pinnedKey)) return fail('centre.wrong-key');
  keepPinnedCentre(store, { url: wish.url, keys: centreKeys, recoveryKey, ...(bundleKey === undefined ? {} : { bundleKey }), state });
  const opened = store.openLog({
    identity: { installation, agency, desk, log, publicKey: ownSigner(store, ports).publicKey }, software, why: 'enrolled',
    act: mintUuid(ports.clock.read().wall, ports.random), clock: time.reading(),
  });
  return opened.ok ? ok(true) : opened;
}

function ask({ centre, wish, software, ports }: EnrolmentRequest, { installation, log, privateKey }: Installation): Promise<Answer<EnrolResponse>> {
  const { publicKey } = ports.keys.signer(privateKey);
  const body: EnrolRequest = { code: wish.code, installation, log, publicKey, software };
  return centre.ask({ method: 'POST', path: '/v1/enrol', body: Buffer.from(JSON.stringify(body)), response: enrolResponseSchema });
}

/** Throws `LineError` unless whoever answers there is let through. */
async function holds(trial: Link): Promise<void> {
  try {
    await trial.centre.alive(heartbeatRhythm.patience);
  } finally {
    trial.close();
  }
}
