import { z } from 'zod';

/** Addresses behind the officer's pages, one place for both sides. `GET` unless said otherwise. */
export const provincePaths = {
  /** `GET`: who is signed in (401 if nobody); `POST`: {@link signInRequestSchema}; `DELETE`: sign out. */
  session: '/api/province/session',
  /** Query `from`, `to`, `now?` in milliseconds → `resultsSchema`. */
  results: '/api/province/results',
  /** → `desksSchema`. */
  desks: '/api/province/desks',
  /** + `/{dossier}` → `dossierEvidenceSchema`; + `/{dossier}/decisions` → `dossierDecisionsSchema`. */
  dossiers: '/api/province/dossiers',
  /** → `queueSchema`. */
  queue: '/api/province/queue',
  /** → `queueCountsSchema`. */
  queueCounts: '/api/province/queue/counts',
  /** `POST` `proposeRequestSchema`; `POST` + `/{proposal}/confirm`; `POST` + `/{proposal}/withdraw` `withdrawRequestSchema` → `dossierDecisionsSchema`. */
  decisions: '/api/province/decisions',
  /** `POST` `auditRequestSchema` → `dossierDecisionsSchema`. */
  audits: '/api/province/audits',
  /** → `ticketsSchema`; `POST` `ticketRequestSchema`, `POST` + `/{ticket}/withdraw` → `ticketsSchema`. */
  tickets: '/api/province/tickets',
  /** `POST` the bytes of a bundle's file → `takenBundleSchema`. */
  bundles: '/api/province/bundles',
} as const;

/** Sign-in of an officer by name and password, or by a one-time token (development's ready line). */
export const signInRequestSchema = z.union([
  z.strictObject({ name: z.string().trim().min(1).max(100), password: z.string().min(1).max(200) }),
  z.strictObject({ token: z.string().min(16).max(100) }),
]);
export type SignInRequest = z.infer<typeof signInRequestSchema>;

/** Who is signed in, where, and what the page must say about the centre itself. */
export const officerSessionSchema = z.strictObject({
  name: z.string(),
  roles: z.array(z.string()),
  provinceName: z.string(),
  /** The centre's time now, milliseconds. */
  now: z.int(),
  /** Banners that must stay visible: an injected clock, a time bound assumed by the operator. */
  banners: z.array(z.enum(['injected-clock', 'assumed-synchronised'])),
});
export type OfficerSession = z.infer<typeof officerSessionSchema>;
