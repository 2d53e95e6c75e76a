/** The log of a made-up desk: receptions with personal bodies, each forwarded, finished and handed over; and its enrolment at a centre in this process. */
import { generateKeyPairSync } from 'node:crypto';
import { enrol, makeCode } from '#central/enrolment/index.ts';
import type { Foundation } from '#central/foundation.ts';
import { hasher, random, signerOf } from '#central/keys/index.ts';
import type { Installation } from '#central/store/index.ts';
import { dossierKinds } from '#shared/dossier/index.ts';
import { emptyHead, makeEntry, mintUuid, seal, type Head } from '#shared/log/index.ts';
import type { Signer } from '#shared/ports.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import { clock, receivedFacts } from '../../shared/dossier/sample.ts';
import { die, person } from './people.ts';

export interface DeskLog {
  readonly signer: Signer;
  readonly installation: string;
  readonly log: string;
  /** Writes so many further entries: the head before them, and they. */
  write(count: number): { readonly from: Head; readonly carried: readonly CarriedEntry[] };
}

/** `number` tells desks apart; dossiers are forwarded to `other`. */
export function deskLog(number: number, agency: string, other: string): DeskLog {
  const signer = signerOf(generateKeyPairSync('ed25519').privateKey);
  const [installation, log] = [mintUuid(clock.wall, random), mintUuid(clock.wall, random)];
  let head: Head = emptyHead(log);

  function entry(kind: string, facts: Record<string, unknown>, dossier: string, personal?: unknown): CarriedEntry {
    const body = personal === undefined ? undefined : seal(personal, random, hasher);
    const seq = head.seq + 1;
    const made = makeEntry({
      v: 1, log, seq, prev: head.hash, tick: seq, kind, agency, act: mintUuid(clock.wall, random), actor: 's-1', clock, facts, dossier, ...(body ? { sealed: body.sealed } : {}),
    }, hasher);
    head = { log, seq, hash: made.hash };
    return { entry: made, body: body?.body };
  }

  function* acts(): Generator<CarriedEntry, never> {
    for (let count = 1; ; count += 1) {
      const dossier = mintUuid(clock.wall, random);
      yield entry(
        dossierKinds.received, { ...receivedFacts({ code: `H37.${number}-261123-${count}`, receivingAgency: agency, competentAgency: other }) }, dossier, { ...person(die(number * 1_000 + count)) },
      );
      yield entry('dossier.forwarded', { toAgency: other }, dossier);
      yield entry(dossierKinds.resultReady, { at: clock.wall, timeSource: 'wall', outcome: 'granted', resultCount: 1 }, dossier);
      yield entry(dossierKinds.handedOver, { at: clock.wall, timeSource: 'wall' }, dossier);
    }
  }

  const written = acts();
  return {
    signer, installation, log,
    write(count) {
      const from = head;
      return { from, carried: Array.from({ length: count }, () => written.next().value) };
    },
  };
}

/** The desk enrolled, as the centre holds it. */
export async function enrolled(centre: Foundation, { signer, installation, log }: DeskLog, agency: string, desk: string): Promise<Installation> {
  const { code } = await makeCode({ ...centre, hasher, random }, { agency, desk, approves: true });
  const answer = await enrol({ ...centre, hasher, random }, { code, installation, log, publicKey: signer.publicKey, software: 'bench' });
  const held = await centre.store.findInstallation({ id: installation });
  if (!answer.ok || !held) throw new Error(answer.ok ? 'the desk is not enrolled' : answer.fault.code);
  return held;
}
