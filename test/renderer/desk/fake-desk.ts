import sample from '#central/catalogue/sample/catalogue.json' with { type: 'json' };
import { can, type Action } from '#shared/access/index.ts';
import { catalogueSchema, procedureInForce, type Catalogue } from '#shared/catalogue/index.ts';
import { addDays, civil, dueDate, explain, instantOf } from '#shared/deadline/index.ts';
import { decideHandOver, decideReception, decideResultReady, type DecisionContext, type Draft, type HandedOver, type Received, type ReceivedPersonal, type ResultReady } from '#shared/dossier/index.ts';
import { fail, ok, type Fault, type Outcome } from '#shared/errors/index.ts';
import { channels, type ChannelName, type DeskBridge, type DeskEvent, type DossierLine, type DossierView, type EnrolView, type RequestOf, type ResponseOf, type SessionView, type SyncView } from '#shared/ipc/index.ts';
import { classifyScan, fold } from '#shared/vietnamese/index.ts';

interface Kept {
  id: string;
  received: Received;
  personal: ReceivedPersonal;
  ready?: ResultReady;
  handedOver?: HandedOver;
  history: { kind: string; at: number; actorName: string; seq: number; hash: string; sent: boolean }[];
}

type Handlers = { [Name in ChannelName]: (request: RequestOf<Name>) => Outcome<ResponseOf<Name>> };

export const people = {
  clerk: { id: 'mp-lan', name: 'Nguyễn Thị Lan', roles: ['clerk'] },
  supervisor: { id: 'mp-hung', name: 'Hoàng Văn Hùng', roles: ['supervisor', 'clerk'] },
  specialist: { id: 'mp-thang', name: 'Lương Đức Thắng', roles: ['specialist'] },
  administrator: { id: 'mp-trang', name: 'Vi Thị Trang', roles: ['deskAdministrator'] },
} as const;

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
  readonly dossiers = new Map<string, Kept>();
  readonly acts = new Map<string, ResponseOf<'reception.save'>>();
  session: SessionView = {
    agencyName: 'Ủy ban nhân dân xã Mai Pha', desk: '2', banners: [],
    staff: Object.values(people).map(({ id, name, roles }) => ({ id, name, roles: [...roles] })),
  };
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
  readonly catalogue: Catalogue = catalogueSchema.parse(sample);
  private readonly listeners = new Set<(event: DeskEvent) => void>();
  private seq = 0;

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
    if (may !== 'anyone' && person && !can({ ...person, agency: 'ls-mai-pha' }, may)) return fail('access.denied');
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
    const before = this.now;
    this.now = at;
    const answer = this.handlers['reception.save'](request);
    this.now = before;
    if (!answer.ok) throw new Error(answer.fault.code);
    return answer.value.code;
  }

  private get context(): DecisionContext {
    return { now: { at: this.now, source: 'anchor' }, agency: 'ls-mai-pha', catalogue: this.catalogue };
  }

  private note(kept: Kept, kind: string): void {
    this.seq += 1;
    const hash = (this.seq * 0x9e3779b1).toString(16).padStart(12, 'c').slice(0, 12).padEnd(64, '0');
    kept.history.push({ kind, at: this.now, actorName: this.session.signedIn?.name ?? people.clerk.name, seq: this.seq, hash, sent: false });
    this.sync = { ...this.sync, head: { seq: this.seq, hash } };
  }

  private record(act: string, dossier: string, decide: () => Outcome<Draft[]>, keep: (draft: Draft) => Kept): Outcome<ResponseOf<'reception.save'>> {
    const before = this.acts.get(act);
    if (before) return ok({ ...before, repeated: true });
    const drafts = decide();
    if (!drafts.ok) return drafts;
    const [draft] = drafts.value;
    if (!draft) throw new Error('a decision without a draft');
    const kept = keep(draft);
    this.note(kept, draft.kind);
    const last = kept.history.at(-1)!;
    const answer = { dossier, code: kept.received.code, seq: last.seq, hash: last.hash, at: this.now, repeated: false };
    this.acts.set(act, answer);
    return ok(answer);
  }

  private line({ id, received, personal, ready, handedOver, history }: Kept): DossierLine {
    const readyAt = ready?.at ?? handedOver?.at;
    return {
      id, code: received.code, provisional: received.provisional, procedure: received.procedure,
      procedureName: this.catalogue.procedures.find(({ code }) => code === received.procedure)?.name ?? received.procedure,
      applicantName: personal.applicant.fullName, stage: handedOver ? 'returned' : ready ? 'ready' : 'processing',
      acceptedAt: received.acceptedAt, dueAt: received.due.at,
      ...(ready ? { readyAt: ready.at } : {}), ...(handedOver ? { handedOverAt: handedOver.at } : {}),
      late: (readyAt ?? this.now) > received.due.at, sent: history.every(({ sent }) => sent), conflict: false,
    };
  }

  private view(kept: Kept): DossierView {
    const { stage, procedureName, late } = this.line(kept);
    const procedure = this.catalogue.procedures.find(({ code }) => code === kept.received.procedure)!;
    const { id, received, personal, ready, handedOver, history } = kept;
    return {
      id, stage, received, personal, ...(ready ? { ready } : {}), ...(handedOver ? { handedOver } : {}), procedureName, field: procedure.field.name,
      papers: received.papers.map(({ code, quantity, present }) => ({ paper: procedure.papers.find((paper) => paper.code === code)!, quantity, present })),
      results: procedure.results.map(({ name }) => name), late, conflicts: 0, readOnly: false, history,
    };
  }

  private find(text: string): DossierLine[] {
    const wanted = fold(text);
    return [...this.dossiers.values()]
      .filter(({ received, personal }) => fold([received.code, personal.applicant.fullName, personal.applicant.idNumber, personal.applicant.phone ?? ''].join(' ')).includes(wanted))
      .map((kept) => this.line(kept)).reverse();
  }

  private procedures(text: string): Catalogue['procedures'] {
    const words = fold(text).split(' ');
    const { date } = civil(this.now);
    return this.catalogue.procedures.filter((procedure) => {
      const all = fold(`${procedure.code} ${procedure.name} ${procedure.field.name}`).split(' ');
      return procedure.validFrom <= date && date <= (procedure.validTo ?? date) && words.every((word) => all.some((one) => one.startsWith(word)));
    });
  }

  private state(id: string): Kept & { stage: DossierLine['stage']; unknown: string[]; frontier: string[]; conflicts: []; entryCount: number } {
    const kept = this.dossiers.get(id)!;
    return { ...kept, stage: this.line(kept).stage, unknown: [], frontier: [], conflicts: [], entryCount: kept.history.length };
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
          const kept = [...this.dossiers.values()].find(({ received }) => received.code === scan.code);
          return kept ? ok({ kind: 'dossier', dossier: kept.id }) : fail('dossier.unknown', { code: scan.code });
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
    'reception.save': (command) => {
      const code = `H37.90.01-${civil(this.now).date.slice(2).replaceAll('-', '')}-${String(this.dossiers.size + 1).padStart(4, '0')}`;
      return this.record(command.act, command.dossier, () => decideReception(channels['reception.save'].request.parse(command), { text: code, provisional: false }, this.context), (draft) => {
        const kept: Kept = { id: command.dossier, received: draft.facts as unknown as Received, personal: command.personal, history: [] };
        this.dossiers.set(command.dossier, kept);
        return kept;
      });
    },
    'result.mark-ready': (command) => {
      const state = this.state(command.dossier);
      return this.record(command.act, command.dossier, () => decideResultReady(state as never, command, this.context), (draft) => {
        const kept = this.dossiers.get(command.dossier)!;
        kept.ready = draft.facts as unknown as ResultReady;
        return kept;
      });
    },
    'return.save': (command) => {
      const state = this.state(command.dossier);
      return this.record(command.act, command.dossier, () => decideHandOver(state as never, command, this.context), (draft) => {
        const kept = this.dossiers.get(command.dossier)!;
        kept.handedOver = draft.facts as unknown as HandedOver;
        return kept;
      });
    },
    'dossier.get': ({ dossier }) => {
      const kept = this.dossiers.get(dossier);
      return kept ? ok(this.view(kept)) : fail('dossier.unknown', { code: '' });
    },
    'dossier.by-code': ({ code }) => {
      const kept = [...this.dossiers.values()].find(({ received }) => received.code === code);
      return kept ? ok(this.view(kept)) : fail('dossier.unknown', { code });
    },
    'dossier.list': ({ text, filter, after, limit }) => {
      const { date } = civil(this.now);
      const all = (text ? this.find(text) : [...this.dossiers.values()].map((kept) => this.line(kept)).reverse()).filter((line) => {
        if (filter === 'all') return true;
        if (filter === 'open') return line.stage !== 'returned';
        if (filter === 'overdue') return line.stage === 'processing' && line.late;
        return filter === 'due-tomorrow' ? line.stage === 'processing' && civil(line.dueAt).date === addDays(date, 1) : line.stage === filter;
      });
      const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      return ok({ lines: all.slice(from, from + limit), more: all.length > from + limit });
    },
    'day.view': ({ date = civil(this.now).date }) => {
      const on = (at: number | undefined): boolean => at !== undefined && civil(at).date === date;
      const all = [...this.dossiers.values()].map((kept) => this.line(kept));
      return ok({
        date, received: all.filter(({ acceptedAt }) => on(acceptedAt)).length, returned: all.filter(({ handedOverAt }) => on(handedOverAt)).length,
        dueTomorrow: all.filter(({ stage, dueAt }) => stage === 'processing' && civil(dueAt).date === addDays(date, 1)).length, waitingToSend: this.sync.waiting.dossiers,
        lines: all.filter((line) => on(line.acceptedAt) || on(line.readyAt) || on(line.handedOverAt)),
      });
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
    'sync.view': () => ok(this.sync),
    'sync.now': () => ok(this.sync),
    'clock.confirm': ({ at }) => {
      this.now = at;
      this.faults.clear();
      return ok({ done: true });
    },
    'receipt.html': () => ok({ html: '', title: '' }),
    'receipt.print': () => ok({ file: '/in/giay-tiep-nhan.pdf', printed: this.hasPrinter }),
    'receipt.show': () => ok({ done: true }),
  };
}
