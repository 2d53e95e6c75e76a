import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHasher, openDeskStore, type DeskStore, type EntryDraft, type Identity, type Migration } from '#db/index.ts';
import type { Catalogue } from '#shared/catalogue/index.ts';
import { defaultSettings } from '#shared/deadline/index.ts';
import { dossierKinds, type Received, type ReceivedPersonal } from '#shared/dossier/index.ts';
import { ok } from '#shared/errors/index.ts';
import { clock, receivedFacts, seededRandom, uuids } from '../shared/dossier/sample.ts';

export const key = new Uint8Array(32).fill(7);

/** A folder of the test's own, gone with it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'quay-db-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function open(file: string, options: { key?: Uint8Array; migrations?: readonly Migration[] } = {}): DeskStore {
  const store = { file, key: options.key ?? key, hasher: nodeHasher, random: seededRandom(file) };
  return options.migrations ? openDeskStore(store, options.migrations) : openDeskStore(store);
}

export const next = uuids('store');

export function identity(log: string): Identity {
  return { installation: next(), agency: 'a-1', desk: 'Quầy 2', log, publicKey: 'k'.repeat(43) };
}

/** A store with an open log. */
export function enrolled(file: string): DeskStore {
  const store = open(file);
  const opened = store.openLog({ identity: identity(next()), software: 'test', why: 'enrolled', act: next(), clock });
  if (!opened.ok) throw new Error(opened.fault.code);
  return store;
}

export function person(fullName = 'Nguyễn Thị Hòa', change: Partial<ReceivedPersonal['applicant']> = {}): ReceivedPersonal {
  return { applicant: { kind: 'citizen', fullName, idNumber: '020190001234', address: 'xã Đồng Đăng, tỉnh Lạng Sơn', phone: '0912 345 678', ...change } };
}

export function reception(dossier: string, facts: Partial<Received> = {}, personal: ReceivedPersonal = person()): EntryDraft {
  return { kind: dossierKinds.received, dossier, after: [], facts: { ...receivedFacts(facts) }, personal: { ...personal } };
}

export function resultReady(dossier: string, at: number, after: readonly string[] = []): EntryDraft {
  return { kind: dossierKinds.resultReady, dossier, after, facts: { at, timeSource: 'anchor', outcome: 'granted', resultCount: 1 } };
}

export function handedOver(dossier: string, at: number, after: readonly string[] = []): EntryDraft {
  return { kind: dossierKinds.handedOver, dossier, after, facts: { at, timeSource: 'anchor', method: 'counter', receiver: 'applicant', receiptShown: true } };
}

/** Records drafts as one act and gives the entries' hashes. */
export function record(store: DeskStore, ...drafts: EntryDraft[]): readonly string[] {
  const done = store.commit({ act: next(), actor: 's-1', clock, decide: () => ok(drafts) });
  if (!done.ok) throw new Error(done.fault.code);
  return done.value.entries.map(({ hash }) => hash);
}

export function catalogueFor(log: string, version = 1): Catalogue {
  return {
    version, province: { name: 'Lạng Sơn', identifier: 'H37' }, agencies: [], procedures: [], staff: [], calendars: [], settings: defaultSettings,
    leases: [
      { id: 'l-1', log, agencyIdentifier: 'H37.01', validFrom: '2026-11-23', validTo: '2026-11-30', first: 11, last: 13 },
      { id: 'l-2', log: next(), agencyIdentifier: 'H37.01', validFrom: '2026-11-23', validTo: '2026-11-30', first: 21, last: 29 },
    ],
  };
}
