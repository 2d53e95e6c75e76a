import { z } from 'zod';
import { roleSchema } from '#shared/access/index.ts';
import { civilDateSchema } from '#shared/deadline/index.ts';
import { levelSchema } from './procedure.ts';

/** An agency identifier (mã định danh cơ quan), Decision 20/2020/QĐ-TTg: at most 35 characters of 0-9, A-Z and the dot. */
export const agencyIdentifierSchema = z.string().max(35).regex(/^[0-9A-Z]+(?:\.[0-9A-Z]+)*$/);

/** A handling unit (phòng, bộ phận chuyên môn) of an agency, to which dossiers are forwarded. */
export const unitSchema = z.object({ id: z.string().regex(/^[a-z0-9-]{1,64}$/), name: z.string().min(1).max(200) });
export type Unit = z.infer<typeof unitSchema>;

/** An agency (cơ quan). Communes were merged in 2025, so agencies have days of validity and successors. */
export const agencySchema = z.object({
  /** Internal id, stable whatever identifier or name the agency is given. */
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  /** The identifier on days that none of `identifiers` names. */
  identifier: agencyIdentifierSchema,
  /** Identifiers of certain days, first and last day inclusive. One identifier belongs to one agency for ever. */
  identifiers: z.array(z.object({ identifier: agencyIdentifierSchema, validFrom: civilDateSchema, validTo: civilDateSchema.optional() })).max(20).optional(),
  name: z.string().min(1).max(300),
  level: levelSchema,
  validFrom: civilDateSchema,
  validTo: civilDateSchema.optional(),
  /** Internal ids of the agencies that took over. */
  successors: z.array(z.string()),
  units: z.array(unitSchema).max(200).optional(),
  /** Name of the access line (đường truyền) its desks reach the centre by; agencies with the same name lose it together. */
  line: z.string().min(1).max(100).optional(),
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

/**
 * A member of staff (cán bộ) of an agency. The id is the one identity of a person on every installation; without a PIN nobody
 * can sign in with the name.
 */
export const staffSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  /** Internal id of the agency. */
  agency: z.string(),
  roles: z.array(roleSchema).min(1),
  /** First and last day of service, inclusive; without them at any time. */
  validFrom: civilDateSchema.optional(),
  validTo: civilDateSchema.optional(),
  pin: pinVerifierSchema.optional(),
  note: z.string().max(1000).optional(),
});
export type Staff = z.infer<typeof staffSchema>;
