import { ok, type Outcome } from '#shared/errors/index.ts';
import { logKinds, mintUuid } from '#shared/log/index.ts';
import type { Workplace } from './workplace.ts';

/**
 * The clerk confirms date and time (xác nhận ngày giờ), where the machine's clock is behind the log. Recorded as an entry
 * with the clerk's name. Errors: `date.invalid`, the store's.
 */
export function confirmClock({ store, time, ports }: Workplace, actor: string, at: number): Outcome<{ done: true }> {
  const may = time.confirmable(at);
  if (!may.ok) return may;
  const written = store.commit({
    act: mintUuid(ports.clock.read().wall, ports.random), actor, clock: time.reading(),
    decide: () => ok([{ kind: logKinds.clockConfirmed, facts: { at } }]),
  });
  if (!written.ok) return written;
  const confirmed = time.confirm(at);
  return confirmed.ok ? ok({ done: true }) : confirmed;
}
