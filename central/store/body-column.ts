import { sealedBodySchema, type SealedBody } from '#shared/log/index.ts';

/** A body as its column has it. */
export function toBody(text: string | null): SealedBody | undefined {
  return text === null ? undefined : sealedBodySchema.parse(JSON.parse(text));
}
