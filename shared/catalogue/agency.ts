import { z } from 'zod';
import { roleSchema } from '#shared/access/index.ts';
import { civilDateSchema } from '#shared/deadline/index.ts';
import { levelSchema } from './procedure.ts';

/** An agency identifier (mã định danh cơ quan), Decision 20/2020/QĐ-TTg: at most 35 characters of 0-9, A-Z and the dot. */
export const agencyIdentifierSchema = z.string().max(35).regex(/^[0-9A-Z]+(?:\.[0-9A-Z]+)*$/);

/** An agency (cơ quan). Communes were merged in 2025, so agencies have days of validity and successors. */
export const agencySchema = z.object({
  /** Internal id, stable whatever identifier or name the agency is given. */
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  identifier: agencyIdentifierSchema,
  name: z.string().min(1).max(300),
  level: levelSchema,
  validFrom: civilDateSchema,
  validTo: civilDateSchema.optional(),
  /** Internal ids of the agencies that took over. */
  successors: z.array(z.string()),
  note: z.string().max(1000).optional(),
});
export type Agency = z.infer<typeof agencySchema>;

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** What a PIN is checked against: scrypt (RFC 7914) with its parameters; salt and hash in base64. */
export const pinVerifierSchema = z.object({
  salt: base64.max(128),
  hash: base64.max(256),
  params: z.object({ n: z.int().min(1024), r: z.int().min(1), p: z.int().min(1), keyLength: z.int().min(16).max(128) }),
});
export type PinVerifier = z.infer<typeof pinVerifierSchema>;

/** A member of staff (cán bộ) of an agency. Without a PIN nobody can sign in with the name. */
export const staffSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  /** Internal id of the agency. */
  agency: z.string(),
  roles: z.array(roleSchema).min(1),
  pin: pinVerifierSchema.optional(),
  note: z.string().max(1000).optional(),
});
export type Staff = z.infer<typeof staffSchema>;
