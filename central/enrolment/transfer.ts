import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { latestCatalogue } from '../catalogue/index.ts';
import { centreKinds } from '../ledger/index.ts';
import type { CentreReader, Installation, TransferOrder } from '../store/index.ts';
import type { EnrolmentPorts } from './enrol.ts';

/**
 * Orders that an installation is to serve another agency (điều chuyển thiết bị). The desk hears of it at its next contact and goes when all it holds is
 * at the centre and nobody is signed in; until then it stays where it is, and the order can be replaced by another one, back to where it is as well.
 * Errors: `enrol.unknown-installation`, `enrol.revoked`, `enrol.unknown-agency`, `enrol.same-agency`.
 */
export async function orderTransfer(
  ports: Pick<EnrolmentPorts, 'store' | 'own' | 'time'>, wanted: { readonly installation: string; readonly agency: string; readonly desk?: string | undefined }, actor?: string,
): Promise<Outcome<TransferOrder>> {
  const { agency } = wanted;
  return ports.store.transaction(async (writer): Promise<Outcome<TransferOrder>> => {
    const installation = await writer.findInstallation({ id: wanted.installation });
    if (!installation) return fail('enrol.unknown-installation', { installation: wanted.installation });
    if (installation.state === 'revoked') return fail('enrol.revoked');
    const catalogue = await latestCatalogue(writer);
    if (!catalogue?.agencies.some(({ id }) => id === agency)) return fail('enrol.unknown-agency', { agency });
    if ((await agencyWanted(writer, installation)).agency === agency) return fail('enrol.same-agency', { installation: installation.id, agency });
    const reading = ports.time.read();
    const order: TransferOrder = { installation: installation.id, agency, desk: (wanted.desk ?? installation.desk).normalize('NFC'), orderedAt: reading.now };
    await writer.addTransferOrder(order);
    const facts = { installation: order.installation, agency, desk: order.desk, at: reading.now, rho: reading.rho ?? null };
    await ports.own.append(writer, reading, [{ kind: centreKinds.transferOrdered, facts }], actor);
    return ok(order);
  });
}

/** The agency an installation is to serve, and its desk there: as last ordered, else as it is. */
export async function agencyWanted(reader: CentreReader, { id, agency, desk }: Installation): Promise<Pick<TransferOrder, 'agency' | 'desk'>> {
  return (await reader.transferOrders(id)).at(-1) ?? { agency, desk };
}
