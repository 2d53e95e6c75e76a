import type { DeskStore } from '#db/index.ts';
import { DomainError } from '#shared/errors/index.ts';
import { mintUuid, type LogOpened } from '#shared/log/index.ts';
import type { DeskPorts } from './ports.ts';
import { keepInstallation, ownInstallation } from './sync/installation.ts';
import type { TimeKeeper } from './time.ts';

/**
 * Opens the next log of this installation; its first entry names the end of the one before. The id is kept before the log
 * is opened, so that a crash in between opens the same log at the next attempt. Throws `DomainError` where the store cannot.
 */
export function openNextLog(store: DeskStore, ports: DeskPorts, time: TimeKeeper, software: string, why: Exclude<LogOpened['why'], 'enrolled'>): void {
  const identity = store.identity();
  if (!identity) return;
  const installation = ownInstallation(store, ports);
  const log = installation.log === identity.log ? mintUuid(ports.clock.read().wall, ports.random) : installation.log;
  keepInstallation(store, { ...installation, log });
  const opened = store.openLog({
    identity: { ...identity, log }, software, why, parent: store.head(), act: mintUuid(ports.clock.read().wall, ports.random), clock: time.reading(),
  });
  if (!opened.ok) throw new DomainError(opened.fault.code, opened.fault.params);
}
