import { can, type Action } from '#shared/access/index.ts';
import { calendarFor, procedureInForce, type Catalogue } from '#shared/catalogue/index.ts';
import { civil, dueDate, dueUnder, explain, instantOf } from '#shared/deadline/index.ts';
import {
  changesOf, foldDossier, forecastOf, isAccepted, orders, reckoningOf, type DecisionContext, type DossierState, type Draft, type HandedOver, type Received, type ReceivedPersonal, type ResultReady,
} from '#shared/dossier/index.ts';
import { fail, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import {
  channels, orderOf, type ChannelName, type DeskBridge, type DeskEvent, type DossierLine, type EnrolView, type RecordedAct, type RequestOf, type ResponseOf,
  type SessionView, type DayCloseView, type SyncView,
} from '#shared/ipc/index.ts';
import type { Entry } from '#shared/log/index.ts';
import { classifyScan, fold } from '#shared/vietnamese/index.ts';
import { fakeCatalogue, ownAgency } from './fake-catalogue.ts';
import { FakeLog } from './fake-log.ts';
import { throughTheShell, type Scanned } from './fake-shell.ts';
import { belongs, dutyLines, lineOf, placesOf, viewOf, type Seen } from './fake-views.ts';

/** One dossier as the tests look at it. */
export interface Kept {
  id: string;
  state: DossierState;
  personal: ReceivedPersonal;
  received?: Received | undefined;
  ready?: ResultReady | undefined;
  handedOver?: HandedOver | undefined;
}

type Ordering = keyof typeof orderOf;
export type Handlers = { [Name in ChannelName]: (request: RequestOf<Name>) => Outcome<ResponseOf<Name>> };

export const people = {
  clerk: { id: 'mp-lan', name: 'Nguyễn Thị Lan', roles: ['clerk'] },
  supervisor: { id: 'mp-hung', name: 'Hoàng Văn Hùng', roles: ['supervisor', 'clerk'] },
  specialist: { id: 'mp-thang', name: 'Lương Đức Thắng', roles: ['specialist'] },
  administrator: { id: 'mp-trang', name: 'Vi Thị Trang', roles: ['deskAdministrator'] },
} as const;

type AnyOrder = { decide(state: DossierState | undefined, command: unknown, context: DecisionContext): Outcome<Draft[]> };

/** Monday afternoon, 23 November 2026. */
export const startOfTest = instantOf('2026-11-23', '14:03');

/**
 * A desk in memory behind the bridge's own type: the product's rules decide, nothing is scripted. What stands outside the
 * page can be moved: its clock, its line, its desk process, the printer.
 */
export class FakeDesk implements DeskBridge {
  now = startOfTest;
  /** Every call, in order. */
  readonly calls: { name: ChannelName; request: unknown }[] = [];
  readonly drafts = new Map<string, string>();
  readonly log = new FakeLog();
  readonly acts = new Map<string, RecordedAct>();
  private codes = 0;
  /** Entries that only the centre has. */
  readonly atCentre: Entry[] = [];
  session: SessionView = {
    agencyName: 'Ủy ban nhân dân xã Mai Pha', desk: '2', banners: [], lockAfter: 5 * 60_000,
    staff: Object.values(people).map(({ id, name, roles }) => ({ id, name, roles: [...roles] })),
  };
  closed: DayCloseView | undefined;
  /** Office hours are over and something is not closed. */
  closeDue = false;
  sync: SyncView = {
    state: 'connected', lastAnswerAt: startOfTest, lastAcknowledgedAt: startOfTest, waiting: { dossiers: 0, entries: 0, bytes: 0 }, sending: false,
    refusals: [], head: { seq: 0, hash: '' }, acknowledged: { seq: 0, hash: '' }, log: '01a9f3c2-7c11-7d2e-9a51-5b1c0de4a7b2', catalogueVersion: 3,
  };
  enrolment: EnrolView = { state: 'enrolled' };
  /** The centre an unenrolled desk can be enrolled with. */
  centre = { url: 'https://motcua.langson.invalid', code: '7K2M-0Q9F-XB4T', key: 'k'.repeat(43), approves: false };
  /** Down: every call is `desk.unavailable`. */
  processIsUp = true;
  /** The next call of a channel does its work but its answer is lost on the way. */
  loseAnswerOf: ChannelName | undefined;
  readonly faults = new Map<ChannelName, Fault>();
  /** Answers of another shape than the channel's. */
  readonly garbled = new Map<ChannelName, unknown>();
  /** How long an answer takes, milliseconds; 0 answers at once. */
  delay = 0;
  /** While the process opens its store, calls wait for this. */
  opening: Promise<void> | undefined;
  hasPrinter = true;
  /** A USB stick, with the centre's receipt on it. */
  stick: { folder: string; receipt?: Pick<Extract<ResponseOf<'bundle.read-receipt'>, { chosen: true }>, 'at' | 'refusals'> } | undefined;
  /** A scanned file, as it is once it was read. */
  scanned: Scanned | undefined;
  /** Contents of digitised papers that were shown. */
  readonly shownContents: string[] = [];
  catalogue: Catalogue = fakeCatalogue();
  private readonly listeners = new Set<(event: DeskEvent) => void>();

  async call<Name extends ChannelName>(name: Name, request: RequestOf<Name>): Promise<Outcome<ResponseOf<Name>>> {
    this.calls.push({ name, request });
    await this.opening;
    if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
    else await Promise.resolve();
    if (!this.processIsUp) return fail('desk.unavailable');
    if (!channels[name].request.safeParse(request).success) return fail('message.malformed', { where: name });
    if (this.garbled.has(name)) return ok(this.garbled.get(name) as ResponseOf<Name>);
    const fault = this.faults.get(name);
    if (fault) return { ok: false, fault };
    const may: Action | 'anyone' = channels[name].may;
    const person = this.session.signedIn;
    if (may !== 'anyone' && !person) return fail('session.required');
    if (may !== 'anyone' && person && !can({ ...person, agency: ownAgency }, may)) return fail('access.denied');
    const handler: (request: RequestOf<Name>) => Outcome<ResponseOf<Name>> = this.handlers[name];
    const answer = handler(request);
    if (this.loseAnswerOf === name) {
      this.loseAnswerOf = undefined;
      return fail('desk.unavailable');
    }
    return answer;
  }

  listen(listener: (event: DeskEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  push(event: DeskEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  setSync(change: Partial<SyncView>): void {
    this.sync = { ...this.sync, ...change };
    this.push({ type: 'sync', sync: this.sync });
  }

  goDown(): void {
    this.processIsUp = false;
    this.push({ type: 'desk-process', state: 'down' });
  }

  /** The list of staff is there, or gone with the enrolment. */
  setEnrolled(enrolled: boolean): void {
    const { signedIn: _, ...rest } = this.session;
    const others = rest.banners.filter((banner) => banner !== 'not-enrolled');
    this.session = enrolled ? { ...rest, banners: others, staff: new FakeDesk().session.staff } : { ...rest, agencyName: '', desk: '', staff: [], banners: [...others, 'not-enrolled'] };
    this.enrolment = { state: enrolled ? 'enrolled' : 'not-enrolled' };
  }

  comeUp(): void {
    this.processIsUp = true;
    this.push({ type: 'desk-process', state: 'up' });
  }

  requests<Name extends ChannelName>(name: Name): RequestOf<Name>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.request as RequestOf<Name>);
  }

  /** Receives a dossier as if it had been done before. */
  receive(request: RequestOf<'reception.save'>, at = this.now): string {
    return this.give('reception.save', request, at).code;
  }

  /** Gives any order as if it had been given at another time. */
  give<Name extends Ordering>(name: Name, request: RequestOf<Name>, at = this.now): RecordedAct {
    const before = this.now;
    this.now = at;
    const answer = this.order(name, request);
    this.now = before;
    if (!answer.ok) throw new Error(`${answer.fault.code} ${JSON.stringify(answer.fault.params)}`);
    return answer.value;
  }

  /** The desk locks itself: nobody is signed in any more. */
  lock(): void {
    const { signedIn: _, ...rest } = this.session;
    this.session = rest;
    this.push({ type: 'session', session: this.session });
  }

  get dossiers(): ReadonlyMap<string, Kept> {
    return new Map(this.states().map((state) => {
      const personal = this.log.personal(state) ?? { applicant: { kind: 'citizen', fullName: '', idNumber: '', address: '' } };
      return [state.id, { id: state.id, state, personal, received: state.received, ready: state.ready, handedOver: state.handedOver }];
    }));
  }

  private states(): DossierState[] {
    return this.log.ids().flatMap((id) => this.log.state(id) ?? []);
  }

  private get seen(): Seen {
    const person = this.session.signedIn;
    const names = new Map<string, string>(Object.values(people).map(({ id, name }) => [id, name]));
    return {
      log: this.log, catalogue: this.catalogue, now: this.now, actor: person ? { ...person, agency: ownAgency } : undefined, nameOf: (actor) => names.get(actor) ?? actor,
    };
  }

  context(state: DossierState | undefined, agency = ownAgency): DecisionContext {
    return {
      now: { at: this.now, source: 'anchor' }, agency, catalogue: this.catalogue,
      code: (date) => ({ text: `H37.90.01-${date.slice(2).replaceAll('-', '')}-${String((this.codes += 1)).padStart(4, '0')}`, provisional: false }),
      ...(state ? { personal: () => this.log.body(state.personalEntry) } : {}),
    };
  }

  private order(name: Ordering, request: unknown): Outcome<RecordedAct> {
    // Each channel's schema is that of its own order's command; the table cannot say so to the compiler.
    const order = orders[orderOf[name]] as AnyOrder;
    return this.decide(order, channels[name].request.parse(request));
  }

  decide(order: AnyOrder, command: { readonly act: string; readonly dossier: string }): Outcome<RecordedAct> {
    const before = this.acts.get(command.act);
    if (before) return ok({ ...before, repeated: true });
    const state = this.log.state(command.dossier);
    const drafts = order.decide(state, command, this.context(state));
    if (!drafts.ok) return drafts;
    const last = this.log.write(drafts.value, { act: command.act, actor: this.session.signedIn?.id ?? people.clerk.id, at: this.now });
    this.sync = { ...this.sync, head: { seq: this.log.seq, hash: last.hash } };
    const answer = { dossier: command.dossier, code: this.log.state(command.dossier)?.code ?? '', seq: last.header.seq, hash: last.hash, at: this.now, repeated: false };
    this.acts.set(command.act, answer);
    return ok(answer);
  }

  private line(state: DossierState): DossierLine {
    return lineOf(this.seen, state);
  }

  private find(text: string): DossierLine[] {
    const wanted = fold(text);
    return this.states()
      .filter((state) => {
        const applicant = this.log.personal(state)?.applicant;
        return fold([state.code, applicant?.fullName ?? '', applicant?.idNumber ?? '', applicant?.phone ?? ''].join(' ')).includes(wanted);
      })
      .map((state) => this.line(state)).reverse();
  }

  private procedures(text: string): Catalogue['procedures'] {
    const words = fold(text).split(' ');
    const { date } = civil(this.now);
    return this.catalogue.procedures.filter((procedure) => {
      const all = fold(`${procedure.code} ${procedure.name} ${procedure.field.name}`).split(' ');
      return procedure.validFrom <= date && date <= (procedure.validTo ?? date) && words.every((word) => all.some((one) => one.startsWith(word)));
    });
  }

  private orderHandlers(): Pick<Handlers, Ordering> {
    const names = Object.keys(orderOf) as Ordering[];
    return Object.fromEntries(names.map((name) => [name, (request: unknown) => this.order(name, request)])) as Pick<Handlers, Ordering>;
  }

  private readonly handlers: Handlers = {
    'session.view': () => ok(this.session),
    'enrol.view': () => ok(this.enrolment),
    'enrol.start': ({ url, code, centreKey }) => {
      const { centre } = this;
      if (this.enrolment.state === 'enrolled') return fail('enrol.done');
      if (!url.startsWith('https://')) return fail('enrol.bad-address');
      const refused = (state: EnrolView['state'], what: Fault['code']): void => void (this.enrolment = { state, centreUrl: url, fault: { code: what, params: {} } });
      if (url !== centre.url) refused('not-enrolled', 'centre.unreachable');
      else if (centreKey !== undefined && centreKey !== centre.key) refused('refused', 'centre.wrong-key');
      else if (code !== centre.code) refused('refused', 'enrol.bad-code');
      else this.enrolment = { state: centre.approves ? 'enrolled' : 'pending', centreUrl: url, fingerprint: '9f2c 41d0 77ab 03e6', centreFingerprint: '1122 3344 5566 7788' };
      return ok(this.enrolment);
    },
    'session.sign-in': ({ staff, pin }) => {
      if (pin !== '1234') return fail('session.wrong-pin');
      const person = this.session.staff.find(({ id }) => id === staff);
      this.session = { ...this.session, ...(person ? { signedIn: person } : {}) };
      return ok(this.session);
    },
    'session.sign-out': () => {
      const { signedIn: _, ...rest } = this.session;
      this.session = rest;
      return ok(this.session);
    },
    'scan.resolve': ({ text }) => {
      const scan = classifyScan(text);
      switch (scan.kind) {
        case 'fault': return { ok: false, fault: scan.fault };
        case 'citizenCard': {
          const { number, fullName, birth, sex, address, contradictions } = scan.card;
          const applicant = { kind: 'citizen', fullName, idNumber: number, birth: birth.date ?? String(birth.year), sex, address } as const;
          return ok({ kind: 'card', applicant, contradictions, dossiers: this.find(number).filter(({ stage }) => stage !== 'returned') });
        }
        case 'dossierCode': {
          const found = this.states().find(({ code }) => code === scan.code);
          return found ? ok({ kind: 'dossier', dossier: found.id }) : fail('dossier.unknown', { code: scan.code });
        }
        case 'procedureCode': {
          const procedure = procedureInForce(this.catalogue, scan.code, civil(this.now).date);
          return procedure.ok ? ok({ kind: 'procedure', procedure: procedure.value }) : procedure;
        }
        default: {
          const words = scan.kind === 'words' ? scan.text : scan.number;
          return ok({ kind: 'search', text: words, dossiers: this.find(words), procedures: scan.kind === 'words' ? this.procedures(words) : [] });
        }
      }
    },
    'procedure.search': ({ text }) => ok({ procedures: this.procedures(text) }),
    'reception.preview': ({ procedure: code }) => {
      const procedure = procedureInForce(this.catalogue, code, civil(this.now).date);
      if (!procedure.ok) return procedure;
      const due = dueDate({ acceptedAt: this.now, term: procedure.value.term, calendar: this.catalogue.calendars.at(-1)!, settings: this.catalogue.settings });
      return due.ok ? ok({ procedure: procedure.value, due: due.value, explanation: explain(due.value, 'vi'), acceptedAt: this.now }) : due;
    },
    ...this.orderHandlers(),
    'place.list': () => ok({ places: placesOf(this.seen) }),
    'dossier.get': ({ dossier }) => {
      const state = this.log.state(dossier);
      return state ? ok(viewOf(this.seen, state)) : fail('dossier.unknown', { code: '' });
    },
    'dossier.by-code': ({ code }) => {
      const state = this.states().find((one) => one.code === code);
      return state ? ok(viewOf(this.seen, state)) : fail('dossier.unknown', { code });
    },
    'dossier.fetch': ({ code }) => {
      const about = (dossier: string | undefined): Entry[] => this.atCentre.filter(({ header }) => header.dossier === dossier);
      this.log.entries.push(...this.atCentre.filter(({ header }) => foldDossier(about(header.dossier))?.code === code));
      const state = this.states().find((one) => one.code === code);
      return state ? ok(viewOf(this.seen, state)) : fail('dossier.unknown', { code });
    },
    'dossier.list': ({ text, filter, after, limit }) => {
      const { date } = civil(this.now);
      const all = (text ? this.find(text) : this.states().map((state) => this.line(state)).reverse()).filter((line) => belongs(line, filter, date));
      const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      return ok({ lines: all.slice(from, from + limit), more: all.length > from + limit });
    },
    'day.close': ({ pin }) => {
      if (pin !== '2468') return fail('session.wrong-pin');
      const day = civil(this.now).date;
      const all = this.states().map((state) => this.line(state));
      const on = (at: number | undefined): boolean => at !== undefined && civil(at).date === day;
      this.closed = {
        date: day, at: this.now, by: this.session.signedIn?.name ?? '', seq: 12, hash: 'c'.repeat(64), head: { seq: 11, hash: 'b'.repeat(64) },
        received: all.filter(({ acceptedAt }) => on(acceptedAt)).length, ready: all.filter(({ readyAt }) => on(readyAt)).length,
        returned: all.filter(({ handedOverAt }) => on(handedOverAt)).length, unsent: this.sync.waiting.entries, actsSince: false,
      };
      // The desk tells every window after an act.
      queueMicrotask(() => this.push({ type: 'dossiers-changed' }));
      return ok(this.closed);
    },
    'day.view': ({ date = civil(this.now).date }) => {
      const on = (at: number | undefined): boolean => at !== undefined && civil(at).date === date;
      const all = this.states().map((state) => this.line(state));
      const counts = new Map<string, { count: number; past: number }>();
      const duties = dutyLines(this.seen, this.states());
      for (const { duty, past } of duties) counts.set(duty, { count: (counts.get(duty)?.count ?? 0) + 1, past: (counts.get(duty)?.past ?? 0) + (past ? 1 : 0) });
      return ok({
        date, now: this.now, ...(this.closed?.date === date ? { closed: this.closed } : {}), ...(this.closeDue ? { closeDue: true } : {}),
        received: all.filter(({ acceptedAt }) => on(acceptedAt)).length, returned: all.filter(({ handedOverAt }) => on(handedOverAt)).length,
        dueTomorrow: all.filter((line) => belongs(line, 'due-tomorrow', date)).length, waitingToSend: this.sync.waiting.dossiers,
        duties: [...new Set(duties.map(({ duty }) => duty))].map((duty) => ({ duty, count: counts.get(duty)?.count ?? 0, past: counts.get(duty)?.past ?? 0 })),
        lines: all.filter((line) => on(line.beganAt) || on(line.acceptedAt) || on(line.readyAt) || on(line.handedOverAt)),
      });
    },
    'duty.list': ({ kinds, limit }) => {
      const all = dutyLines(this.seen, this.states()).filter(({ duty }) => kinds === undefined || kinds.includes(duty));
      return ok({ duties: all.slice(0, limit), more: all.length > limit });
    },
    'calendar.moves': () => {
      const newest = calendarFor(this.catalogue);
      if (!newest) return fail('calendar.missing', { date: civil(this.now).date });
      const moves = this.states().filter(isAccepted).flatMap((state) => {
        const reckoning = reckoningOf(state, this.context(state));
        if (!reckoning.ok || !['processing', 'supplement', 'payment', 'stop-requested'].includes(state.stage)) return [];
        const again = dueUnder({ acceptedAt: state.received.acceptedAt, term: state.received.term, changes: changesOf(state) }, state.due, newest, reckoning.value.settings);
        const { calendar } = state.due;
        if (!again.ok || (calendar.id === newest.id && calendar.version === newest.version) || (!again.value.moves && !again.value.binding)) return [];
        return [{ line: this.line(state), printed: state.due.at, due: again.value.due.at, binding: again.value.binding }];
      });
      return ok({ calendar: newest.version, moves: moves.sort((a, b) => Number(b.binding) - Number(a.binding)) });
    },
    'draft.save': ({ key, text }) => {
      this.drafts.set(key, text);
      return ok({ done: true });
    },
    'draft.load': ({ key }) => {
      const text = this.drafts.get(key);
      return ok(text === undefined ? {} : { text });
    },
    'draft.remove': ({ key }) => {
      this.drafts.delete(key);
      return ok({ done: true });
    },
    'forecast.view': () => {
      const lines = this.states().map((state) => this.line(state)).flatMap((line) => {
        const haltedAt = line.readyAt ?? line.handedOverAt;
        const forecast = forecastOf({ dueAt: line.dueAt, haltedAt, sent: line.sent }, this.now);
        return forecast && haltedAt !== undefined ? [{ forecast, haltedAt, line }] : [];
      });
      return ok({ lines, more: false });
    },
    'sync.view': () => ok(this.sync),
    'sync.now': () => ok(this.sync),
    ...throughTheShell(this),
    'clock.confirm': ({ at }) => {
      this.now = at;
      this.faults.clear();
      return ok({ done: true });
    },
  };
}
