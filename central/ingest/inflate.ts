import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { batchLimits } from '#shared/sync/index.ts';

const unzip = promisify(gunzip);

/**
 * The text of a batch as it came: gzip, or plain NDJSON, told apart by gzip's first two bytes (a JSON text cannot start
 * with them). Never inflates beyond the limit. Errors: `request.too-large`, `message.malformed`.
 */
export async function batchText(bytes: Uint8Array): Promise<Outcome<string>> {
  if (bytes.length > batchLimits.compressedBytes) return fail('request.too-large', { limit: batchLimits.compressedBytes });
  let plain = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      plain = await unzip(bytes, { maxOutputLength: batchLimits.inflatedBytes });
    } catch (error) {
      if (isOverLimit(error)) return fail('request.too-large', { limit: batchLimits.inflatedBytes });
      return fail('message.malformed', { where: 'batch.gzip' });
    }
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain));
  } catch {
    return fail('message.malformed', { where: 'batch.utf-8' });
  }
}

function isOverLimit(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
