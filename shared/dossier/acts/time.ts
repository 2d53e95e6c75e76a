import { z } from 'zod';
import { dueDateSchema } from '#shared/deadline/index.ts';

/** Where a working time came from: the last anchor plus uptime, the wall clock, or the clerk's confirmation. */
export const timeSourceSchema = z.enum(['anchor', 'wall', 'confirmed']);
export type TimeSource = z.infer<typeof timeSourceSchema>;

/** Times in facts are milliseconds since 1970-01-01T00:00:00Z, by the desk's working time. */
export const instant = z.int();

/** When an act was recorded, in every act's facts. */
export const recordedAt = { at: instant, timeSource: timeSourceSchema };

/** The same, with an earlier time the clerk says it truly happened: no machine evidence, people decide. */
export const claimable = { ...recordedAt, claimedAt: instant.optional() };

/** Until when an apology may go out (form 04), and the working day on which it is to be thought of, `yyyy-MM-dd`. */
export const apologyLimitSchema = z.object({ latest: instant, alertOn: z.iso.date() });

/** A due date as an act sets it. */
export const reckonedDue = { due: dueDateSchema, apology: apologyLimitSchema.optional() };

/** An agency, and its unit (bộ phận chuyên môn) where one is named. */
export const placeSchema = z.object({ agency: z.string().min(1).max(64), unit: z.string().min(1).max(64).optional() });
export type Place = z.infer<typeof placeSchema>;

/** A personal remark of the clerk. */
export const noteSchema = z.string().trim().max(1000);
