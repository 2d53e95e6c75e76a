import { z } from 'zod';
import { instant } from './time.ts';

/**
 * Facts of `dossier.erased`: by a decision under the law on personal data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP) every sealed body of the
 * dossier is erased (xóa thông tin cá nhân), and the contents of its digitised papers, with every holder and in every backup: those that were there and those that
 * arrive later. What happened and when stands: facts, chain, counts and due dates are none of it.
 */
export const erasedSchema = z.object({
  /** Number and date of the decision; nothing personal. */
  authority: z.string().trim().min(1).max(200),
  /** Sealed bodies the centre erased then. */
  bodies: z.int().nonnegative(),
  /** Time of the centre, with the bound of its error; null while it was not synchronised. */
  at: instant,
  rho: z.int().nonnegative().nullable(),
});
export type Erased = z.infer<typeof erasedSchema>;
