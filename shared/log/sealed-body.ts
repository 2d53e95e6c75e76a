import { entryLimit, sealedBodySchema, type SealedBody } from './entry.ts';

/**
 * A sealed body out of what was JSON; undefined where it is none. Batches bring thousands at once: what is plainly one is told by hand, in a fraction of the schema's time, and of all else the
 * schema has the word.
 */
export function readSealedBody(value: unknown): SealedBody | undefined {
  return isPlainlySealed(value) ? value : sealedBodySchema.safeParse(value).data;
}

const saltShape = /^[A-Za-z0-9_-]{22}$/;

function isPlainlySealed(value: unknown): value is SealedBody {
  if (typeof value !== 'object' || value === null || !('salt' in value) || !('body' in value)) return false;
  const { salt, body } = value;
  return typeof salt === 'string' && saltShape.test(salt) && typeof body === 'string' && body.length <= entryLimit
    && Object.keys(value).length === 2 && Object.hasOwn(value, 'salt') && Object.hasOwn(value, 'body');
}
