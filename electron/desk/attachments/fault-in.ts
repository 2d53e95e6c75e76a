import type { Fault } from '#shared/errors/index.ts';
import { jsonLine, readProblem } from '#shared/sync/index.ts';
import { olderOr } from '../sync/centre.ts';
import type { ExchangeResponse } from '../sync/transport.ts';

/** What the centre said is wrong; undefined where an answer has no words of its own. */
export function faultIn({ body }: ExchangeResponse): Fault | undefined {
  const problem = readProblem(jsonLine(new TextDecoder().decode(body)));
  return problem && olderOr(problem.fault);
}
