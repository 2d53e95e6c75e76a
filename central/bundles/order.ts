import { fail, ok, type Outcome } from '#shared/errors/index.ts';
import { batchHeaderSchema, bundleLimits, jsonLine, laterVersion, protocolVersion, type BundleHeader } from '#shared/sync/index.ts';
import { batchText } from '../ingest/index.ts';

/**
 * Checks that the batches are those the bundle's first line names: each stretch from its first entry to its last without a gap, one stretch after
 * the other, and all of it within the limits once inflated. Gives the log of each batch. Errors: `bundle.damaged`, `message.newer-version`.
 */
export async function checkOrder({ logs, entries }: BundleHeader, batches: readonly Uint8Array[]): Promise<Outcome<readonly string[]>> {
  const places: string[] = [];
  let inflated = 0;
  let counted = 0;
  let stretch = 0;
  let next = logs[0]?.first;
  for (const batch of batches) {
    const text = await batchText(batch);
    if (!text.ok) return fail('bundle.damaged');
    inflated += text.value.length;
    const line = jsonLine(text.value.slice(0, Math.max(0, text.value.indexOf('\n'))));
    const later = laterVersion(line);
    if (later !== undefined) return fail('message.newer-version', { found: later, known: protocolVersion });
    const header = batchHeaderSchema.safeParse(line);
    const named = logs[stretch];
    if (inflated > bundleLimits.inflatedBytes || !header.success || !named) return fail('bundle.damaged');
    const { log, first, last, count, headHash } = header.data;
    if (log !== named.log || first !== next || count !== last - first + 1 || last > named.last) return fail('bundle.damaged');
    places.push(log);
    counted += count;
    next = last + 1;
    if (last < named.last) continue;
    if (headHash !== named.headHash) return fail('bundle.damaged');
    stretch += 1;
    next = logs[stretch]?.first;
  }
  if (stretch !== logs.length || counted !== entries || new Set(logs.map(({ log }) => log)).size !== logs.length) return fail('bundle.damaged');
  return ok(places);
}
