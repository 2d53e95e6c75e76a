import { z } from 'zod';
import type { DeskStore } from '#db/index.ts';
import { agencyById, catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { transferredSchema } from '#shared/sync/index.ts';

/** The centre's word that this installation is to serve another agency (điều chuyển thiết bị). */
const orderSchema = transferredSchema.pick({ agency: true, desk: true }).extend({
  /** Name of the agency, and the version of the catalogue that is kept for it; missing until one came. */
  ready: z.object({ name: z.string(), version: z.int() }).optional(),
});
export type TransferOrder = z.infer<typeof orderSchema>;

/** As the centre sends it. The catalogue is read apart: one that this program cannot read must not keep the rest of the answer from it. */
export const transferAnswerSchema = transferredSchema.extend({ catalogue: z.unknown().optional() });

const memoSchema = z.object({ order: orderSchema.optional() });
const names = { order: 'transfer', catalogue: 'transfer-catalogue' } as const;

/** The order this desk has not followed yet, if there is one. */
export function transferOrder(store: DeskStore): TransferOrder | undefined {
  const order = store.memo.load(names.order, memoSchema)?.order;
  return order && order.agency !== store.identity()?.agency ? order : undefined;
}

/** The catalogue of the agency this desk is to go to; undefined until one came that this program can read. */
export function transferCatalogue(store: DeskStore): Catalogue | undefined {
  return transferOrder(store)?.ready && store.memo.load(names.catalogue, catalogueSchema);
}

/** Keeps what the centre says now; `told` undefined: it is to stay where it is. True if that is news. Throws `DomainError` where the store cannot keep it. */
export function keepOrder(store: DeskStore, told: z.infer<typeof transferAnswerSchema> | undefined): boolean {
  const before = transferOrder(store);
  const wanted = told && told.agency !== store.identity()?.agency ? told : undefined;
  if (!wanted && !before) return false;
  const catalogue = catalogueSchema.safeParse(wanted?.catalogue).data;
  if (catalogue) save(store, names.catalogue, catalogue);
  const ready = catalogue && wanted
    ? { name: agencyById(catalogue, wanted.agency)?.name ?? wanted.agency, version: catalogue.version }
    : before?.agency === wanted?.agency ? before?.ready : undefined;
  const order = wanted && { agency: wanted.agency, desk: wanted.desk, ...(ready ? { ready } : {}) };
  if (JSON.stringify(order) === JSON.stringify(before)) return false;
  save(store, names.order, order ? { order } : {});
  return true;
}

function save(store: DeskStore, name: string, value: unknown): void {
  const kept = store.memo.save(name, value);
  if (!kept.ok) throw new DomainError(kept.fault.code, kept.fault.params);
}
