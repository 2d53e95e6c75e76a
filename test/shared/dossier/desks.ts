/** Desks that decide on what each of them knows, and hear of each other when the test says so. */
import type { Catalogue } from '#shared/catalogue/index.ts';
import { defaultSettings, instantOf, workingCalendarSchema, type WorkingCalendar } from '#shared/deadline/index.ts';
import { foldDossier, orders, type DecisionContext, type DossierState, type Draft, type OrderName } from '#shared/dossier/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import { emptyHead, makeEntry, seal, type Entry, type SealedBody } from '#shared/log/index.ts';
import type { z } from 'zod';
import { clock, hasher, seededRandom, uuids } from './sample.ts';

export const own = 'ls-mai-pha';
export const other = 'ls-dong-dang';
export const province = 'ls-tt-pvhcc';

/** Months and days only as far as tests go: weekends off, no holidays. */
export function calendar(version: string, coversTo: string): WorkingCalendar {
  return workingCalendarSchema.parse({
    id: 'vn-civil-servants', version, coversFrom: '2025-01-01', coversTo, weeklyRest: [6, 7], sessions: [['07:30', '11:30'], ['13:30', '17:30']],
    daysOff: [], workedInstead: [], halfDays: [], sources: {},
  });
}

const procedure = {
  version: 1, field: { code: 'HT', name: 'Hộ tịch' }, levels: ['commune' as const], validFrom: '2025-01-01', fee: { amount: 8000 }, results: [{ name: 'Giấy khai sinh' }],
  papers: [
    { code: 'to-khai', name: 'Tờ khai', kind: 'original' as const, quantity: 1, required: true },
    { code: 'cccd', name: 'Căn cước công dân', kind: 'copy' as const, quantity: 1, required: false },
  ],
};

export const fiveDays = '1.000001';
export const sameDay = '1.000002';
export const pausing = '1.000003';

export const catalogue: Catalogue = {
  version: 4, province: { name: 'Lạng Sơn', identifier: 'H37' },
  agencies: [
    { id: own, identifier: 'H37.01', name: 'UBND xã Mai Pha', level: 'commune', validFrom: '2025-01-01', successors: [], units: [{ id: 'tu-phap', name: 'Tư pháp' }] },
    { id: other, identifier: 'H37.02', name: 'UBND xã Đồng Đăng', level: 'commune', validFrom: '2025-01-01', successors: [] },
    { id: province, identifier: 'H37.03', name: 'Trung tâm Phục vụ hành chính công', level: 'province', validFrom: '2025-01-01', successors: [] },
  ],
  procedures: [
    { ...procedure, code: fiveDays, name: 'Đăng ký khai sinh', term: { unit: 'workingDay', amount: 5 }, extension: { unit: 'workingDay', amount: 3 } },
    { ...procedure, code: sameDay, name: 'Chứng thực bản sao', term: { unit: 'sameDay' } },
    { ...procedure, code: pausing, name: 'Cấp lại', term: { unit: 'workingDay', amount: 5 }, supplement: 'pause' },
  ],
  staff: [], leases: [], settings: defaultSettings, calendars: [calendar('2026-v1', '2026-12-31')],
};

type CommandOf<Name extends OrderName> = Omit<z.input<(typeof orders)[Name]['command']>, 'act' | 'dossier'>;

/** One desk: what it knows, and the bodies it sealed. */
export class Desk {
  readonly known: Entry[] = [];
  readonly bodies = new Map<string, SealedBody>();
  readonly codes: string[] = [];
  readonly agency: string;
  catalogue = catalogue;
  private readonly next: () => string;
  private readonly random;
  private head;
  private tick = 0;

  constructor(seed: string, agency = own) {
    this.next = uuids(seed);
    this.random = seededRandom(`${seed}/salt`);
    this.head = emptyHead(this.next());
    this.agency = agency;
  }

  uuid(): string {
    return this.next();
  }

  state(dossier: string): DossierState | undefined {
    return foldDossier(this.known.filter(({ header }) => header.dossier === dossier));
  }

  /** The state of a dossier that must be there. */
  at(dossier: string): DossierState {
    const state = this.state(dossier);
    if (!state) throw new Error('the desk does not know the dossier');
    return state;
  }

  context(now: number): DecisionContext & { readonly used: string[] } {
    const used: string[] = [];
    return {
      now: { at: now, source: 'anchor' }, agency: this.agency, catalogue: this.catalogue, used,
      code: (date) => {
        used.push(date);
        return { text: `H37.01-${date.replaceAll('-', '').slice(2)}-${String(this.codes.length + used.length).padStart(4, '0')}`, provisional: false };
      },
    };
  }

  /** Decides an order on what this desk knows, and records it if it stands. */
  order<Name extends OrderName>(name: Name, dossier: string, now: number, command: CommandOf<Name>, change: Partial<DecisionContext> = {}): Outcome<readonly Entry[]> {
    const order = orders[name];
    const read = order.command.parse({ act: this.next(), dossier, ...command });
    const context = { ...this.context(now), personal: () => this.person(dossier), ...change };
    const decided = (order.decide as (state: DossierState | undefined, command: unknown, context: DecisionContext) => Outcome<Draft[]>)(this.state(dossier), read, context);
    return decided.ok ? ok(this.write(decided.value)) : decided;
  }

  /** The same where it must stand. */
  does<Name extends OrderName>(name: Name, dossier: string, now: number, command: CommandOf<Name>): readonly Entry[] {
    const done = this.order(name, dossier, now, command);
    if (!done.ok) throw new Error(`${name}: ${done.fault.code} ${JSON.stringify(done.fault.params)}`);
    return done.value;
  }

  write(drafts: readonly Draft[]): readonly Entry[] {
    const act = this.next();
    const made: Entry[] = [];
    for (const draft of drafts) {
      const sealed = draft.personal && seal(draft.personal, this.random, hasher);
      const follows = made.at(-1);
      this.tick += 1;
      const entry = makeEntry({
        v: 1, log: this.head.log, seq: this.head.seq + 1, prev: this.head.hash, tick: this.tick, kind: draft.kind, agency: this.agency, dossier: draft.dossier,
        after: follows ? [follows.hash] : [...draft.after], act, actor: 's-1', clock, facts: { ...draft.facts }, ...(sealed ? { sealed: sealed.sealed } : {}),
      }, hasher);
      if (sealed) this.bodies.set(entry.hash, sealed.body);
      this.head = { log: this.head.log, seq: entry.header.seq, hash: entry.hash };
      made.push(entry);
      this.known.push(entry);
    }
    return made;
  }

  /** Hears of everything another desk knows. */
  hear(from: Desk): void {
    const held = new Set(this.known.map(({ hash }) => hash));
    for (const entry of from.known) if (!held.has(entry.hash)) this.known.push(entry);
    for (const [hash, body] of from.bodies) this.bodies.set(hash, body);
    this.tick = Math.max(this.tick, ...this.known.map(({ header }) => header.tick));
  }

  person(dossier: string): unknown {
    const body = this.bodies.get(this.state(dossier)?.personalEntry ?? '');
    return body && !('erased' in body) ? JSON.parse(body.body) : undefined;
  }
}

/** Monday 23/11/2026. */
export const day0 = '2026-11-23';
export const at = (date: string, time: string): number => instantOf(date, time);
export const morning = at(day0, '09:00');

export const person = { applicant: { kind: 'citizen' as const, fullName: 'Lê Thị Hằng', idNumber: '020190001234', address: 'Mai Pha' } };
export const handedIn = { procedure: fiveDays, personal: person, channel: 'counter' as const };
export const papers = [{ code: 'to-khai', kind: 'original' as const, quantity: 1, present: true }];
export const receive = { ...handedIn, papers, sets: 1 };
export const handOver = { method: 'counter' as const, receiver: 'applicant' as const, receiptShown: true };
export const ready = { outcome: 'granted' as const, resultCount: 1 };
export const supplement = { papers: [{ code: 'cccd', kind: 'copy' as const, quantity: 1 }], text: 'Thiếu căn cước' };


let desks = 0;
export function desk(agency = own): Desk {
  desks += 1;
  return new Desk(`desk-${desks}`, agency);
}
