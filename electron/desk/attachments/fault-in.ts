import type { Fault } from '#shared/errors/index.ts';
import { jsonLine, problemSchema } from '#shared/sync/index.ts';
import type { ExchangeResponse } from '../sync/transport.ts';

/** What the centre said is wrong; undefined where an answer has no words of its own. */
export function faultIn({ body }: ExchangeResponse): Fault | undefined {
  return problemSchema.safeParse(jsonLine(new TextDecoder().decode(body))).data?.fault;
}
