import type { ClockSample } from '#shared/ports.ts';
import type { DeskPorts } from '../ports.ts';
import { openCentre, type Centre } from './centre.ts';
import type { Pins } from './transport.ts';

/** The way to a centre at one address. */
export interface Link {
  readonly url: string;
  readonly centre: Centre;
  /** Drops its connections; calls in work fail. */
  close(): void;
}

export interface LinkOptions {
  readonly ports: DeskPorts;
  readonly url: string;
  readonly pins: () => Pins;
  readonly signal: AbortSignal;
  readonly answered: () => void;
}

export function openLink({ ports, url, pins, signal, answered }: LinkOptions): Link {
  const transport = ports.transport(url, pins);
  const wall = (): ClockSample['wall'] => ports.clock.read().wall;
  return { url, centre: openCentre({ transport, hasher: ports.hasher, wall, signal, answered }), close: () => transport.close() };
}
