import { DomainError } from '#shared/errors/index.ts';
import type { Hasher, Random } from '#shared/ports.ts';
import { latestCatalogue } from '../catalogue/index.ts';
import { centreKinds, type OwnLog } from '../ledger/index.ts';
import type { CentreStore } from '../store/index.ts';
import type { CentreTime } from '../time/index.ts';

/** Crockford's base 32: nothing in it is misread or misheard. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How long a code can be used, milliseconds. */
export const codeLifetime = 72 * 3_600_000;

/** A new enrolment code of 60 random bits: `7K2M-0Q9F-XB4T`. */
function mintCode(random: Random): string {
  const letters = Array.from(random.bytes(12), (byte) => alphabet[byte & 31] ?? '0').join('');
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

/**
 * The hash under which a code is kept. Small letters, spaces and missing dashes are forgiven, and O, I, L are read as
 * Crockford reads them.
 */
export function codeHash(code: string, hasher: Hasher): string {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return hasher.sha256(new TextEncoder().encode(`quay-enrolment-code-v1\n${plain}\n`));
}

/**
 * Makes a one-time code for a desk of an agency. Only its hash is kept, and an entry of the centre's log that there is one. `approves`: whoever uses it needs no further
 * approval, for codes handed over in person. Throws `DomainError` `enrol.unknown-agency`.
 */
export async function makeCode(
  ports: { readonly store: CentreStore; readonly own: OwnLog; readonly time: CentreTime; readonly hasher: Hasher; readonly random: Random },
  wanted: { readonly agency: string; readonly desk: string; readonly approves: boolean; readonly lifetime?: number },
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const catalogue = await latestCatalogue(ports.store);
  if (catalogue && !catalogue.agencies.some(({ id }) => id === wanted.agency)) throw new DomainError('enrol.unknown-agency', { agency: wanted.agency });
  const code = mintCode(ports.random);
  const reading = ports.time.read();
  const expiresAt = reading.now + (wanted.lifetime ?? codeLifetime);
  const { agency, approves } = wanted;
  const desk = wanted.desk.normalize('NFC');
  await ports.store.transaction(async (writer) => {
    await writer.addCode({ hash: codeHash(code, ports.hasher), agency, desk, approves, expiresAt, installation: undefined });
    const facts = { agency, desk, approves, expiresAt, at: reading.now, rho: reading.rho ?? null };
    await ports.own.append(writer, reading, [{ kind: centreKinds.codeIssued, facts }]);
  });
  return { code, expiresAt };
}
