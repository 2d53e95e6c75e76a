import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { mintUuid, uuidSchema } from '#shared/log/index.ts';
import type { Signer, Verifier } from '#shared/ports.ts';
import { bundleKeyBytes, publicKeySchema, type AnnouncedKey } from '#shared/sync/index.ts';
import type { DeskPorts } from '../ports.ts';

/** This installation's own ids and private key; made before the first enrolment request, so that repeating it is the same request. */
const installationSchema = z.object({ installation: uuidSchema, log: uuidSchema, privateKey: z.string() });
export type Installation = z.infer<typeof installationSchema>;

/** What the desk knows of the centre since its enrolment. */
const pinnedCentreSchema = z.object({
  /** Where it was at the enrolment. */
  url: z.string(),
  /** Raw Ed25519 keys; anchors must be signed by one of them. */
  keys: z.array(publicKeySchema).min(1),
  recoveryKey: publicKeySchema,
  /** Raw X25519 key to which bundles for the way by USB are encrypted; missing until a contact with a centre that has one. */
  bundleKey: publicKeySchema.optional(),
  state: z.enum(['approved', 'pending']),
});
export type PinnedCentre = z.infer<typeof pinnedCentreSchema>;

const names = { installation: 'installation', centre: 'centre' } as const;

/** The installation of this store; made and kept at the first call. */
export function ownInstallation(store: DeskStore, ports: DeskPorts): Installation {
  return knownInstallation(store) ?? newInstallation(store, ports);
}

/** The installation of this store, if there is one yet. */
export function knownInstallation(store: DeskStore): Installation | undefined {
  return store.memo.load(names.installation, installationSchema);
}

/** Makes ids and a key and keeps them. Only for a store without a log: a log's entries belong to their key. */
export function newInstallation(store: DeskStore, ports: DeskPorts): Installation {
  const { wall } = ports.clock.read();
  const made = { installation: mintUuid(wall, ports.random), log: mintUuid(wall, ports.random), privateKey: ports.keys.generate() };
  keepInstallation(store, made);
  return made;
}

/** Throws when the store cannot keep it: a key that is not durable must not be enrolled. */
export function keepInstallation(store: DeskStore, installation: Installation): void {
  const kept = store.memo.save(names.installation, installation);
  if (!kept.ok) throw new StoreRefused(kept.fault.code);
}

/** The store could not keep what the next step depends on. */
export class StoreRefused extends Error {
  constructor(code: string) {
    super(`the store refused: ${code}`);
    this.name = 'StoreRefused';
  }
}

export function ownSigner(store: DeskStore, ports: DeskPorts): Signer {
  return ports.keys.signer(ownInstallation(store, ports).privateKey);
}

export function pinnedCentre(store: DeskStore): PinnedCentre | undefined {
  return store.memo.load(names.centre, pinnedCentreSchema);
}

export function keepPinnedCentre(store: DeskStore, centre: PinnedCentre): void {
  const kept = store.memo.save(names.centre, centre);
  if (!kept.ok) throw new StoreRefused(kept.fault.code);
}

/** The announced key if one of the centre's keys signed it: whoever could put another in its place could read what is carried. */
export function genuineKey(announced: AnnouncedKey | undefined, keys: readonly string[], verifier: Verifier): string | undefined {
  if (announced === undefined) return undefined;
  const bytes = bundleKeyBytes(announced.key);
  return keys.some((key) => verifier.verify(key, bytes, announced.signature)) ? announced.key : undefined;
}
