/** Dossiers as another desk's log carries them, made through the public schemas: what a store gets when it is filled from the centre. */
import { nodeHasher } from '#db/index.ts';
import { dossierKinds, handedOverSchema, receivedPersonalSchema, receivedSchema, resultReadySchema } from '#shared/dossier/index.ts';
import { emptyHead, entryVersion, makeEntry, mintUuid, seal, type Entry, type Head } from '#shared/log/index.ts';
import type { Random } from '#shared/ports.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';
import { clock, receivedFacts } from '../../shared/dossier/sample.ts';
import { die, person, type Person } from './people.ts';

const hour = 3_600_000;
const dayLength = 24 * hour;
/** 02/01/2017 08:00 in Vietnam; ten years of a busy desk follow, {@link daily} dossiers a day. */
const firstDay = Date.UTC(2017, 0, 2, 1);
export const daily = 280;

/** One made-up dossier: who it is about and its code. */
export interface SampleDossier {
  readonly who: Person;
  readonly code: string;
  readonly carried: readonly CarriedEntry[];
}

/**
 * Writes dossiers into a log of their own, one after the other. Each has a reception alone, or `returned` a result and a hand-over too, or
 * `contested` two of each, as from two desks that did not know each other.
 */
export function dossierWriter(seed: number, story: 'received' | 'returned' | 'contested'): { next(): SampleDossier } {
  const roll = die(seed);
  const random: Random = { bytes: (count) => Uint8Array.from({ length: count }, () => roll(256)) };
  let head: Head = emptyHead(mintUuid(firstDay, random));
  let count = 0;

  function write(kind: string, dossier: string, at: number, after: readonly string[], facts: object, sealed?: string): Entry {
    const entry = makeEntry({
      v: entryVersion, log: head.log, seq: head.seq + 1, prev: head.hash, tick: head.seq + 1, kind, agency: 'a-2', dossier, after: [...after],
      act: mintUuid(at, random), actor: 's-2', clock: { ...clock, wall: at }, facts: { ...facts }, ...(sealed === undefined ? {} : { sealed }),
    }, nodeHasher);
    head = { log: head.log, seq: entry.header.seq, hash: entry.hash };
    return entry;
  }

  return {
    next() {
      const who = person(roll);
      const day = Math.floor(count / daily);
      const acceptedAt = firstDay + day * dayLength + (count % daily) * 100_000;
      const code = `H37.02-${new Date(acceptedAt).toISOString().slice(2, 10).replaceAll('-', '')}-${String((count % daily) + 1).padStart(4, '0')}`;
      const dossier = mintUuid(acceptedAt, random);
      count += 1;
      const personal = seal(receivedPersonalSchema.parse({
        applicant: { kind: 'citizen', fullName: who.fullName, idNumber: who.idNumber, phone: who.phone, address: 'Thôn Rọ Phải, xã Mai Pha, tỉnh Lạng Sơn' },
      }), random, nodeHasher);
      const usual = receivedFacts();
      const received = write(dossierKinds.received, dossier, acceptedAt, [], receivedSchema.parse({
        ...usual, code, submittedAt: acceptedAt, acceptedAt, receivingAgency: 'a-2', competentAgency: 'a-2',
        due: { ...usual.due, at: acceptedAt + dayLength, start: acceptedAt },
      }), personal.sealed);
      const carried: CarriedEntry[] = [{ entry: received, body: personal.body }];
      for (let desk = 0; desk < (story === 'received' ? 0 : story === 'returned' ? 1 : 2); desk += 1) {
        const at = acceptedAt + (4 + desk) * hour;
        const ready = write(dossierKinds.resultReady, dossier, at, [received.hash], resultReadySchema.parse({ at, timeSource: 'anchor', outcome: 'granted', resultCount: 1 }));
        const handedOver = write(dossierKinds.handedOver, dossier, at + hour, [ready.hash], handedOverSchema.parse({
          at: at + hour, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true,
        }));
        carried.push({ entry: ready }, { entry: handedOver });
      }
      return { who, code, carried };
    },
  };
}
