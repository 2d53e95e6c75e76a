import type { z } from 'zod';
import { factsOf, isDossierKind, personalOf } from '#shared/dossier/index.ts';
import { anchorNotedSchema, logKinds, logOpenedSchema } from '#shared/log/index.ts';
import type { CarriedEntry } from '#shared/sync/index.ts';

interface KindShape {
  readonly facts: z.ZodType;
  readonly personal?: z.ZodType;
}

/** The shapes of the other kinds this version knows. */
const shapes = new Map<string, KindShape>([
  [logKinds.opened, { facts: logOpenedSchema }],
  [logKinds.anchorNoted, { facts: anchorNotedSchema }],
]);

function shapeOf(kind: string): KindShape | undefined {
  if (!isDossierKind(kind)) return shapes.get(kind);
  const personal = personalOf[kind];
  return { facts: factsOf[kind], ...(personal ? { personal } : {}) };
}

/** Whether an entry's facts and personal body have the shape of its kind. Unknown kinds fit: a newer desk may write them. */
export function entryFits({ entry, body }: CarriedEntry): boolean {
  const shape = shapeOf(entry.header.kind);
  if (!shape) return true;
  if (!shape.facts.safeParse(entry.header.facts).success) return false;
  if (!shape.personal || body === undefined || 'erased' in body) return true;
  return shape.personal.safeParse(parsed(body.body)).success;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
